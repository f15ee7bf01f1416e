// people.mjs -- somebody at a browser: opens pages, presses buttons by their words, fills forms by the names of their fields.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { context, listen } from './lib.mjs';

const PATIENCE_MS = 60_000;

export function must(good, what) {
  if (!good) throw new Error(what);
}

class Person {
  constructor(page, base) {
    this.page = page;
    this.base = base;
    this.heard = listen(page);
  }

  async go(act) {
    await Promise.all([this.page.waitForNavigation(), act()]);
    must(this.heard.length === 0, this.heard.join('; '));
  }

  async open(path) {
    const answer = await this.page.goto(new URL(path, this.base).href);
    must(answer.status() < 400, `${path} answers ${answer.status()}`);
  }

  // The first button of this name in sight, in one part of the page where that is said.
  async press(name, part = 'body') {
    const button = this.page.locator(part).getByRole('button', { name }).first();
    await this.go(() => button.click());
  }

  async follow(name, part = 'body') {
    const link = this.page.locator(part).getByRole('link', { name }).first();
    await this.go(() => link.click());
  }

  // The first link in sight that leads to an address which ends like this: for things that have a code.
  async to(end, part = 'main') {
    const link = this.page.locator(part).locator(`a[href$="${end}"]:visible`).first();
    await this.go(() => link.click());
  }

  // What a link or a button of this name saves: its bytes.
  async save(name, kind = 'link') {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.page.getByRole(kind, { name }).first().click()]);
    return readFileSync(await download.path());
  }

  // A step of a flow that wants a reason: its form is folded.
  async act(name, note) {
    const box = this.page.locator('details.act', { has: this.page.locator('summary', { hasText: name }) }).first();
    await box.locator('summary').click();
    await box.locator('textarea').fill(note);
    await this.go(() => box.getByRole('button', { name }).click());
  }

  // {name: value}: text, a choice of a list, a radio button or boxes to tick, files.
  async fill(values, part = 'main') {
    for (const [name, value] of Object.entries(values)) {
      const fields = this.page.locator(`${part} [name="${name}"]:not([type=hidden])`);
      const kind = await fields.first().evaluate((e) => (e.tagName === 'INPUT' ? e.type : e.tagName));
      if (kind === 'radio' || kind === 'checkbox') {
        for (const one of [value].flat()) await this.page.locator(`${part} [name="${name}"][value="${one}"]`).first().check();
      } else if (kind === 'SELECT') await fields.first().selectOption(value);
      else if (kind === 'file') await fields.first().setInputFiles(value);
      else await fields.first().fill(value);
    }
  }

  text(part = 'main') {
    return this.page.locator(part).first().innerText();
  }

  async sees(what, part = 'main') {
    const text = await this.text(part);
    const good = typeof what === 'string' ? text.includes(what) : what.test(text);
    must(good, `${this.path} does not say ${what}: ${text.replaceAll(/\s+/g, ' ').slice(0, 400)}`);
    return typeof what === 'string' ? what : what.exec(text);
  }

  get path() {
    const url = new URL(this.page.url());
    return url.pathname + url.search;
  }
}

// Opens windows for the people of one journey and closes them at its end.
export class People {
  constructor(browser, city, js) {
    Object.assign(this, { browser, city, js, windows: [], all: [] });
  }

  // Somebody new: with no cookie, or signed in as the role.
  async come(role = null, how = {}) {
    const window = await context(this.browser, { js: this.js, viewport: { width: 1280, height: 900 }, ...how });
    this.windows.push(window);
    const visitor = role === null ? null : await this.city.as(role);
    if (visitor !== null) await window.addCookies(visitor.jar());
    window.setDefaultTimeout(PATIENCE_MS);
    const person = new Person(await window.newPage(), this.city.url);
    person.home = visitor?.home ?? '/'; // where signing in leads
    this.all.push(person);
    return person;
  }

  // Where everybody stood, for the report of a failure.
  async where() {
    const out = [];
    for (const person of this.all) out.push(`${person.path}: ${(await person.text('body').catch(() => '')).replaceAll(/\s+/g, ' ').slice(0, 600)}`);
    return out;
  }

  async leave() {
    for (const window of this.windows) await window.close();
  }
}

// What a phone shows for a secret: RFC 6238, six digits, 30 seconds.
export function otp(secret, now) {
  const bits = [...secret.replaceAll(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

// An identity number with the right last digit: GB 11643.
export function idno(first17) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((all, weight, i) => all + weight * Number(first17[i]), 0);
  return first17 + '10X98765432'[sum % 11];
}

// A unified social credit code with the right last character: GB 32100.
export function creditCode(first17) {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const sum = [...first17].reduce((all, c, i) => all + alphabet.indexOf(c) * (3 ** i % 31), 0);
  return first17 + alphabet[(31 - (sum % 31)) % 31];
}
