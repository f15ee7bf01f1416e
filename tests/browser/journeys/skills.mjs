// skills.mjs -- a class of an institution from its declaration to its end in the books, with all its people: this file up to the first
// lesson. Everybody begins where signing in leads and goes on by what the page offers; weeks go by on the service's own clock.
import { PHONE } from '../lib.mjs';
import { idno, must } from '../people.mjs';
import { lessons } from './lessons.mjs';
import { claim } from './claim.mjs';
import { notice } from './notice.mjs';
import { payment } from './payment.mjs';

// Beside a seeker with an account: somebody without one, and two whom the institution enters.
const OTHERS = [
  { name: '陈示例', idno: idno('12010219850712104'), phone: '13000001201' },
  { name: '林示例', idno: idno('12010219900304202'), phone: '13000001202' },
  { name: '何示例', idno: idno('12010219921121101'), phone: '13000001203' },
];
const ANSWERS = { category: 'unemployed', proof: 'record', pension: 'no', civil: 'no', pupil: 'no', local: 'yes', post: 'worker', qualified: 'no' };

async function declare(school) {
  await school.open(school.home);
  await school.follow('申报一个班');
  await school.fill({ project: '1', level: '5', hours: '80', certificate: 'level', mode: 'offline', audience: 'society', starts_on: '2026-12-07',
    schedule: 'day', seats: '20', place: '1', contact: '冯老师（示例）', phone: '022-00001234' });
  await school.press(/下一步/, 'main');
  const code = /K\d+/.exec(school.path)[0];
  await school.fill({ hours_a_day: '8', from: '8:30', teacher: '1', practice_teacher: '2' });
  await school.press(/排出/, 'main');
  await school.sees('逐条核对过，没有不符合规定的');
  await school.press('申报', 'main');
  return code;
}

async function approve(officer, code) {
  await officer.open(officer.home);
  await officer.follow('培训', 'header');
  await officer.to(code);
  await officer.press('同意开班', 'main');
  await officer.sees('开班备案号');
}

// On a phone, from the first page of the site to the form.
async function findClass(person, code) {
  await person.open('/');
  await person.page.locator('header summary').first().click();
  await person.follow('学技能', 'header');
  await person.follow('找培训班');
  await person.fill({ district: '120102' });
  await person.press('查找', 'main');
  await person.to(code);
  await person.follow('报名');
}

// The form knows who is signed in. Who is on the list of another class at that time takes their name off it first.
async function applyByPhone(people, code) {
  const seeker = await people.come('seeker', PHONE);
  await seeker.open(seeker.home);
  await seeker.follow('我的培训');
  await seeker.act('退出', '想上离家近的班（示例）');
  await seeker.sees('已退出这个班期', 'body');
  await findClass(seeker, code);
  const field = (name) => seeker.page.locator(`main [name=${name}]`).inputValue();
  const who = { name: await field('name'), idno: await field('idno'), phone: await field('phone') };
  await seeker.fill({ ...ANSWERS, flags: ['hard'] });
  await seeker.press('报名', 'main');
  await seeker.sees('已收到报名');
  await seeker.sees('生活费补贴');

  // Who says they draw a pension is refused with clause and fact, puts it right where they stand, and is taken.
  const guest = await people.come(null, PHONE);
  await findClass(guest, code);
  await guest.fill({ ...OTHERS[0], ...ANSWERS, pension: 'yes' });
  await guest.press('报名', 'main');
  await guest.sees('这次不能享受补贴');
  await guest.sees(/养老/);
  await guest.sees('津人社局发〔2022〕20号第四条');
  must((await guest.page.locator('main [name=name]').inputValue()) === OTHERS[0].name, 'what was filled in is still there');
  await guest.fill({ pension: 'no' });
  await guest.press('再报名', 'main');
  await guest.sees('已收到报名');
  return who;
}

async function enter(school, code) {
  for (const who of OTHERS.slice(1)) {
    await school.open(school.home);
    await school.to(code);
    await school.follow('登记学员');
    await school.fill({ ...who, ...ANSWERS });
    await school.press('报名', 'main');
    await school.sees('已登记');
  }
}

async function admit(school) {
  await school.open(school.home);
  await school.follow('人报了名，等录取');
  const links = await school.page.locator('main tbody a[href*="/trainees/A"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  must(links.length === OTHERS.length + 1, `four are waiting, not ${links.length}`);
  for (const link of links) {
    await school.to(link);
    await school.press('录取', 'main');
    await school.sees('已录取');
    await school.follow(/养老护理员/); // back to those of the class
  }
}

// From the declaration until everybody is admitted.
export async function opening(people) {
  const school = await people.come('provider');
  const code = await declare(school);
  await approve(await people.come('district'), code);
  const seeker = await applyByPhone(people, code);
  await enter(school, code);
  const anyone = await people.come();
  await anyone.open(`/classes/${code}`);
  await anyone.sees('还剩 16 个名额');
  await admit(school);
  return { code, trainees: [seeker, ...OTHERS] };
}

export async function skills(people) {
  const play = await opening(people);
  await lessons(people, play);
  await claim(people, play);
  await notice(people, play);
  await payment(people, play);
}
