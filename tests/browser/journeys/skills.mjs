// skills.mjs -- a class from its declaration to its first lesson: the institution, its district's officer, trainees. Weeks go by on the
// service's own clock.
import { idno, must } from '../people.mjs';

const TRAINEES = [
  { name: '陈示例', idno: idno('12010219850712104'), phone: '13000001201' },
  { name: '林示例', idno: idno('12010219900304202'), phone: '13000001202' },
];
const ANSWERS = { category: 'unemployed', proof: 'record', pension: 'no', civil: 'no', pupil: 'no', local: 'yes', post: 'worker', qualified: 'no' };

async function declare(school) {
  await school.open('/provider/classes/new');
  await school.fill({ project: '1', level: '5', hours: '80', certificate: 'level', mode: 'offline', audience: 'society', starts_on: '2026-12-07',
    schedule: 'day', seats: '20', place: '1', contact: '冯老师（示例）', phone: '022-00001234' });
  await school.press(/下一步/, 'main');
  const code = /K\d+/.exec(school.path)[0];
  await school.fill({ hours_a_day: '8', from: '8:30', teacher: '1', practice_teacher: '2' });
  await school.press(/排出/, 'main');
  await school.press('申报', 'main');
  return code;
}

async function apply(person, page, who) {
  await person.open(page);
  await person.fill({ ...who, ...ANSWERS });
  await person.press('报名', 'main');
}

export async function skills(people) {
  let school = await people.come('provider');
  const code = await declare(school);
  const officer = await people.come('district');
  await officer.open(`/district/classes/${code}`);
  await officer.press('同意开班', 'main');
  const guest = await people.come();
  await apply(guest, `/classes/${code}/apply`, TRAINEES[0]);
  await guest.sees('还剩 19 个名额');
  await apply(school, `/provider/classes/${code}/apply`, TRAINEES[1]);
  await school.open(`/provider/trainees?class=${code}`);
  const pages = await school.page.locator('main a[href*="/trainees/A"]').evaluateAll((all) => [...new Set(all.map((a) => a.getAttribute('href')))]);
  must(pages.length === 2, `two applied, not ${pages.length}`);
  for (const page of pages) {
    await school.open(page);
    await school.sees('可以参加');
    await school.press('录取', 'main');
  }
  await people.city.later(13);
  school = await people.come('provider');
  await school.open(`/provider/classes/${code}/screen`);
  await school.sees('扫码签到', 'body');
}
