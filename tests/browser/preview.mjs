// preview.mjs [name…] -- renders the parts with sample views, without the server, and holds them to what every page is held to:
// axe, structure, no sideways scrolling, the strict CSP. Screenshots go to build/shots. Needs build/gen/assets (make does it).
import { DESKTOP, PHONE, Tap, axe, context, faults, launch, listen, shot } from './lib.mjs';
import { servePages } from './preview_server.mjs';
import { pages } from './sample.mjs';

const wanted = process.argv.slice(2);
const names = wanted.length ? wanted : Object.keys(pages);
const SIZES = {
  kiosk: { kiosk: { viewport: { width: 1080, height: 1920 } } },
  screen: { wall: { viewport: { width: 1920, height: 1080 } } },
  slip: { 1440: DESKTOP },
};
const MODES = {
  home: ['', 'dark', 'hc'],
  form: ['', 'dark', 'elder'],
  list: ['', 'elder'],
  parts: ['', 'dark', 'elder'],
  desk: ['', 'dark'],
  office: ['', 'dark'],
};

const tap = new Tap();
const server = await servePages();
const browser = await launch();
for (const name of names) {
  for (const mode of MODES[name] ?? ['']) {
    for (const [label, size] of Object.entries(SIZES[name] ?? { 390: PHONE, 1440: DESKTOP })) {
      const window = await context(browser, size);
      const page = await window.newPage();
      const heard = listen(page);
      await page.goto(`${server.url}/${name}?mode=${mode}`);
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
