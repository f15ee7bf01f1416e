// crawl.mjs -- every page that links lead to, as nobody and as each role, is held to faults() of lib.mjs; the public ones also
// to axe, in both languages, three looks and two sizes.
import { ACCOUNTS, login } from './accounts.mjs';
import { DESKTOP, PHONE, axe, context, faults, listen, shot } from './lib.mjs';

const MOST_PAGES = 100; // for one role
const PER_KIND = 2; // pages of one kind: /jobs/1, /jobs/2, …
const START = {
  seeker: '/me',
  employer: '/employer',
  staff: '/desk',
  head: '/desk',
  district: '/district/stations',
  city: '/city/programme',
  auditor: '/audit',
  admin: '/admin/accounts',
};
const NOT_PAGES = /\.(json|csv|xlsx|ics|atom|xml|pdf|svg|png|txt|webmanifest)$/;

// "/jobs/12?page=2" and "/jobs/7" are one kind.
const kind = (url) =>
  url.pathname.replace(/\/[A-Z]?\d+(?=\/|$)/g, '/0') + (url.search ? `?${[...url.searchParams.keys()].sort()}` : '');

async function links(page) {
  const found = await page.$$eval('a[href]', (as) => as.map((a) => new URL(a.getAttribute('href'), document.baseURI).href)); // an SVG's a.href is no text
  return found
    .map((href) => new URL(href))
    .filter((url) => url.origin === new URL(page.url()).origin && !/^(\/en)?\/settings\//.test(url.pathname));
}

// null: it is no page, the browser keeps it as a file.
async function open(page, url) {
  try {
    return await page.goto(url.href);
  } catch (e) {
    if (!/Download is starting/.test(e.message)) throw e;
    return null;
  }
}

async function visit(page, url, role) {
  const answer = await open(page, url);
  if (answer === null) {
    const file = await page.request.get(url.href);
    return file.status() >= 400 ? [`${role} ${url.pathname}: answers ${file.status()}`] : [];
  }
  if (!(answer.headers()['content-type'] ?? '').startsWith('text/html')) return [];
  const away = answer.status() >= 400 && answer.status() !== 403; // another role's page says so, and is held to the rest
  const out = away ? [`answers ${answer.status()}`] : await faults(page);
  if (url.pathname.startsWith('/en/') && (await page.getAttribute('html', 'lang')) !== 'en')
    out.push('an English page that says it is not');
  return out.map((why) => `${role} ${url.pathname}${url.search}: ${why}`);
}

// `known`: kinds of pages that nobody in particular has seen; a role looks at its own ones only.
async function crawlAs(tap, browser, base, role, known) {
  const window = await context(browser, DESKTOP);
  const page = await window.newPage();
  const heard = listen(page);
  if (role !== 'nobody') await login(page, base, role);
  const queue = [START[role] ?? '/', ...(role === 'nobody' ? ['/en/', '/stations', '/jobs'] : [])].map(
    (path) => new URL(path, base),
  );
  const seen = new Set();
  const kinds = new Map();
  const titles = new Map();
  const found = [];
  while (queue.length > 0 && seen.size < MOST_PAGES) {
    const url = queue.shift();
    url.hash = '';
    const times = (kinds.get(kind(url)) ?? 0) + 1;
    if (seen.has(url.href) || times > PER_KIND || (role !== 'nobody' && known.has(kind(url)))) continue;
    if (role === 'nobody') known.add(kind(url));
    seen.add(url.href);
    kinds.set(kind(url), times);
    if (NOT_PAGES.test(url.pathname)) {
      const answer = await page.request.get(url.href);
      if (answer.status() >= 400) found.push(`${role} ${url.pathname}: answers ${answer.status()}`);
      continue;
    }
    found.push(...(await visit(page, url, role)));
    const title = await page.title();
    if (!titles.has(title)) titles.set(title, url.pathname);
    queue.push(...(await links(page)));
  }
  found.push(...heard.filter((what) => !what.includes('ERR_ABORTED')).map((what) => `${role}: ${what}`)); // downloads
  tap.ok(found.length === 0, `crawl as ${role}: ${seen.size} pages, ${titles.size} titles`, found.slice(0, 40));
  await window.close();
}

export async function crawl(tap, browser, base) {
  const known = new Set();
  for (const role of ['nobody', ...Object.keys(ACCOUNTS)])
    await tap.step(`crawl as ${role} ran`, () => crawlAs(tap, browser, base, role, known));
}

const PUBLIC = [
  '/',
  '/jobs',
  '/stations',
  '/events',
  '/progress',
  '/login',
  '/register',
  '/no-such-page',
];
const LOOKS = [
  { name: 'standard', cookies: {} },
  { name: 'elder', cookies: { size: 'elder' } },
  { name: 'dark', cookies: { theme: 'dark' } },
];

async function set(page, base, cookies) {
  const query = new URLSearchParams({ size: '', theme: '', ...cookies, from: '/' });
  await page.goto(`${base}/settings/ui?${query}`);
}

async function modeOf(tap, browser, base, look, lang, size, label) {
  const window = await context(browser, { ...size, lang });
  const page = await window.newPage();
  await set(page, base, look.cookies);
  for (const path of PUBLIC) {
    await page.goto(base + (lang === 'en' ? '/en' : '') + path);
    const found = [...(await faults(page)), ...(await axe(page))];
    if (look.name === 'elder') found.push(...(await tooSmall(page)));
    tap.ok(found.length === 0, `${path} ${lang} ${look.name} ${label}`, found);
    if (lang !== 'en') await shot(page, `site${path.replaceAll('/', '-')}-${look.name}-${label}`);
  }
  await window.close();
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

export async function modes(tap, browser, base) {
  for (const look of LOOKS)
    for (const lang of ['zh-CN', 'en'])
      for (const [label, size] of [
        ['390', PHONE],
        ['1440', DESKTOP],
      ])
        await tap.step(`modes ${look.name} ${lang} ${label} ran`, () => modeOf(tap, browser, base, look, lang, size, label));
}
