// lib.mjs -- the browser, and what every page is held to. Uses assets/node_modules.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './render.mjs';

const require = createRequire(path.join(root, 'assets/package.json'));
const { chromium } = require('playwright-core');
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
export const DESKTOP = { viewport: { width: 1440, height: 900 } };
export const SHOTS = process.env.YIZHAN_SHOTS ?? path.join(root, 'build/shots');

export async function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--font-render-hinting=none',
      '--lang=zh-CN',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

// A context as a person has it; js: false turns scripts off. The content security policy stays on: axe runs in spite of it.
export async function context(browser, { js = true, lang = 'zh-CN', ...how } = {}) {
  return browser.newContext({ locale: lang, timezoneId: 'Asia/Shanghai', javaScriptEnabled: js, ...how });
}

export async function shot(page, name) {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage: true });
}

// Accessibility: the list of violations as short sentences; empty is right.
export async function axe(page) {
  await page.evaluate(AXE);
  const result = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), AXE_TAGS);
  return result.violations.map((v) => {
    const where = v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} (${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? ''})`);
    return `axe ${v.id} x${v.nodes.length}: ${where.join(' | ')}`;
  });
}

// What every page is held to, whatever it is: of the page that is open, or of a text that was fetched. The list of what is wrong.
export async function structure(page, html = null) {
  return page.evaluate((text) => {
    const doc = text === null ? document : new DOMParser().parseFromString(text, 'text/html');
    const out = [];
    const all = (selector) => [...doc.querySelectorAll(selector)];
    const short = (e) => e.outerHTML.slice(0, 90);
    const count = all('h1').length;
    if (count !== 1) out.push(`${count} h1`);
    if (!doc.documentElement.lang) out.push('no lang');
    if (!doc.title.trim()) out.push('no title');
    const ids = all('[id]').map((e) => e.id);
    for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) out.push(`id twice: ${id}`);
    for (const e of all('[style], style, script:not([src], [type="application/ld+json"])')) out.push(`inline: ${short(e)}`);
    for (const e of all('*')) if ([...e.attributes].some((a) => a.name.startsWith('on'))) out.push(`handler: ${short(e)}`);
    for (const e of all('input:not([type=hidden]), select, textarea'))
      if (!e.labels?.length && !e.getAttribute('aria-label') && !e.getAttribute('aria-labelledby'))
        out.push(`no label: ${short(e)}`);
    for (const e of all('button:not([type])')) out.push(`button without type: ${short(e)}`);
    for (const f of all('form[method=post]')) {
      if (!f.querySelector('[name=_csrf]')) out.push(`form without _csrf: ${f.getAttribute('action')}`);
      if (!f.querySelector('button[type=submit]')) out.push(`form without a button: ${f.getAttribute('action')}`);
    }
    for (const e of all('[aria-describedby], [aria-labelledby], [aria-controls]'))
      for (const name of ['aria-describedby', 'aria-labelledby', 'aria-controls'])
        for (const id of (e.getAttribute(name) ?? '').split(/\s+/))
          if (id && !doc.getElementById(id)) out.push(`names an id that is not there: ${id}`);
    for (const e of all('a[href^="#"]'))
      if (e.getAttribute('href') !== '#' && !doc.getElementById(e.getAttribute('href').slice(1))) out.push(`leads nowhere: ${short(e)}`);
    for (const e of all('a:not([href])')) out.push(`a link without an address: ${short(e)}`);
    if (all('*').length > 4000) out.push(`${all('*').length} elements`);
    for (const e of all('script')) e.remove();
    if (/\{\{|\}\}|undefined|\[object|\(null\)/.test(doc.body.textContent)) out.push('left-over of a template in the text');
    return out;
  }, html);
}

// Nothing stands out of the window.
export async function layout(page) {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const wide = document.documentElement.scrollWidth - room;
    if (wide <= 0) return [];
    // the innermost that stands out and is not inside something that scrolls by itself
    const held = (e) => {
      for (let up = e.parentElement; up !== null && up !== document.body; up = up.parentElement)
        if (getComputedStyle(up).overflowX !== 'visible') return true;
      return false;
    };
    const who = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > room + 1 && !held(e)).at(-1);
    return [`${wide} px wider than the window: ${who?.outerHTML.slice(0, 90) ?? ''}`];
  });
}

export async function faults(page) {
  return [...(await layout(page)), ...(await structure(page))];
}

// Console errors and failed requests from now on, as a list that fills.
export function listen(page) {
  const heard = [];
  // what the server refuses is told by its status, not twice
  page.on('console', (m) => m.type() === 'error' && !m.text().startsWith('Failed to load') && heard.push(`console: ${m.text()}`));
  page.on('pageerror', (e) => !/^Transition was/.test(e.message) && heard.push(`script: ${e.message}`)); // the browser's own animation
  page.on('requestfailed', (r) => {
    const why = r.failure()?.errorText ?? '';
    if (why !== 'net::ERR_ABORTED') heard.push(`failed: ${r.url()} ${why}`); // aborted: the visitor went on
  });
  return heard;
}

export class Tap {
  constructor() {
    this.n = 0;
    this.bad = 0;
  }
  ok(good, name, why = []) {
    this.n++;
    if (!good) this.bad++;
    console.log(`${good ? 'ok' : 'not ok'} ${this.n} - ${name}`);
    if (!good) for (const line of [why].flat()) console.log(`#   ${line}`);
  }
  // act may say a word for the line, and may throw an error or a list of what is wrong.
  async step(name, act) {
    const begun = Date.now();
    let word = '';
    let why = null;
    try {
      await act((text) => {
        word = `, ${text}`;
      });
    } catch (e) {
      why = Array.isArray(e) ? e : String(e.stack ?? e).split('\n').slice(0, 12);
    }
    this.ok(why === null, `${name}${word} (${((Date.now() - begun) / 1000).toFixed(1)} s)`, why ?? []);
  }
  done() {
    console.log(`1..${this.n}`);
    process.exitCode = this.bad ? 1 : 0;
  }
}
