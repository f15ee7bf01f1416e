// lib.mjs -- the browser, the server under test, and what every page is held to. Uses assets/node_modules.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { root } from './render.mjs';

const require = createRequire(path.join(root, 'assets/package.json'));
const { chromium } = require('playwright-core');
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const START_MS = 20_000;
const DEMO_SIZE = ['--jobs', '400', '--people', '60'];

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

// The one place that knows how the server is started: a fresh demo city, then `serve` on a free port, which prints its address.
export async function startServer() {
  const bin = process.env.YIZHAN_BIN ?? path.join(root, 'build/debug/yizhan');
  const data = mkdtempSync(path.join(os.tmpdir(), 'yizhan-browser-'));
  execFileSync(bin, ['demo', '--data', data, ...DEMO_SIZE], { stdio: ['ignore', 'ignore', 'inherit'] });
  const child = spawn(bin, ['serve', '--data', data, '--port', '0', '--rate', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const url = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no address after ${START_MS} ms:\n${said}`)), START_MS);
    const listen = (chunk) => {
      said += chunk;
      const address = /https?:\/\/[\d.]+:\d+/.exec(said);
      if (address) {
        clearTimeout(late);
        resolve(address[0]);
      }
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
  });
  const stop = async () => {
    child.removeAllListeners('exit');
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
    rmSync(data, { recursive: true, force: true });
  };
  return { url, stop, log: () => said };
}

export async function shot(page, name) {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage: true });
}

// Accessibility: the list of violations as short sentences; empty is right.
export async function axe(page) {
  await page.evaluate(AXE);
  const result = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), AXE_TAGS);
  return result.violations.map((v) => {
    const where = v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} (${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? ''})`);
    return `axe ${v.id} x${v.nodes.length}: ${where.join(' | ')}`;
  });
}

// What every page is held to, whatever it is.
export async function faults(page) {
  return page.evaluate(() => {
    const out = [];
    const all = (selector) => [...document.querySelectorAll(selector)];
    const short = (e) => e.outerHTML.slice(0, 90);
    const count = all('h1').length;
    if (count !== 1) out.push(`${count} h1`);
    if (!document.documentElement.lang) out.push('no lang');
    if (!document.title.trim()) out.push('no title');
    const ids = all('[id]').map((e) => e.id);
    for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) out.push(`id twice: ${id}`);
    for (const e of all('[style], script:not([src], [type="application/ld+json"])')) out.push(`inline: ${short(e)}`);
    for (const e of all('*')) if ([...e.attributes].some((a) => a.name.startsWith('on'))) out.push(`handler: ${short(e)}`);
    for (const e of all('input:not([type=hidden]), select, textarea'))
      if (!e.labels?.length && !e.getAttribute('aria-label') && !e.getAttribute('aria-labelledby'))
        out.push(`no label: ${short(e)}`);
    for (const e of all('button:not([type])')) out.push(`button without type: ${short(e)}`);
    for (const f of all('form[method=post]')) {
      if (!f.querySelector('[name=_csrf]')) out.push(`form without _csrf: ${f.action}`);
      if (!f.querySelector('button[type=submit], button:not([type])')) out.push(`form without a button: ${f.action}`);
    }
    for (const e of all('[aria-describedby], [aria-labelledby]'))
      for (const id of `${e.getAttribute('aria-describedby') ?? ''} ${e.getAttribute('aria-labelledby') ?? ''}`.split(/\s+/))
        if (id && !document.getElementById(id)) out.push(`names an id that is not there: ${id}`);
    if (all('*').length > 3000) out.push(`${all('*').length} elements`);
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide > 0) out.push(`${wide} px wider than the window`);
    if (/\{\{|\}\}|undefined|\[object/.test(document.body.innerText)) out.push('left-over of a template in the text');
    return out;
  });
}

// Console errors and failed requests from now on, as a list that fills.
export function listen(page) {
  const heard = [];
  // what the server refuses is told by its status, not twice
  page.on('console', (m) => m.type() === 'error' && !m.text().startsWith('Failed to load') && heard.push(`console: ${m.text()}`));
  page.on('pageerror', (e) => !/^Transition was/.test(e.message) && heard.push(`script: ${e.message}`)); // the browser's own animation
  page.on('requestfailed', (r) => heard.push(`failed: ${r.url()} ${r.failure()?.errorText ?? ''}`));
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
  async step(name, act) {
    try {
      await act();
      this.ok(true, name);
    } catch (e) {
      this.ok(
        false,
        name,
        String(e.stack ?? e)
          .split('\n')
          .slice(0, 6),
      );
    }
  }
  done() {
    console.log(`1..${this.n}`);
    process.exitCode = this.bad ? 1 : 0;
  }
}
