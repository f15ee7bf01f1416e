// run.mjs [name…] -- the server in real browsers: crawl as each role, sizes and modes, journeys with and without scripts.
// YIZHAN_BIN names the binary (default build/debug/yizhan).
// Names choose parts of the run: crawl modes search stations counter imports.
import { Tap, context, launch, startServer } from './lib.mjs';
import { crawl, modes } from './crawl.mjs';
import * as journeys from './journeys.mjs';

const wanted = process.argv.slice(2);
const wants = (name) => wanted.length === 0 || wanted.includes(name);
const tap = new Tap();
const server = await startServer();
const browser = await launch();
try {
  if (wants('crawl')) await crawl(tap, browser, server.url);
  if (wants('modes')) await modes(tap, browser, server.url);
  for (const [name, journey] of Object.entries(journeys)) {
    if (!wants(name)) continue;
    for (const js of [false, true]) {
      const window = await context(browser, { js, viewport: { width: 1280, height: 900 } });
      await tap.step(`${name}, scripts ${js ? 'on' : 'off'}`, async () => journey(await window.newPage(), server.url));
      await window.close();
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
tap.done();
