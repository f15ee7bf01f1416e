// preview.mjs [name…] -- renders the parts with sample views, without the server, and holds them to what every page is held to:
// axe, structure, no sideways scrolling, the strict CSP. Screenshots go to build/shots. Needs build/gen/assets (make does it).
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { Pages, root } from './render.mjs';
import { pages } from './sample.mjs';
import { DESKTOP, PHONE, Tap, axe, context, faults, launch, listen, shot } from './lib.mjs';

const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
  + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const TYPES = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.webmanifest': 'application/manifest+json' };
const assetDir = path.join(root, 'build/gen/assets');
const set = new Pages({ assets: JSON.parse(readFileSync(path.join(assetDir, 'manifest.json'), 'utf8')) });
const wanted = process.argv.slice(2);
const names = wanted.length ? wanted : Object.keys(pages);
const SCREEN = { viewport: { width: 1920, height: 1080 } };
const KIOSK = { viewport: { width: 1080, height: 1920 } };
const SIZES = { kiosk: { kiosk: KIOSK }, screen: { wall: SCREEN }, slip: { 1440: DESKTOP } };
const MODES = { home: ['', 'dark', 'hc'], form: ['', 'dark', 'elder'], list: ['', 'elder'], parts: ['', 'dark', 'elder'], desk: ['', 'dark'], office: ['', 'dark'] };

function view(name, mode) {
  const [, data] = pages[name];
  if (mode === 'elder') return { ...data, ui: { size: 'elder', elder: true } };
  return mode ? { ...data, ui: { theme: mode, dark: mode === 'dark' } } : data;
}

const server = http.createServer((request, reply) => {
  const url = new URL(request.url, 'http://x');
  if (url.pathname.startsWith('/assets/')) {
    const file = path.join(assetDir, path.basename(url.pathname));
    reply.writeHead(200, { 'content-type': TYPES[path.extname(file)] });
    return reply.end(readFileSync(file));
  }
  const name = url.pathname.slice(1);
  if (!pages[name]) return reply.writeHead(404).end();
  reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CSP });
  return reply.end(set.render(pages[name][0], view(name, url.searchParams.get('mode') ?? '')));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const tap = new Tap();
const browser = await launch();
for (const name of names) {
  for (const mode of MODES[name] ?? ['']) {
    for (const [label, size] of Object.entries(SIZES[name] ?? { 390: PHONE, 1440: DESKTOP })) {
      const window = await context(browser, size);
      const page = await window.newPage();
      const heard = listen(page);
      await page.goto(`${base}/${name}?mode=${mode}`);
      const found = [...(await faults(page)), ...(await axe(page)), ...heard];
      await shot(page, `${name}${mode ? `-${mode}` : ''}-${label}`);
      await window.close();
      tap.ok(found.length === 0, `${name} ${mode || 'standard'} ${label}`, found);
    }
  }
}
await browser.close();
server.close();
tap.done();
