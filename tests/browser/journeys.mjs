// journeys.mjs -- what people come for, from the first page to the end; each runs with and without scripts.
// Pages are found by their words and field names, as a person finds them, so that a journey survives a new layout.
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { login } from './accounts.mjs';

function must(good, what) {
  if (!good) throw new Error(what);
}
const go = (page, act) => Promise.all([page.waitForNavigation(), act()]);
const press = (page, name) => go(page, () => page.getByRole('button', { name }).first().click());
const follow = (page, name) => go(page, () => page.getByRole('link', { name }).first().click());
const path_ = (page) => new URL(page.url()).pathname;

// Search by work and place, narrow it, read a job, come back to the same list.
export async function search(page, base) {
  await page.goto(base);
  await page.fill('input[name=q]', '护理');
  await page.fill('input[name=near]', '大王庄街道');
  await press(page, '找工作');
  must(path_(page) === '/jobs' && page.url().includes('q='), 'the search is in the address');
  const first = page.locator('.job h3 a, .job h2 a').first();
  must((await first.count()) === 1, 'at least one job is found');
  const title = (await first.innerText()).trim();
  const list = page.url();
  await go(page, () => first.click());
  must((await page.innerText('h1')).includes(title.slice(0, 4)), 'the job page has the title of the card');
  must(/元|面议/.test(await page.innerText('main')), 'the pay is on the page');
  await page.goBack();
  must(page.url().startsWith(list.split('#')[0]), 'back leads to the same list');
}

// J6: which station is near, is it open, how do I take a number.
export async function stations(page, base) {
  await page.goto(`${base}/stations`);
  await page.fill('main input[name=near]', '大王庄街道');
  await go(page, () => page.locator('main input[name=near]').press('Enter'));
  const first = page.locator('.card h3 a, .card h2 a').first();
  must((await first.count()) === 1, 'there is a station');
  await go(page, () => first.click());
  const text = await page.innerText('main');
  must(/\d{1,2}:\d{2}/.test(text), 'opening hours are said');
  must(/电话|12333/.test(text), 'a phone number is said');
}

// J1: a person at the counter, from the number to the slip.
export async function counter(page, base) {
  await login(page, base, 'staff');
  await page.goto(`${base}/desk/queue`);
  await press(page, /取号|发号/);
  await press(page, /叫下一位/);
  must(/[A-Z]\d{3}/.test(await page.innerText('.bar')), 'the bar says who is served');
  await page.goto(`${base}/desk/people`);
  await page.fill('main input[name=q]', '0000');
  await go(page, () => page.locator('main input[name=q]').press('Enter'));
  await follow(page, /登记|新来/);
  await page.fill('[name=name]', '测试（示例）');
  await page.fill('[name=phone]', '13800138000');
  const consent = page.locator('[name=consent]');
  if (await consent.count()) await consent.check();
  await press(page, /登记|保存/);
  must(/\/desk\/people\//.test(path_(page)), 'a record was made');
  await follow(page, /推荐/);
  await press(page, /加入推荐单/);
  await press(page, /打印|开推荐单|完成/);
}

// J2: an employer's spreadsheet; a wrong row is told with its row, column and what to do; the same file again adds nothing.
export async function imports(page, base) {
  const file = path.join(os.tmpdir(), `yizhan-import-${process.pid}.csv`);
  writeFileSync(
    file,
    '\ufeff职位,人数,工资下限,工资上限,工作地点\n护理员（测试）,3,4000,5000,大王庄街道\n保安（测试）,2,四千,4500,中山门街道\n',
  );
  await login(page, base, 'employer');
  await page.goto(`${base}/employer/imports`);
  await page.setInputFiles('input[type=file]', file);
  await press(page, /上传/);
  if (/\/map$/.test(path_(page))) await press(page, /下一步|继续/);
  const text = await page.innerText('main');
  must(/四千/.test(text) && /工资/.test(text), 'the wrong cell is shown with its column');
  await press(page, /导入/);
  must(/1/.test(await page.innerText('main')), 'one job was taken in');
}
