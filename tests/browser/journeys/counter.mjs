// counter.mjs -- J1: a person at the counter, from the number at the kiosk to the call of the next day and the hire that counts once.
import { idno, must } from '../people.mjs';

const placements = (text) => Number(/今年共 ([\d,]+) 人/.exec(text)[1].replaceAll(',', ''));

async function countHires(anyone) {
  await anyone.open('/progress/placements');
  return placements(await anyone.text());
}

// The desk calls until this number stands at the window.
async function callUntil(clerk, number) {
  await clerk.open('/desk/queue');
  for (let i = 0; i < 20 && !(await clerk.text('section')).includes(number); i++) {
    await clerk.fill({ window: '2' });
    await clerk.press(/叫下一位/, 'main');
  }
  await clerk.sees(number, 'section');
}

async function register(clerk) {
  await clerk.fill({ who: '13900000001' });
  await clerk.press('找人', 'main');
  await clerk.sees('没有登记过，请在下面登记。');
  const person = { name: '丁秀兰', phone: '1390000000', idno: idno('12010219740512342'), street: '中山门街道', channel: 'spoken' };
  await clerk.fill(person);
  await clerk.press(/登记并继续/);
  await clerk.sees('手机号要 11 位，现在是 10 位');
  await clerk.fill({ phone: '13900000001' });
  await clerk.press(/登记并继续/);
}

async function wishes(clerk) {
  await clerk.fill({ words: '普工、保洁、保安', wage_floor: '2500', street: '中山门街道', radius_km: '60' });
  await clerk.press('看推荐');
  await clerk.sees(/推荐岗位/);
  const cards = clerk.page.locator('.rj');
  must((await cards.count()) >= 2, 'two jobs are recommended');
  must((await cards.first().locator('.why li').count()) >= 3, 'with reasons');
}

async function twoJobs(clerk) {
  const titles = [];
  for (const nth of [0, 1]) {
    const card = clerk.page.locator('.rj:not(.on)').first();
    titles.push((await card.locator('h3').innerText()).trim());
    await clerk.go(() => card.getByRole('button', { name: '加入推荐单' }).click());
    await clerk.sees(`${nth + 1} 项`, '.tray');
  }
  return titles;
}

// The clerk with the person of this journey and two jobs on the slip.
export async function serve(people) {
  const visitor = await people.come();
  await visitor.open('/kiosk/S1');
  await visitor.follow(/取号/);
  await visitor.press(/取号/);
  const number = /[A-Z]\d{3}/.exec(await visitor.text('main strong'))[0];

  const clerk = await people.come('staff');
  await callUntil(clerk, number);
  await clerk.press(`开始接待 ${number}`);
  await register(clerk);
  await clerk.sees(/丁\*兰/, '.idb');
  await wishes(clerk);
  return { clerk, titles: await twoJobs(clerk) };
}

export async function counter(people) {
  const { clerk, titles } = await serve(people);
  const visit = clerk.path.split('#')[0];

  await clerk.follow('打印推荐单');
  for (const title of titles) await clerk.sees(title);
  const slip = clerk.path.replace('/print', '');
  const stranger = await people.come();
  await stranger.open(slip);
  for (const title of titles) await stranger.sees(title);
  must(!(await stranger.text('body')).includes('丁'), 'the slip names nobody');

  await clerk.open(visit);
  await clerk.fill({ outcome: 'slip' }, '#finish');
  await clerk.press('完成接待', '#finish');
  await clerk.sees('接待完成。', 'body');

  await clerk.open('/desk/referrals');
  await clerk.sees(titles[0]);
  await clerk.sees('丁*兰');
  await hired(people, clerk, titles);
}

async function hired(people, clerk, titles) {
  const anyone = await people.come();
  const before = await countHires(anyone);
  await clerk.open('/desk/referrals');
  await clerk.go(() => clerk.page.locator('li', { hasText: '丁*兰' }).getByRole('link', { name: titles[0] }).first().click());
  await clerk.fill({ evidence: 'contract', note: '合同 2026-001（示例）' });
  await clerk.press('记录用');
  await clerk.sees('已录用');
  must((await clerk.page.getByRole('button', { name: '记录用' }).count()) === 0, 'a hire is recorded once');
  must((await countHires(anyone)) === before + 1, 'and counts once');
}
