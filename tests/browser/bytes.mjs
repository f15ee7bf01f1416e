// bytes.mjs -- what a first visit costs a phone, over the wire, and that nothing comes from anybody else.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { PHONE, context } from './lib.mjs';
import { root } from './render.mjs';

const MOST = 100 * 1024; // bytes, everything of a first visit
const MOST_SCRIPT = 20 * 1024; // bytes after gzip

export async function bytes(tap, browser, city) {
  for (const where of ['/', '/jobs', '/stations/S1']) {
    const window = await context(browser, PHONE);
    const page = await window.newPage();
    const wire = await window.newCDPSession(page);
    await wire.send('Network.enable');
    let total = 0;
    const foreign = [];
    wire.on('Network.loadingFinished', (event) => (total += event.encodedDataLength));
    page.on('request', (request) => !request.url().startsWith(city.url) && foreign.push(request.url()));
    await page.goto(city.url + where, { waitUntil: 'networkidle' });
    tap.ok(total > 0 && total <= MOST, `a first visit to ${where} costs ${Math.ceil(total / 1024)} KB`, `more than ${MOST / 1024} KB`);
    tap.ok(foreign.length === 0, `${where} asks nobody else`, foreign);
    await window.close();
  }
  const assets = path.join(root, 'build/gen/assets');
  const script = readdirSync(assets).find((name) => /^app-\w+\.js$/.test(name));
  const size = zlib.gzipSync(readFileSync(path.join(assets, script)), { level: 9 }).length;
  tap.ok(size <= MOST_SCRIPT, `app.js is ${size} bytes after gzip`, `more than ${MOST_SCRIPT}`);
}
