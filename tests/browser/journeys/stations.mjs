// stations.mjs -- J8: a station's life, from the plan to the hand-over at its end.
import { must } from '../people.mjs';

const NAME = '大王庄第二就业驿站（示例）';

async function plan(officer) {
  await officer.open('/district/stations');
  await officer.follow('规划新驿站', 'main');
  await officer.fill({ name: NAME, type: 'street', street: '大王庄街道', area_m2: '60', batch: '2026' });
  await officer.press(/规划|保存/, 'main');
  const code = /S\d+/.exec(officer.path)[0];
  await officer.press('开始建设', 'main');
  await officer.sees('还差');
  await officer.open(`/stations/${code}/edit`);
  await officer.fill({ address: '大王庄街道示例路 2 号（示例）', operator: '示例公司（示例）', phone: '02200009999' });
  await officer.press('保存', 'main');
  await officer.open(`/stations/${code}/life`);
  await officer.press('开始建设', 'main');
  return code;
}

async function trial(officer, code) {
  await officer.open(`/stations/${code}/hours`);
  await officer.fill({ d1: '8:30-12:00, 13:30-17:30', d2: '8:30-17:30' });
  await officer.press('保存', 'main');
  await officer.open(`/stations/${code}/services`);
  await officer.fill({ items: ['S01', 'S02', 'S03', 'S04', 'S05', 'S08', 'S13', 'S15', 'S19'] });
  await officer.press('保存', 'main');
  await officer.open(`/stations/${code}/life`);
  await officer.press('开始试运营', 'main');
  await officer.sees('还差：专职人员 1 名');
  await join(officer, code, '甲（示例人员）', 'full');
  await officer.press('开始试运营', 'main');
  await officer.act('投入使用', '条件具备（示例）');
  await officer.sees(/还差：工作人员 2 名/);
}

async function join(officer, code, name, kind) {
  await officer.open(`/stations/${code}/members`);
  await officer.fill({ name, kind });
  await officer.press('登记人员', 'main');
  await officer.open(`/stations/${code}/life`);
}

async function staff(officer, code) {
  await join(officer, code, '乙（示例人员）', 'part');
  await join(officer, code, '丙（示例人员）', 'posted');
  await officer.act('投入使用', '条件具备（示例）');
  await officer.sees(/还差：试运营还差 30 天；试运营期间的服务还差 30 件/);
}

// A month with its services goes by.
async function month(city, code) {
  const day = new Date(city.now() - 35 * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
  await city.pass(`UPDATE station SET trial_on = ${day} WHERE code = '${code}';
    UPDATE service SET station_id = (SELECT id FROM station WHERE code = '${code}'), at = ${city.now()}
    WHERE id IN (SELECT id FROM service WHERE station_id = 4 ORDER BY id LIMIT 30);`);
}

async function leave(officer, code) {
  await officer.act('开始退出', '合同到期（示例）');
  await officer.act('完成退出', '交接完（示例）');
  await officer.sees(/还差/);
  await officer.follow('退出交接', 'main');
  await officer.fill({ successor: 'S135', note: '全部交给大直沽（示例）' });
  await officer.press('交接', 'main form.form');
  await officer.sees('交接回执');
  await officer.open(`/stations/${code}/life`);
  await officer.act('完成退出', '交接完（示例）');
  await officer.sees('已退出');
}

export async function life(people) {
  const officer = await people.come('district');
  const code = await plan(officer);
  await trial(officer, code);
  await staff(officer, code);
  await month(people.city, code);
  await officer.open(`/stations/${code}/life`);
  await officer.sees('条件齐了');
  await officer.act('投入使用', '条件具备（示例）');
  await officer.sees('投入使用');

  const anyone = await people.come();
  await anyone.open('/stations?near=%E5%A4%A7%E7%8E%8B%E5%BA%84');
  await anyone.sees(NAME);
  await leave(officer, code);
  await anyone.open(`/stations/${code}`);
  await anyone.sees(/现在不接待/);
  await anyone.sees('大直沽街道就业驿站');
  await anyone.open('/stations?near=%E5%A4%A7%E7%8E%8B%E5%BA%84');
  must(!(await anyone.text('#results')).includes(NAME), 'a station that left is not in the directory');
}
