// payment.mjs -- after the notice: approved by another than who reviewed it, paid by a file to the bank, the one that came back put right
// and paid again, the class closed; what the public sees of it; the chain, taken along and checked with nothing else of ours.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BIN } from '../city.mjs';
import { PHONE } from '../lib.mjs';
import { must } from '../people.mjs';
import { until } from './lessons.mjs';

async function toClaim(officer, code) {
  await officer.open(officer.home);
  await officer.follow('补贴申请', 'header');
  await officer.follow(code);
}

async function approve(people, { claim }) {
  const reviewer = await people.come('district');
  await until(reviewer, () => toClaim(reviewer, claim), '待审批');
  await reviewer.sees('要由另一位同事审批');
  must((await reviewer.page.getByRole('button', { name: '审批通过' }).count()) === 0, 'nobody approves what they reviewed');
  const second = await people.come('colleague');
  await toClaim(second, claim);
  await second.press('审批通过', 'main');
  await second.sees('已审批');
  return { first: reviewer, second };
}

// One makes the batch and takes the file, the other sends it. The file, line by line.
async function batch({ first, second }, fund) {
  await first.open(first.home);
  await first.follow('付款', 'header');
  await first.press(`做一批：${fund}`, 'main');
  const code = /F\d+/.exec(first.path)[0];
  await first.sees('由另一位同事核对后送银行');
  const file = (await first.save('下载付款文件', 'button')).toString().replace('\uFEFF', '').trim().split('\r\n').slice(1).map((line) => line.split(','));
  await second.open(second.home);
  await second.follow('付款', 'header');
  await second.follow(code);
  await second.press('核对过了，送银行', 'main');
  await second.sees('已送银行');
  return file;
}

async function bankAnswers(officer, lines, says) {
  await officer.open(officer.home);
  await officer.follow('付款', 'header');
  const rows = lines.map((line) => [line[0], line[4], ...says(line)].join(','));
  const buffer = Buffer.from(`付款编号,金额,结果,原因\r\n${rows.join('\r\n')}\r\n`);
  for (const said of ['回执读好了', '没有重复处理']) {
    await officer.fill({ file: { name: '银行回执（示例）.csv', mimeType: 'text/csv', buffer } });
    await officer.press('读回执', 'main');
    await officer.sees(said, 'body'); // the second time nothing happens
  }
}

async function pay(people, officers, { claim, trainees }) {
  const paid = () => ['成功', ''];
  await bankAnswers(officers.first, await batch(officers, '失业保险基金'), paid);
  const own = await batch(officers, '就业补助资金');
  must(own.some((line) => line[1] === trainees[0].name && line[5].includes(claim)), 'the living allowance goes to the person');
  await bankAnswers(officers.first, own, (line) => (line[5].includes(claim) ? ['失败', '账号不存在'] : paid()));

  const seeker = await people.come('seeker', PHONE);
  await seeker.open(seeker.home);
  await seeker.follow('我的培训');
  await seeker.sees('被银行退回：账号不存在');
  await seeker.follow('登记收款账号');
  await seeker.fill({ name: trainees[0].name, bank: '示例银行河东支行（示例）', account: '6222 0000 7777 0002' });
  await seeker.press('登记账号', 'main');
  await bankAnswers(officers.first, await batch(officers, '就业补助资金'), paid);
  await toClaim(officers.second, claim);
  await officers.second.sees('都到账了');
  await seeker.open(seeker.home);
  await seeker.follow('我的培训');
  await seeker.sees('已经付到您的银行卡');
}

async function closed(people, { code }) {
  const school = await people.come('provider');
  await until(school, async () => {
    await school.open(school.home);
    await school.to(code);
  }, '已办结');
}

// Nothing of a person stands on what everybody sees: no whole name, no number, no account.
async function publicSees(people, { code, notice, objection, trainees }) {
  const anyone = await people.come();
  const secrets = [...trainees.flatMap((who) => [who.name, who.idno, who.phone]), '7777 0001', '77770001', '77770002', '022-00000000'];
  for (const page of [`/notices/${notice}`, `/notices/${notice}/print`, `/classes/${code}`, objection, '/notices', '/draws']) {
    await anyone.open(page);
    const html = await anyone.page.content();
    for (const secret of secrets) must(!html.includes(secret), `${page} shows ${secret}`);
  }
  await anyone.open(`/notices/${notice}`);
  const frozen = (await anyone.save('下载公示原文')).toString();
  for (const secret of secrets) must(!frozen.includes(secret), `the frozen notice holds ${secret}`);
}

async function audited(people) {
  const auditor = await people.come('auditor');
  await auditor.open(auditor.home);
  await auditor.follow('核对审计链', 'header');
  await auditor.sees('条全部相符');
  const chain = (await auditor.save('下载整条审计链')).toString();
  const lines = chain.trim().split('\n');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'yizhan-chain-'));
  const file = path.join(folder, 'audit.ndjson');
  const verify = (text) => {
    writeFileSync(file, text);
    return execFileSync(BIN, ['audit', 'verify', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  };
  try {
    verify(chain);
    const at = lines.findIndex((line) => line.includes('claim.approve'));
    const forged = lines.with(at, lines[at].replace(/"at":\d/, (all) => `${all.slice(0, -1)}${(Number(all.at(-1)) + 1) % 10}`)).join('\n');
    must(forged !== chain.trim(), 'one record was changed');
    let found = '';
    try {
      verify(`${forged}\n`);
    } catch (e) {
      found = `${e.stdout}${e.stderr}`;
    }
    must(found.includes(String(JSON.parse(lines[at]).seq)), `the changed record is found: ${found}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function payment(people, play) {
  await people.city.later(8);
  const officers = await approve(people, play);
  await pay(people, officers, play);
  await people.city.later(1);
  await closed(people, play);
  await publicSees(people, play);
  await audited(people);
}
