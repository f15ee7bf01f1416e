// notice.mjs -- the district reviews the claim and puts it on public notice; somebody objects, from a phone, without a name, and reads the answer.
import { PHONE } from '../lib.mjs';

async function review(people, play) {
  const officer = await people.come('district');
  await officer.open(officer.home);
  await officer.follow('培训', 'header');
  await officer.follow('补贴申请要审核');
  await officer.follow(play.claim);
  await officer.press('审核通过', 'main');
  await officer.follow('和别的申请一起公示');
  await officer.press(/公示出去/, 'main');
  await officer.follow(play.claim);
  play.notice = /G\d+-\d+-\d+/.exec(await officer.text())[0];
}

async function object(people, play) {
  const anyone = await people.come(null, PHONE);
  await anyone.open('/');
  await anyone.page.locator('header summary').first().click();
  await anyone.follow('学技能', 'header');
  await anyone.follow('补贴公示');
  await anyone.follow(play.notice);
  await anyone.sees('现在可以提异议');
  await anyone.sees(/\d{4}\*{10}\w{4}/);
  await anyone.fill({ claim: play.claim, text: '下午有一天没有上课，我就住在旁边。（示例）', contact: '022-00000000' });
  await anyone.press('提交异议', 'main');
  play.objection = anyone.path;
  await anyone.sees('还在核实');
  const officer = await people.come('district');
  await officer.open(officer.home);
  await officer.follow('培训', 'header');
  await officer.follow('公示异议要答复');
  const box = officer.page.locator('main section', { hasText: '我就住在旁边' });
  await box.locator('[name=answer]').fill('那天下午停电，有签到纸和录像，课上了。（示例）');
  await officer.go(() => box.getByRole('button', { name: '不属实，继续' }).click());
  await anyone.page.reload();
  await anyone.sees('有签到纸和录像');
}

export async function notice(people, play) {
  await review(people, play);
  await object(people, play);
}
