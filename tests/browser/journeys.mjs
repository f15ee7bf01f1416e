// journeys.mjs -- what people come for, from the first page to the end. Each runs in two cities that began alike, in one with scripts
// and in the other without; both end in the same state of the database.
import { City } from './city.mjs';
import { People } from './people.mjs';
import { draft, join, sessions } from './journeys/accounts.mjs';
import { counter } from './journeys/counter.mjs';
import { employer } from './journeys/employer.mjs';
import { imports } from './journeys/imports.mjs';
import { search, station } from './journeys/seeker.mjs';
import { skills } from './journeys/skills.mjs';
import { life } from './journeys/stations.mjs';

export const JOURNEYS = { search, station, counter, employer, imports, life, join, sessions, draft, skills };
const LONG = new Set(['skills']); // only by its name: a whole class, days and days of it
const MODES = process.env.JS ? [process.env.JS === '1'] : [false, true];
const MOMENT = /(^|_)(at|until|on|seen|fresh)$|^(expires|taken|called|left|started|ended|due|chain_seq)/; // differs between two runs
const CHANCE = /hash|token|secret|password|otp|salt|nonce|code$|slug|key|digest|prev|^mac$/;
const LEFT_OUT = /^(sqlite_|task$|once|session|draft|rate|attempt|outbox|sign_in$|draw$|class_visit|training_call)/; // the last three: by lot
const NOT_THE_CLOCKS = { audit: "role <> 'clock'", setting: "name NOT LIKE 'searches.%'" }; // its own acts, and how far it came, fall as they fall
const MARK = /[0-9a-f]{12,}|\b1[78]\d{11}\b/g; // digests, keyed marks and instants inside a text

// The rows of every table as texts, in order, without what is the moment's or chance's.
function state(city) {
  const out = new Map();
  for (const [name, columns] of city.tables()) {
    if (LEFT_OUT.test(name)) continue;
    const kept = columns.filter((c) => !/^(BLOB|bytea)$/.test(c.type) && !MOMENT.test(c.name) && !CHANCE.test(c.name)).map((c) => `"${c.name}"`);
    const mine = NOT_THE_CLOCKS[name] ? `WHERE ${NOT_THE_CLOCKS[name]}` : '';
    const rows = city.sql(`SELECT ${kept.filter((c) => name !== 'audit' || c !== '"seq"').join(', ') || '1'} FROM "${name}" ${mine}`);
    out.set(name, rows.map((row) => JSON.stringify(row).replaceAll(MARK, '#')).sort());
  }
  return out;
}

function differences(a, b) {
  const out = [];
  for (const [table, rows] of a) {
    const others = b.get(table);
    if (rows.length !== others.length) out.push(`${table}: ${rows.length} rows without scripts, ${others.length} with`);
    const only = rows.filter((row) => !others.includes(row)).slice(0, 2);
    for (const row of only) out.push(`${table}: only without scripts: ${row.slice(0, 300)}`);
    for (const row of others.filter((row) => !rows.includes(row)).slice(0, only.length && 2)) out.push(`${table}: only with scripts: ${row.slice(0, 300)}`);
  }
  return out;
}

export async function journeys(tap, browser, names = []) {
  const wanted = Object.entries(JOURNEYS).filter(([name]) => (names.length === 0 ? !LONG.has(name) : names.includes(name)));
  const cities = [];
  for (const js of MODES) {
    const city = await new City().start();
    cities.push(city);
    for (const [name, journey] of wanted) {
      const people = new People(browser, city, js);
      await tap.step(`${name}, scripts ${js ? 'on' : 'off'}`, async () => {
        try {
          await journey(people);
        } catch (e) {
          throw [...String(e.stack ?? e).split('\n').slice(0, 10), ...(await people.where())];
        }
      });
      await people.leave();
    }
  }
  const found = MODES.length < 2 ? [] : differences(...cities.map(state));
  tap.ok(found.length === 0, 'the journeys end in the same state with scripts and without', found);
  for (const city of cities) await city.stop();
}
