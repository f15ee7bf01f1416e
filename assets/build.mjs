// build.mjs OUTDIR -- style sheets, scripts, icons and logo with the hash of their content in the name, each also as .br and .gz,
// and manifest.json {"app.css": "app-1a2b3c4d.css"}.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import zlib from 'node:zlib';
import * as esbuild from 'esbuild';
import { transform } from 'lightningcss';

const here = path.dirname(fileURLToPath(import.meta.url));
if (!process.argv[2]) throw new Error('usage: node build.mjs OUTDIR');
const out = path.resolve(process.argv[2]);

const SHEETS = {
  'app.css': ['tokens', 'base', 'layout', 'parts', 'forms', 'home', 'stations', 'jobs', 'modes', 'print'],
  'work.css': ['tokens', 'base', 'layout', 'parts', 'forms', 'work', 'dash', 'stations', 'jobs', 'modes', 'print'],
  'kiosk.css': ['tokens', 'base', 'layout', 'parts', 'forms', 'modes', 'kiosk'],
  'sheet.css': ['tokens', 'base', 'layout', 'parts', 'sheet'],
};
const SCRIPTS = { 'app.js': 'app.ts', 'map.js': 'map.ts' };
const LIMIT = { 'app.css': 9216, 'work.css': 11264, 'app.js': 20480, 'map.js': 2048 }; // bytes after gzip
const ICONS = path.join(here, 'node_modules/@tabler/icons/icons/outline');
const version = (major) => major << 16;
const CSS_FLOOR = { chrome: version(87), safari: version(14), ios_saf: version(14), firefox: version(78) };
const JS_FLOOR = ['chrome87', 'safari14.1', 'firefox78'];

const manifest = {};
const gzip = (bytes) => zlib.gzipSync(bytes, { level: 9 });

function emit(name, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  const ext = path.extname(name);
  const file = `${path.basename(name, ext)}-${hash}${ext}`;
  const gz = gzip(bytes);
  writeFileSync(path.join(out, file), bytes);
  writeFileSync(path.join(out, file + '.gz'), gz);
  writeFileSync(path.join(out, file + '.br'), zlib.brotliCompressSync(bytes));
  manifest[name] = file;
  console.log(`${file.padEnd(30)} ${String(bytes.length).padStart(7)} B  ${String(gz.length).padStart(6)} gz`);
  if (LIMIT[name] && gz.length > LIMIT[name])
    throw new Error(`${name} is ${gz.length} bytes after gzip, more than ${LIMIT[name]}`);
}

// People whose device asks for dark get it until they choose for themselves.
function withDeviceDark(css) {
  const block = /html\[data-theme=dark\] \{([^}]*)\}/.exec(css);
  return `${css}\n@media (prefers-color-scheme: dark) { html:not([data-theme]) {${block[1]}} }\n`;
}

function sheet(name, parts) {
  const read = (part) => readFileSync(path.join(here, 'css', `${part}.css`), 'utf8');
  const source = parts
    .map((part) => (part === 'tokens' && name !== 'sheet.css' ? withDeviceDark(read(part)) : read(part)))
    .join('\n');
  return transform({ filename: name, code: Buffer.from(source), minify: true, targets: CSS_FLOOR }).code;
}

function sprite() {
  const names = readFileSync(path.join(here, 'icons.txt'), 'utf8').split('\n').filter(Boolean).sort();
  const symbols = names.map((name) => {
    const svg = readFileSync(path.join(ICONS, `${name}.svg`), 'utf8');
    const shape = /<svg[\s\S]*?>([\s\S]*)<\/svg>/
      .exec(svg)[1]
      .replace(/<path stroke="none"[^>]*\/>/, '')
      .replace(/\s*\n\s*/g, '');
    return `<symbol id="${name}" viewBox="0 0 24 24">${shape}</symbol>`;
  });
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`);
}

async function script(entry) {
  const built = await esbuild.build({
    entryPoints: [path.join(here, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: JS_FLOOR,
    legalComments: 'none',
    charset: 'utf8',
  });
  return Buffer.from(built.outputFiles[0].contents);
}

if (existsSync(out)) rmSync(out, { recursive: true });
mkdirSync(out, { recursive: true });
for (const [name, parts] of Object.entries(SHEETS)) emit(name, sheet(name, parts));
for (const [name, entry] of Object.entries(SCRIPTS)) emit(name, await script(entry));
emit('icons.svg', sprite());
for (const name of ['logo.svg', 'hero.svg']) emit(name, readFileSync(path.join(here, name)));
const web = readFileSync(path.join(here, 'site.webmanifest'), 'utf8').replace('@logo.svg@', manifest['logo.svg']);
emit('site.webmanifest', Buffer.from(web));
writeFileSync(path.join(out, 'manifest.json'), JSON.stringify(manifest, null, 1) + '\n');
