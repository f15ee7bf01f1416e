// print.mjs -- what comes out of the printer: the right paper, the right number of pages, codes that a phone reads.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { context } from './lib.mjs';
import { must } from './people.mjs';

const MM = 72 / 25.4; // points
const A5 = [148, 210];
const A4 = [210, 297];
const DPI = '110'; // of a cheap office printer, for the readers of codes

// qr: what each code says; codes is false where there is none.
async function papers(city) {
  const slip = await city.fill('/r/{slip}', 'public');
  const ticket = await city.fill('/q/{ticket}', 'public');
  return [
    { path: `${slip}/print`, size: A5, pages: 1, qr: /\/(r\/[\w-]{9}|jobs\/J\d+)$/ },
    { path: `${ticket}/print`, size: [80, null], pages: 1, qr: /\/q\/[\w-]+$/ },
    { path: '/stations/S1/poster', size: A4, pages: 1, qr: /\/stations\/S1$/ },
    { path: '/desk/forms/intake', role: 'staff', size: A4, pages: 1, qr: null },
  ];
}

function measure(file) {
  const said = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
  const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(said);
  return { pages: Number(/Pages:\s+(\d+)/.exec(said)[1]), size: [width / MM, height / MM] };
}

function read(file) {
  execFileSync('pdftoppm', ['-r', DPI, '-png', file, file]);
  const first = execFileSync('sh', ['-c', 'ls "$0"-*.png | head -1', file], { encoding: 'utf8' }).trim();
  return execFileSync('zbarimg', ['-q', '--raw', first], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim().split('\n');
}

async function one(page, city, paper) {
  await page.goto(city.url + paper.path);
  const expected = await page.locator('.qrc svg, .qr svg').count();
  const file = path.join(city.data, `print-${paper.path.replaceAll(/\W+/g, '-')}.pdf`);
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  const got = measure(file);
  must(got.pages === paper.pages, `${got.pages} pages, not ${paper.pages}`);
  paper.size.forEach((mm, i) => must(mm === null || Math.abs(got.size[i] - mm) < 1, `${got.size.map(Math.round)} mm, not ${paper.size}`));
  if (paper.qr === null) return 'no code';
  const codes = read(file);
  must(codes.length === expected && codes.length > 0, `${codes.length} codes of ${expected} can be read`);
  for (const code of codes) must(paper.qr.test(code), `a code says ${code}`);
  return `${codes.length} codes`;
}

export async function print(tap, browser, city) {
  for (const paper of await papers(city)) {
    const window = await context(browser);
    if (paper.role) await window.addCookies((await city.as(paper.role)).jar());
    const page = await window.newPage();
    await tap.step(`print ${paper.path}`, async (say) => say(await one(page, city, paper)));
    await window.close();
  }
}
