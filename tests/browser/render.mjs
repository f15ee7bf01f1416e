// render.mjs -- a small, faithful renderer of the template language of src/web/tmpl.h, for previews without the server.
// Like tmpl.c it refuses what the server would refuse: a value outside text and double quotes, a section that leaves a tag open.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const TAG = /\{\{([#^/_>!@]|i (?=\s*[a-z]))?\s*([\s\S]*?)\s*\}\}(?!\})/g;
const NAME = { _: /./s, '>': /^[a-z0-9_/-]+$/, i: /^[a-z0-9-]+$/, '@': /^[a-z0-9_./-]+$/, value: /^[a-z0-9_][a-z0-9_.]*$/ };

const escape = (s) =>
  String(s).replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]);
export class Html {
  // the only value that is not escaped, as V_HTML
  constructor(text) {
    this.text = text;
  }
}

function placeAfter(at, text) {
  for (const c of text) {
    if (at === 'text' && c === '<') at = 'tag';
    else if (at === 'tag' && c === '>') at = 'text';
    else if (at === 'tag' && c === '"') at = 'double';
    else if (at === 'tag' && c === "'") at = 'single';
    else if ((at === 'double' && c === '"') || (at === 'single' && c === "'")) at = 'tag';
  }
  return at;
}

export function compile(source, name) {
  const top = [];
  const open = [{ body: top }];
  let place = 'text',
    from = 0;
  for (const m of source.matchAll(TAG)) {
    const text = source.slice(from, m.index);
    place = placeAfter(place, text);
    from = m.index + m[0].length;
    const body = open.at(-1).body;
    if (text) body.push({ op: 'text', s: text });
    const op = m[1]?.trim() ?? 'value';
    const fail = (why) => {
      throw new Error(`${name}: ${m[0]}: ${why}`);
    };
    if (op === '!') continue;
    if (!(NAME[op] ?? NAME.value).test(m[2])) fail('bad name');
    if (op === '#' || op === '^') {
      const section = { op, s: m[2], body: [], place };
      body.push(section);
      open.push(section);
    } else if (op === '/') {
      const section = open.pop();
      if (section.s !== m[2] || section.place !== place) fail(`does not close ${section.s} in the same place`);
    } else {
      if (place === 'single' || (place === 'tag' && op !== '>') || (place === 'double' && op === 'i')) fail(`stands in ${place}`);
      body.push({ op, s: m[2] });
    }
  }
  if (open.length !== 1) throw new Error(`${name}: ${open.at(-1).s} is not closed`);
  if (source.slice(from)) top.push({ op: 'text', s: source.slice(from) });
  return top;
}

function find(scopes, name) {
  const [first, ...rest] = name.split('.');
  const scope = scopes.findLast((s) => s !== null && typeof s === 'object' && !Array.isArray(s) && first in s);
  return rest.reduce((v, key) => (v !== null && typeof v === 'object' ? v[key] : undefined), scope?.[first]);
}
const truthy = (v) => (Array.isArray(v) ? v.length > 0 : Boolean(v));
const put = (v) =>
  v === undefined || v === null ? '' : v instanceof Html ? v.text : escape(typeof v === 'boolean' ? Number(v) : v);

export class Pages {
  constructor({ assets = {}, text = (id) => id } = {}) {
    this.assets = assets;
    this.text = text;
    this.parts = new Map();
  }
  part(name) {
    if (!this.parts.has(name)) {
      const file = name.includes('/') ? `src/city/${name}.html` : `src/web/parts/${name}.html`;
      this.parts.set(name, compile(readFileSync(path.join(root, file), 'utf8'), file));
    }
    return this.parts.get(name);
  }
  asset(name) {
    if (!this.assets[name]) throw new Error(`no asset ${name}`);
    return `/assets/${this.assets[name]}`;
  }
  run(body, scopes) {
    return body
      .map((step) => {
        switch (step.op) {
          case 'text':
            return step.s;
          case 'value':
            return put(find(scopes, step.s));
          case '_':
            return escape(this.text(step.s)).replace(/\{([a-z0-9_.]+)\}/g, (_, name) => put(find(scopes, name)));
          case '>':
            return this.run(this.part(step.s), scopes);
          case '@':
            return escape(this.asset(step.s));
          case 'i':
            return `<svg class="i" aria-hidden="true" focusable="false"><use href="${this.asset('icons.svg')}#${step.s}"/></svg>`;
          case '^':
            return truthy(find(scopes, step.s)) ? '' : this.run(step.body, scopes);
          default: {
            const v = find(scopes, step.s);
            if (!truthy(v)) return '';
            return (Array.isArray(v) ? v : [v]).map((each) => this.run(step.body, [...scopes, each])).join('');
          }
        }
      })
      .join('');
  }
  render(name, view) {
    return this.run(this.part(name), [view]);
  }
}
