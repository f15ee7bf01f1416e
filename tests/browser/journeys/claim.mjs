// claim.mjs -- after the last lesson: who was there says so, the exam, certificates verified by a result file and by two people, the claim
// that the institution draws and confirms.
import { PHONE } from '../lib.mjs';
import { must } from '../people.mjs';
import { until } from './lessons.mjs';

const EVALUATOR = '津河职业技能评价中心（示例）';
const ISSUED = '2026-12-21';
const number = (serial) => `S000112000012265${String(800_000 + serial)}`; // of that body, year 26, level 5

const csv = (name, lines) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(`${lines.map((line) => line.join(',')).join('\r\n')}\r\n`) });
const picture = { name: '查询结果.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') };

async function toClass(school, code) {
  await school.open(school.home);
  await school.to(code);
}

async function over(people, play) {
  const school = await people.come('provider');
  await until(school, () => school.open(school.home), '结课了，办考核：2026津门乐业养老护理员初级工02');
  const seeker = await people.come('seeker', PHONE);
  await seeker.open(seeker.home);
  await seeker.follow('我的培训');
  await seeker.press('我参加了培训', 'main');
  await seeker.sees('已确认您参加了培训', 'body');
  must((await seeker.page.getByRole('button', { name: '我参加了培训' }).count()) === 0, 'who said so is not asked again');
  await toClass(school, play.code);
  await school.follow('学员', 'main');
  play.codes = (await school.page.locator('main tbody th .num').allInnerTexts()).sort();
  must(play.codes.length === play.trainees.length, `four in the class, not ${play.codes}`);
  await school.to(play.codes[1]);
  await school.fill({ how: 'paper' });
  await school.press('确认', 'main');
  await school.sees('本人已确认培训过程');
  await school.follow(/养老护理员/);
  await school.to(play.codes[3]);
  await school.press('考试没通过', 'main');
  await toClass(school, play.code);
  await school.press('登记考核完成', 'main');
  await school.sees('已考核');
}

async function enter(school, { code, codes }) {
  await toClass(school, code);
  await school.follow('证书', 'main');
  await school.fill({ trainee: codes[0], number: number(0).slice(1), issued_on: ISSUED, evaluator: EVALUATOR });
  await school.press('录入证书', 'main');
  await school.sees('22 位');
  await school.fill({ number: number(0) });
  await school.press('录入证书', 'main');
  await school.sees('待核验');
  await school.follow('用表格录入');
  await school.fill({ file: csv('证书.csv', [['学员编号', '证书编号', '发证日期', '评价组织'], ...[1, 2].map((i) => [codes[i], number(i), ISSUED, EVALUATOR])]) });
  await school.press('上传并录入', 'main');
  await school.sees('录入 2 本');
}

// Two by the evaluator's file, one by two people who looked it up, each with a picture of what they saw.
async function verify(people, { trainees }) {
  const officer = await people.come('district');
  await officer.open(officer.home);
  await officer.follow('培训', 'header');
  await officer.follow('证书要核验');
  await officer.follow('结果文件');
  const lines = [1, 2].map((i) => [number(i), trainees[i].idno, '五级', ISSUED, '合格']);
  await officer.fill({ file: csv('评价结果（示例）.csv', [['证书编号', '身份证号', '等级', '发证日期', '结果'], ...lines]), evaluator: EVALUATOR });
  await officer.press('导入结果文件', 'main');
  await officer.sees('核对一致 2 本');
  const second = await people.come('colleague');
  for (const [who, verb, then] of [[officer, '我联网查过，属实', '一人已核'], [second, '我也查过，属实', '核验通过']]) {
    await who.open(who.home);
    await who.follow('培训', 'header');
    await who.follow('证书要核验');
    await who.follow(number(0));
    const form = who.page.locator('main form', { has: who.page.getByRole('button', { name: verb }) });
    await form.locator('[name=file]').setInputFiles(picture);
    await who.go(() => form.getByRole('button', { name: verb }).click());
    await who.sees(then);
  }
}

async function draw(people, play) {
  const seeker = await people.come('seeker', PHONE);
  await seeker.open(seeker.home);
  await seeker.follow('我的培训');
  await seeker.follow('登记收款账号');
  await seeker.fill({ name: play.trainees[0].name, bank: '示例银行河东支行（示例）', account: '6222 0000 7777 0001' });
  await seeker.press('登记账号', 'main');
  const school = await people.come('provider');
  await toClass(school, play.code);
  await school.follow('补贴申请', 'main');
  await school.sees(new RegExp(`${play.codes[3]}[^A]*评价没有通过`));
  await school.press('生成补贴申请', 'main');
  play.claim = /Q\d+/.exec(school.path)[0];
  must((await school.page.locator('main [aria-label="申请里的每一行"] tbody tr').count()) === 7, 'fees of three and one living allowance');
  await school.press('确认申请', 'main');
  await school.sees('等区人社局审核');
}

export async function claim(people, play) {
  await over(people, play);
  await people.city.later(3);
  await enter(await people.come('provider'), play);
  await verify(people, play);
  await draw(people, play);
}
