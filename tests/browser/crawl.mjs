// crawl.mjs -- every page that links lead to, as nobody and as each role, in Chinese and in English. Pages are fetched, not shown, so
// that hundreds cost seconds: each answers, is built right, has a title of its own, and its forms post to what this role may do.
import { execFileSync } from 'node:child_process';
import { ACCOUNTS, BIN, Visitor } from './city.mjs';
import { structure } from './lib.mjs';

const MOST_PAGES = 900; // for one role
const PER_KIND = 7; // pages of one route with one set of questions
// pages that no link leads to, since an act or a paper does; the journeys go there
const BY_ACT = new Set([
  '/confirm',
  '/login/second',
  '/join/{invitation}',
  '/q/{ticket}',
  '/q/{ticket}/print',
  '/r/{slip}',
  '/r/{slip}/print',
  '/kiosk/{station}/ticket/{ticket}',
  '/desk/visits/{visit}',
  '/stations/{station}/handover',
  '/sign',
  '/sign/{class}',
  '/sign/{class}/done',
  '/objections/{objection}',
  '/saved/{link}',
  '/training/confirm',
  '/api/decide',
  '/assessments/{assessment}/report',
  '/assessments/{assessment}/score',
  '/assessments/{assessment}/visit',
  '/agreements/{agreement}/projects/new',
  '/provider/anomalies/{anomaly}',
  '/city/catalogues/{catalogue}/sheets/{sheet}',
]);
const LEFT_OUT = /^(\/en)?\/(settings|assets|dev)\//;

export function routes() {
  return JSON.parse(execFileSync(BIN, ['doc', 'routes', '--json'], { encoding: 'utf8', maxBuffer: 1 << 26 })).routes;
}

// Which route of the table answers a path; the one with fewest parameters, as the server chooses.
export class Table {
  constructor() {
    this.rows = routes().map((r) => ({ ...r, like: new RegExp(`^${r.path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`) }));
  }
  find(method, pathname) {
    const bare = pathname.replace(/^\/en(?=\/|$)/, '') || '/';
    const fits = this.rows.filter((r) => r.method === method && r.like.test(bare));
    return fits.sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0] ?? null;
  }
}

const addresses = (html, base, here) =>
  [...html.matchAll(/<(?:a|link|img|script|use|form)\b[^>]*?\s(?:href|src|action)="([^"]*)"/g)]
    .map(([tag, text]) => ({ tag, url: new URL(text.replaceAll('&amp;', '&'), new URL(here, base)) }))
    .filter(({ url }) => url.origin === base);

const titleOf = (html) => /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '';

class Crawl {
  constructor(table, page, visitor, role) {
    Object.assign(this, { table, page, visitor, role, found: [], seen: new Set(), kinds: new Map(), titles: new Map(), routes: new Set() });
  }

  fault(where, why) {
    this.found.push(`${this.role} ${where}: ${why}`);
  }

  async whole(start) {
    this.queue = start.map((path) => ({ path, from: 'start' }));
    while (this.queue.length > 0 && this.seen.size < MOST_PAGES) {
      const { path, from } = this.queue.shift();
      const url = new URL(path, this.visitor.base);
      const route = this.table.find('GET', url.pathname);
      if (this.seen.has(path) || LEFT_OUT.test(url.pathname)) continue;
      // what nobody sees as well is looked at once for a role: its frame differs, not its inside
      const once = this.role !== 'nobody' && route !== null && route.roles.includes('public');
      const kind = `${url.pathname.startsWith('/en')} ${route?.path ?? url.pathname} ${once ? '' : [...url.searchParams.keys()].sort()}`;
      const times = this.kinds.get(kind) ?? 0;
      if (times >= (once ? 1 : PER_KIND)) continue;
      this.kinds.set(kind, times + 1);
      this.seen.add(path);
      await this.visit(path, from, url, route);
    }
  }

  async visit(path, from, url, route) {
    const answer = await this.visitor.ask(path);
    if (route !== null) this.routes.add(route.path);
    if (answer.status >= 400) return this.fault(path, `answers ${answer.status}, linked from ${from}`);
    if (answer.status >= 300) {
      const to = new URL(answer.headers.get('location'), url);
      if (to.pathname === '/login' && this.role !== 'nobody') this.fault(path, `wants a login, linked from ${from}`);
      return this.queue.push({ path: to.pathname + to.search, from: path });
    }
    if (!/text\/html/.test(answer.headers.get('content-type'))) return answer.arrayBuffer();
    const html = await answer.text();
    for (const why of await structure(this.page, html)) this.fault(path, why);
    this.title(path, html, route);
    const english = url.pathname.startsWith('/en');
    if (/<html lang="en"/.test(html) !== english) this.fault(path, 'is not in the language of its address');
    this.follow(path, html);
  }

  // Two routes never share a title.
  title(path, html, route) {
    const title = titleOf(html);
    const other = this.titles.get(title);
    if (other !== undefined && route !== null && other.route !== route.path) this.fault(path, `has the title of ${other.path}: ${title}`);
    else if (route !== null) this.titles.set(title, { path, route: route.path });
  }

  follow(path, html) {
    for (const { tag, url } of addresses(html, this.visitor.base, path)) {
      if (/^<form/.test(tag) && /method="post"/.test(tag)) {
        const route = this.table.find('POST', url.pathname);
        if (route === null) this.fault(path, `a form posts to ${url.pathname}, which is not there`);
        else if (!route.roles.includes(this.role === 'nobody' ? 'public' : this.role)) this.fault(path, `a form posts to ${url.pathname}: not for this role`);
      } else {
        this.queue.push({ path: url.pathname + url.search, from: path });
      }
    }
  }
}

// Answers the routes that were reached, so that pages nothing leads to are known.
export async function crawl(tap, page, city) {
  const table = new Table();
  const reached = new Set();
  for (const role of ['nobody', ...Object.keys(ACCOUNTS)])
    await tap.step(`crawl as ${role}`, async (say) => {
      const visitor = role === 'nobody' ? new Visitor(city.url) : await city.as(role);
      const c = new Crawl(table, page, visitor, role);
      await c.whole(role === 'nobody' ? ['/', '/en/'] : [visitor.home, `/en${visitor.home}`, '/']);
      for (const path of c.routes) reached.add(path);
      say(`${c.seen.size} pages`);
      if (c.found.length > 0) throw c.found.slice(0, 60);
    });
  const alone = table.rows.filter((r) => r.method === 'GET' && r.page !== null && !reached.has(r.path) && !BY_ACT.has(r.path)).map((r) => r.path);
  tap.ok(alone.length === 0, 'every page can be reached', alone);
}
