// run.mjs [part…] -- the whole site in a real browser, on a demo city of its own. YIZHAN_BIN names the program (build/debug/yizhan).
// Parts: crawl axe print bytes journeys, all (those five, the default); a journey by its name; all-axe and shots before a release.
// YIZHAN_SHOTS=DIR keeps a picture of every page of axe; ONLY=/desk looks at some.
import { axeOf } from './axe.mjs';
import { bytes } from './bytes.mjs';
import { City, closeCities } from './city.mjs';
import { crawl } from './crawl.mjs';
import { JOURNEYS, journeys } from './journeys.mjs';
import { Tap, context, launch } from './lib.mjs';
import { print } from './print.mjs';
import { shots } from './shots.mjs';

const PARTS = {
  crawl: async (tap, browser, city) => crawl(tap, await (await context(browser)).newPage(), city),
  axe: (tap, browser, city) => axeOf(tap, browser, city, { only: process.env.ONLY }),
  'all-axe': (tap, browser, city) => axeOf(tap, browser, city, { whole: true, only: process.env.ONLY }),
  print,
  bytes,
  shots,
};
const DAILY = ['crawl', 'axe', 'print', 'bytes', 'journeys'];

const named = process.argv.slice(2);
const wanted = named.length === 0 || named.includes('all') ? DAILY : named;
const unknown = wanted.filter((name) => !(name in PARTS) && !(name in JOURNEYS) && name !== 'journeys');
if (unknown.length > 0) throw new Error(`no part ${unknown.join(', ')}; there are ${[...Object.keys(PARTS), 'journeys', ...Object.keys(JOURNEYS)].join(', ')}`);

const tap = new Tap();
const browser = await launch();
try {
  const parts = wanted.filter((name) => name in PARTS);
  if (parts.length > 0) {
    const city = await new City().start();
    for (const name of parts) await tap.step(`${name} ran`, () => PARTS[name](tap, browser, city));
    await city.stop();
  }
  const walked = wanted.filter((name) => name in JOURNEYS);
  if (walked.length > 0 || wanted.includes('journeys')) await journeys(tap, browser, walked);
} finally {
  await browser.close();
  await closeCities();
}
tap.done();
