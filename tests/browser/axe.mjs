// axe.mjs -- every page of the route table in a real window: axe finds nothing, nothing stands out of the window, the page is built
// right, the console stays silent. "axe" shows each page once, in turn narrow and wide, Chinese and English, and the main pages in
// every look; "all-axe", for a release, shows all of them at both widths in both languages.
import { Visitor } from './city.mjs';
import { Table } from './crawl.mjs';
import { DESKTOP, PHONE, axe, context, faults, listen, shot } from './lib.mjs';

const MAIN = ['/', '/jobs', '/jobs/{job}', '/stations', '/desk', '/desk/visits/{visit}', '/employer/jobs/new', '/city/programme'];
const SIZES = { 390: PHONE, 1440: DESKTOP };
const SCREENS = { '/kiosk/': { viewport: { width: 1080, height: 1920 } }, '/screen/': { viewport: { width: 1920, height: 1080 } } };
const LOOKS = { standard: '', elder: 'elder.', dark: '.dark', contrast: '.hc', large: 'large.' }; // the cookie of /settings/ui
// Leads to /login before the first factor; is there only after an act.
const NEEDS_ACT = new Set(['/login/second', '/sign/{class}/done', '/provider/anomalies/{anomaly}', '/city/catalogues/{catalogue}/sheets/{sheet}']);
const WITH = { '/district/ledger': '?fund=insurance&district=120102&year=2026', '/city/ledger': '?fund=insurance&district=120102&year=2026' };

// The pages with a path to open and who may; nobody where that is enough.
async function pages(city) {
  const out = [];
  for (const r of new Table().rows) {
    if (r.method !== 'GET' || r.page === null || NEEDS_ACT.has(r.path)) continue;
    const role = r.roles.includes('public') ? 'public' : r.roles[0];
    const path = await city.fill(r.path, role);
    out.push({ route: r.path, role, path: path === null ? null : path + (WITH[r.path] ?? '') });
  }
  return out;
}

// What is shown: one line for each window.
function views(all, whole) {
  const out = [];
  const add = (page, width, english, look) => out.push({ ...page, width, english, look });
  all.forEach((page, i) => {
    if (whole) for (const width of [390, 1440]) for (const english of [false, true]) add(page, width, english, 'standard');
    else add(page, i % 2 ? 390 : 1440, i % 4 > 1, 'standard');
    if (!MAIN.includes(page.route)) return;
    add(page, 390, false, 'elder');
    add(page, 1440, false, 'dark');
    if (!whole) add(page, i % 2 ? 1440 : 390, i % 4 > 1, 'standard');
    if (whole || page.route === '/') {
      add(page, 390, true, 'dark');
      add(page, 1440, true, 'elder');
      add(page, 1440, false, 'contrast');
      add(page, 390, true, 'large');
    }
  });
  return out;
}

// One page for all views of a window: a new one for each would cost more than what it shows.
async function look(window, page, size, city, view) {
  const visitor = view.role === 'public' ? new Visitor(city.url) : await city.as(view.role);
  await window.clearCookies();
  await window.addCookies([...visitor.jar(), { name: 'ui', value: LOOKS[view.look], url: city.url }]);
  page.heard.length = 0;
  const special = Object.keys(SCREENS).find((start) => view.path.startsWith(start));
  await page.setViewportSize((special ? SCREENS[special] : size).viewport);
  const answer = await page.goto(city.url + (view.english ? '/en' : '') + view.path);
  const found = answer.status() >= 400 ? [`answers ${answer.status()}`] : [...(await faults(page)), ...(await axe(page))];
  if (view.look === 'elder') found.push(...(await tooSmall(page)));
  if (process.env.YIZHAN_SHOTS) await shot(page, view.name.replaceAll(/[^\w]+/g, '-').replace(/^-/, ''));
  return [...found, ...page.heard];
}

// Elder version: what is pressed in the main part is at least 60 px high, text at least 18 px.
async function tooSmall(page) {
  return page.evaluate(() => {
    const seen = (e) => e.getClientRects().length > 0;
    const out = [];
    for (const e of document.querySelectorAll('main :is(.btn, .bigb, .in, .pick, .chip)'))
      if (seen(e) && e.getBoundingClientRect().height < 60)
        out.push(`${Math.round(e.getBoundingClientRect().height)} px high: ${e.outerHTML.slice(0, 80)}`);
    for (const e of document.querySelectorAll('main :is(p, li, dd, dt, label, small, span)'))
      if (seen(e) && e.textContent.trim() && !e.classList.contains('vh') && parseFloat(getComputedStyle(e).fontSize) < 18)
        out.push(`${getComputedStyle(e).fontSize} text: ${e.textContent.trim().slice(0, 30)}`);
    return out.slice(0, 10);
  });
}

// only: a word that the paths have, to look at some pages while working on them.
export async function axeOf(tap, browser, city, { whole = false, only = '' }) {
  const all = await pages(city);
  const missing = all.filter((p) => p.path === null).map((p) => `${p.route} as ${p.role}`);
  tap.ok(missing.length === 0, 'the demo city has a thing for every page', missing);
  for (const width of [1440, 390]) {
    const window = await context(browser, SIZES[width]);
    const page = await window.newPage();
    page.heard = listen(page);
    for (const view of views(all.filter((p) => p.path !== null), whole)) {
      if (view.width !== width || !view.route.includes(only)) continue;
      view.name = `${view.route} ${view.role} ${view.english ? 'en' : 'zh'} ${view.look} ${width}`;
      await tap.step(view.name, async () => {
        const found = await look(window, page, SIZES[width], city, view);
        if (found.length > 0) throw found;
      });
    }
    await window.close();
  }
}
