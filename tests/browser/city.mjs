// city.mjs -- demo cities under test: one is made for a run and copied for each server, so that they begin alike; visitors over
// HTTP; the things that path parameters name. YIZHAN_BIN names the program, YIZHAN_TEST_PG a server (tools/with-postgres): then
// the cities live there and not in SQLite.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './render.mjs';

export const BIN = process.env.YIZHAN_BIN ?? path.join(root, 'build/debug/yizhan');
const DEMO_SIZE = ['--jobs', '400', '--people', '60'];
const START_MS = 20_000;
const THINGS = JSON.parse(readFileSync(path.join(root, 'tests/roles.json'), 'utf8'));

export const PASSWORD = 'tianjin2026demo'; // the logins of src/city/accounts/demo.c
export const ACCOUNTS = {
  seeker: 'qiuzhi',
  employer: 'qiye',
  staff: 'yizhan',
  head: 'zhanzhang',
  district: 'quji',
  city: 'shiji',
  auditor: 'shenji',
  admin: 'guanli',
  provider: 'jigou',
};
const COLLEAGUES = { colleague: 'quji2' }; // a second officer of the district: what one did, another approves

const CLOCK = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1'; // of Debian's package faketime

// Every run begins at this moment, so that no test depends on the day it runs on; whole steps of a second factor away from now.
const BEGIN = Date.UTC(2026, 10, 24, 2, 0, 0);
const AHEAD = Math.round((BEGIN - Date.now()) / 30_000) * 30_000;

const folders = [];
const running = [];

function folder() {
  const made = mkdtempSync(path.join(os.tmpdir(), 'yizhan-browser-'));
  folders.push(made);
  return made;
}

// The environment in which the program lives so many days after the beginning.
function clock(days) {
  const ahead = (AHEAD + days * 86_400_000) / 1000;
  return { ...process.env, LD_PRELOAD: CLOCK, FAKETIME: `${ahead < 0 ? '' : '+'}${ahead}`, DONT_FAKE_MONOTONIC: '1' };
}

const [, PG_HOST, PG_USER] = /host=(\S+) user=(\S+)/.exec(process.env.YIZHAN_TEST_PG ?? '') ?? [];
let databases = 0;

function psql(database, text) {
  const args = ['-qAtX', '-v', 'ON_ERROR_STOP=1', '-h', PG_HOST, '-U', PG_USER, '-c', text, database];
  return execFileSync('psql', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
}

// A fresh database on the server, with what another holds; null where there is none.
function database(like) {
  if (!PG_HOST) return null;
  const name = `browser_${process.pid}_${++databases}`;
  psql('postgres', `CREATE DATABASE ${name}${like ? ` TEMPLATE ${like}` : ''}`);
  return name;
}

// The options that tell the program where its data are.
function place({ data, db }) {
  return ['--data', data, ...(db ? ['--database', `postgresql://${PG_USER}@/${db}?host=${PG_HOST}`] : [])];
}

let first = null;
function copyOfDemo() {
  if (first === null) {
    first = { data: folder(), db: database() };
    execFileSync(BIN, ['demo', ...place(first), ...DEMO_SIZE], { stdio: ['ignore', 'ignore', 'inherit'], env: clock(0) });
  }
  const copy = { data: folder(), db: database(first.db) };
  cpSync(first.data, copy.data, { recursive: true });
  return copy;
}

export class City {
  constructor() {
    Object.assign(this, copyOfDemo());
    this.days = 0; // since the beginning
    this.signedIn = new Map();
  }

  // Serves on a free port; the program prints the address.
  async start() {
    const child = spawn(BIN, ['serve', ...place(this), '--port', String(this.port ?? 0), '--rate', '0', '--quiet'], { stdio: ['ignore', 'pipe', 'pipe'], env: clock(this.days) });
    let said = '';
    running.push(this);
    this.child = child;
    this.url = await new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no address after ${START_MS} ms:\n${said}`)), START_MS);
      const listen = (chunk) => {
        said += chunk;
        const address = /https?:\/\/[\d.]+:\d+/.exec(said);
        if (!address) return;
        clearTimeout(late);
        resolve(address[0]);
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
      child.on('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
    });
    this.port = new URL(this.url).port;
    return this;
  }

  // Time goes by: what the clock or other people do meanwhile, as SQL, with the service stopped; it comes back at its address.
  async pass(text) {
    await this.stop();
    if (text !== '' && this.db) psql(this.db, text);
    else if (text !== '') execFileSync('sqlite3', ['-bail', path.join(this.data, 'yizhan.db'), text]);
    await this.start();
  }

  // The service's own clock, in milliseconds.
  now() {
    return Date.now() + AHEAD + this.days * 86_400_000;
  }

  // So many days later, by the service's own clock; everybody has to sign in again. A part of a day is rounded to the steps of a second
  // factor. `meanwhile`: see pass.
  async later(days, meanwhile = '') {
    this.days = Math.round((this.days + days) * 2880) / 2880;
    this.signedIn.clear();
    await this.pass(meanwhile);
  }

  // A command of the program on this city, at its own time; what it printed. It throws when the program is not content.
  run(...words) {
    return execFileSync(BIN, [...words, ...place(this)], { encoding: 'utf8', env: clock(this.days), maxBuffer: 1 << 28 });
  }

  async stop() {
    this.child.removeAllListeners('exit');
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await gone;
    running.splice(running.indexOf(this), 1);
  }

  // Rows of a SELECT, as objects; the service may be running.
  sql(text) {
    if (this.db) return JSON.parse(psql(this.db, `SELECT coalesce(json_agg(t), '[]') FROM (${text}) AS t`));
    const out = execFileSync('sqlite3', ['-readonly', '-json', path.join(this.data, 'yizhan.db'), text], { encoding: 'utf8', maxBuffer: 1 << 28 });
    return out.trim() === '' ? [] : JSON.parse(out);
  }

  // The tables with their columns {name, type}.
  tables() {
    const rows = this.db
      ? this.sql("SELECT table_name AS t, column_name AS name, data_type AS type FROM information_schema.columns WHERE table_schema = 'public'")
      : this.sql("SELECT m.name AS t, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'");
    const out = new Map();
    for (const { t, ...column } of rows) out.set(t, [...(out.get(t) ?? []), column]);
    return out;
  }

  one(text) {
    const row = this.sql(text)[0];
    return row === undefined ? null : Object.values(row)[0];
  }

  // The visitor who is signed in as the role; one for the whole run, since a second factor is good for one login.
  async as(role) {
    if (!this.signedIn.has(role)) this.signedIn.set(role, await new Visitor(this.url).signIn(role));
    return this.signedIn.get(role);
  }

  // The path with its parameters filled by tests/roles.json, or null where the demo city has no such thing.
  async fill(route, role) {
    let out = route;
    for (const [whole, name] of route.matchAll(/\{(\w+)\}/g)) {
      const special = Object.keys(THINGS).find((key) => key.endsWith(` {${name}}`) && route.startsWith(`${key.split(' ')[0]}/`));
      let value = THINGS[special ?? name]?.own;
      if (value !== null && typeof value === 'object') value = value[role] ?? value.any;
      if (value?.startsWith('make ')) value = await this.make(value.slice(5));
      if (value?.startsWith('SELECT')) value = this.one(`${value.replace(':role', `'${role}'`)} LIMIT 1`);
      if (value === null || value === undefined) return null;
      out = out.replace(whole, value);
    }
    return out;
  }

  async make(what) {
    if (what === 'draft') {
      // a form whose session has ended is kept
      const answer = await new Visitor(this.url).post('/stations/new', { name: '示例' });
      return /draft=([\w-]+)/.exec(answer.headers.get('location'))[1];
    }
    if (what.startsWith('search')) {
      // a kept search of the seeker: its number, or the link that its mails carry
      const seeker = await this.as('seeker');
      const wanted = what === 'search link' ? /\/saved\/(\d+-[0-9a-f]+)/ : /\/me\/searches\/(\d+)\/actions/;
      if (!wanted.test(await seeker.html('/me/searches'))) {
        await seeker.html('/jobs/save?q=x'); // for its token
        await seeker.post('/jobs/save?q=x', { every: 'week' });
      }
      return wanted.exec(await seeker.html('/me/searches'))[1];
    }
    const answer = await (await this.as('admin')).post('/invitations/new', { role: 'auditor', name: '示例新人' });
    return /\/join\/([\w-]{43})/.exec(await answer.text())[1];
  }
}

export async function closeCities() {
  for (const city of [...running]) await city.stop();
  for (const made of folders) rmSync(made, { recursive: true, force: true });
}

// A browser without a window: keeps cookies, follows nothing by itself.
export class Visitor {
  constructor(base) {
    this.base = base;
    this.cookies = new Map();
    this.csrf = '';
  }

  async ask(target, more = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'sec-fetch-site': 'same-origin', accept: 'text/html', ...(cookie ? { cookie } : {}), ...more.headers };
    const answer = await fetch(new URL(target, this.base), { redirect: 'manual', ...more, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (/max-age=(0|-\d+)/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  async html(target) {
    const text = await (await this.ask(target)).text();
    this.csrf = /name="_csrf" value="([^"]*)"/.exec(text)?.[1] ?? this.csrf;
    return text;
  }

  post(target, form) {
    const body = new URLSearchParams({ _csrf: this.csrf, ...form });
    return this.ask(target, { method: 'POST', body });
  }

  // With the password and, for roles that need it, the second factor, which the demo city shows on the page.
  async signIn(role) {
    await this.html('/login');
    let to = (await this.post('/login', { login: ACCOUNTS[role] ?? COLLEAGUES[role], password: PASSWORD })).headers.get('location');
    if (to?.startsWith('/login/second')) {
      const code = /\b\d{6}\b/.exec((await this.html(to)).replace(/^[\s\S]*<main/, ''))?.[0] ?? '';
      to = (await this.post(to, { code })).headers.get('location');
    }
    if (!to || to.startsWith('/login')) throw new Error(`${role} cannot sign in`);
    await this.html(to);
    this.home = to;
    return this;
  }

  // For a context of Playwright.
  jar() {
    return [...this.cookies].map(([name, value]) => ({ name, value, url: this.base }));
  }
}
