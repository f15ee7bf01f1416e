// shots.mjs -- the pictures of the README, taken of the demo city: docs/shots.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PHONE } from './lib.mjs';
import { serve } from './journeys/counter.mjs';
import { People } from './people.mjs';
import { tight } from './png.mjs';
import { root } from './render.mjs';

const MOST = 300 * 1024; // bytes
const SCREEN = { width: 1440, height: 900 };

async function take(tap, page, name) {
  const folder = path.join(root, 'docs/shots');
  const file = path.join(folder, `${name}.png`);
  mkdirSync(folder, { recursive: true });
  await page.evaluate(() => scrollTo(0, 0));
  const picture = tight(await page.screenshot({ scale: 'css' }));
  writeFileSync(file, picture);
  tap.ok(picture.length < MOST, `${name}.png: ${Math.ceil(picture.length / 1024)} KB`, `more than ${MOST / 1024} KB`);
}

export async function shots(tap, browser, city) {
  const people = new People(browser, city, true);
  const anyone = await people.come(null, { viewport: SCREEN });
  await anyone.open('/');
  await take(tap, anyone.page, 'home-1440');
  const phone = await people.come(null, PHONE);
  await phone.open('/');
  await take(tap, phone.page, 'home-390');
  const { clerk } = await serve(people);
  await clerk.page.setViewportSize(SCREEN);
  await clerk.page.reload();
  await take(tap, clerk.page, 'counter-1440');
  await people.leave();
}
