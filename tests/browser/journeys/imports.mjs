// imports.mjs -- J2: an employer's sheet with wrong rows: columns guessed, rows checked, the error sheet mended and sent again, taken
// in once, undone.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { must } from '../people.mjs';

const HEAD = '职位名称,人数,薪资,工作地点,工作内容,联系电话';
const GOOD = [
  '表格护理员,3,4000-5000元/月,河东区大王庄街道,照顾老人起居,13900000003',
  '表格保安,2,3800元/月,河东区中山门街道,门岗值班,13900000003',
  '表格保洁,4,100元/天,河东区春华街道,楼道清扫,13900000003',
];
const BAD = [
  '表格厨师,1,6000-4000元/月,河东区大王庄街道,做两顿饭,13900000003',
  '表格司机,一些,5000元/月,河东区大王庄街道,送货,1390000000',
];

function sheet(people, name, text) {
  const file = path.join(people.city.data, `${name}.csv`);
  writeFileSync(file, `\ufeff${text}\n`);
  return file;
}

async function send(owner, file) {
  await owner.open('/employer/imports');
  await owner.fill({ file });
  await owner.press('上传并检查', 'main');
  if (owner.path.endsWith('/columns')) await owner.press('检查每一行', 'main');
}

// The work goes on behind the page, which loads itself anew.
async function ended(owner) {
  for (let i = 0; i < 60 && !/新增 \d+ 个岗位/.test(await owner.text()); i++) {
    await owner.page.waitForTimeout(500);
    await owner.page.reload();
  }
  return Number((await owner.sees(/新增 (\d+) 个岗位/))[1]);
}

async function jobs(owner) {
  await owner.open('/jobs?q=%E8%A1%A8%E6%A0%BC%E6%8A%A4%E7%90%86%E5%91%98');
  return (await owner.page.locator('.job', { hasText: '表格护理员' }).count()) > 0;
}

export async function imports(people) {
  const owner = await people.come('employer');
  await send(owner, sheet(people, 'first', [HEAD, ...GOOD, ...BAD].join('\n')));
  await owner.sees(/表格厨师/);
  await owner.sees(/表格司机/);
  const link = await owner.page.getByRole('link', { name: 'CSV' }).first().getAttribute('href');
  const errors = await (await owner.page.request.get(new URL(link, people.city.url).href)).text();
  must(errors.includes('表格厨师') && errors.includes('表格司机') && !errors.includes('表格护理员'), 'the error sheet has the wrong rows');
  await owner.press('导入 3 个岗位', 'main');
  must((await ended(owner)) === 3, 'three were taken in');
  const first = owner.path;

  const mended = errors.replace(/^\ufeff/, '').replace('6000-4000', '4000-6000').replace('一些', '2').replace('1390000000,', '13900000004,');
  await send(owner, sheet(people, 'mended', mended.trimEnd()));
  await owner.press('导入 2 个岗位', 'main');
  must((await ended(owner)) === 2, 'the mended rows too');
  await send(owner, sheet(people, 'again', [HEAD, ...GOOD].join('\n')));
  await owner.sees('没有能新增的岗位');
  must(await jobs(owner), 'people find them');

  await owner.open(first);
  await owner.press(/撤回这次导入/, 'main');
  await owner.sees('已经撤回');
  must(!(await jobs(owner)), 'and do not after the undo');
}
