// lessons.mjs -- a class from its first lesson to its last: signing in by the code on the screen, by card and on paper; two inspectors who
// were drawn by lot; one phone for three people, asked about, explained, accepted.
import { PHONE } from '../lib.mjs';
import { must } from '../people.mjs';

const PATIENCE = 30; // looks at a page until the clock's work is done
const BEFORE = 95 / 1440; // days: the city began at 10:00
const SCHOOL_ACCOUNT = 7; // whose desk reads the cards

export async function until(person, act, text) {
  for (let i = 0; ; i++) {
    await act();
    if ((await person.text()).includes(text)) return;
    must(i < PATIENCE, `${person.path} never says ${text}`);
    await new Promise((soon) => setTimeout(soon, 1000));
  }
}

// What the institution's other desks do meanwhile: who has not signed in yet has their card read, lesson by lesson, until now.
export function lessonsHeld({ city }, code, until) {
  const sessions = city.sql(`SELECT s.id, s.day, s.from_min FROM class_session s JOIN class c ON c.id = s.class_id WHERE c.code = '${code}' AND s.day < ${until}`);
  const trainees = city.sql(`SELECT t.id FROM trainee t JOIN class c ON c.id = t.class_id WHERE c.code = '${code}' ORDER BY t.id`);
  const midnight = (day) => Date.UTC(Math.floor(day / 10000), (Math.floor(day / 100) % 100) - 1, day % 100) - 8 * 3_600_000;
  const rows = [];
  for (const s of sessions)
    for (const [i, t] of trainees.entries())
      rows.push(`(${s.id}, ${t.id}, 0, ${midnight(s.day) + s.from_min * 60_000 - (5 + 3 * i) * 60_000}, 'card', ${SCHOOL_ACCOUNT})`);
  return `INSERT INTO sign_in (session_id, trainee_id, leaving, at, means, account_id) VALUES ${rows.join(', ')} ON CONFLICT DO NOTHING`;
}

async function openScreen(people, code) {
  const school = await people.come('provider');
  await school.open(school.home);
  await school.to(code);
  await school.follow('签到屏幕');
  return school;
}

// The phone types what the screen shows. The number is another one every half minute: who was too slow looks again.
async function signByCode(phone, screen, who) {
  for (let i = 0; ; i++) {
    await screen.page.reload();
    const text = await screen.text('body');
    const digits = /\b\d{3} \d{3}\b/.exec(text)[0];
    await phone.page.goto(/https?:\/\/\S+\/sign/.exec(text)[0]);
    await phone.fill({ class: /\bK\d+\b/.exec(text)[0], code: digits });
    await phone.press('下一步', 'main');
    if ((await phone.page.locator('main [role=alert]').count()) === 0) break;
    must(i < 3, `${phone.path} takes no code: ${await phone.text()}`);
  }
  await phone.fill({ who: who.idno.slice(-4) });
  await phone.press('记下来', 'main');
  await phone.sees('已经签到');
}

async function firstMorning(people, { code, trainees }) {
  const screen = await openScreen(people, code);
  const phone = await people.come(null, PHONE);
  await phone.page.goto(new URL('/sign', phone.base).href);
  await phone.fill({ class: code, code: '000000' });
  await phone.press('下一步', 'main');
  await phone.sees('重新扫');
  for (const who of trainees.slice(0, 3)) await signByCode(phone, screen, who); // two have no phone with them
  const school = await people.come('provider');
  await school.open(school.home);
  await school.to(code);
  await school.follow('考勤');
  await school.follow('刷身份证签到');
  await school.fill({ idno: trainees[0].idno });
  await school.press('记下来', 'main');
  await school.sees('已经签过了', 'body');
  await school.fill({ idno: trainees[3].idno });
  await school.press('记下来', 'main');
  await school.sees('已经签好', 'body');
}

// The afternoon's power was off: on the next day one line of the paper is written down.
async function paper(people, { code, trainees }) {
  const school = await people.come('provider');
  await school.open(school.home);
  await school.to(code);
  await school.follow('考勤');
  const last = trainees.length - 1;
  await school.go(() => school.page.locator('main tbody').first().getByRole('link').nth(last).click());
  await school.follow('补签');
  await school.fill({ at: '2026-12-07T12:31', reason: '下午停电，见签到纸第 1 页（示例）' });
  await school.press('补签', 'main');
  await school.sees('12:31 补签');
}

async function explained(people, { code }) {
  const officer = await people.come('district');
  await until(officer, async () => {
    await officer.open(officer.home);
    await officer.follow('监管', 'header');
  }, '部手机在一节课里给 3 名学员');
  await officer.go(() => officer.page.locator('main li', { hasText: '给 3 名学员' }).getByRole('link').first().click());
  await officer.press('开始查', 'main');
  await officer.act('请机构说明', '三名学员用同一部手机签到，请说明（示例）');
  await officer.sees('等机构说明');
  const school = await people.come('provider');
  await school.open(school.home);
  await school.follow('个疑点要说明');
  await school.go(() => school.page.locator('main tr', { hasText: '给 3 名学员' }).getByRole('link').first().click());
  await school.act('提交说明', '两名学员没带手机，借同学的签到，当天有签到纸（示例）');
  await school.sees('机构已说明');
  await officer.page.reload();
  await officer.sees('借同学的签到');
  await officer.act('认可解释', '看过签到纸，人都在场（示例）');
  await officer.sees('有合理解释');
  must((await officer.page.getByRole('button', { name: '认定属实' }).count()) === 0, `a case of ${code} is settled once`);
}

async function visited(people, { code }) {
  const officer = await people.come('district');
  await officer.open(officer.home);
  await officer.follow('监管', 'header');
  await officer.press('抽现场检查的班期', 'main');
  await officer.sees('种子');
  await officer.sees(new RegExp(`${code}[^K]*必查`));
  await officer.follow('录入检查结果');
  await officer.go(() => officer.page.locator('main tr', { hasText: '02等级证' }).getByRole('link').first().click());
  await officer.sees(/检查人员：\S+（示例）、\S+（示例）/);
  const yes = Object.fromEntries(['place', 'plan', 'teacher', 'attendance', 'roster', 'books', 'materials', 'equipment', 'practice', 'safety', 'camera', 'order', 'fees', 'notice']
    .map((name) => [name, 'yes']));
  await officer.fill({ ...yes, books: 'no', visited_at: '2026-12-14T09:20', present: '4', verdict: 'good', note: '一名学员没有教材（示例）', signed_by: '冯老师（示例）' });
  await officer.press('录入检查结果', 'main');
  await officer.sees('结论不能是合格');
  await officer.fill({ verdict: 'minor' });
  await officer.press('录入检查结果', 'main');
  await officer.sees('有小问题，当场改正');
}

export async function lessons(people, play) {
  const { city } = people;
  await city.later(13 - BEFORE); // 8:25, the lesson is at 8:30
  await firstMorning(people, play);
  await city.later(1 + BEFORE);
  await paper(people, play);
  await explained(people, play);
  await city.later(6, lessonsHeld(people, play.code, 20261214));
  await visited(people, play);
  await city.later(5, lessonsHeld(people, play.code, 20261219));
}
