// sample.mjs -- views as the server makes them, for previews. Firms and people are made up; figures are samples.
import { Html } from './render.mjs';

const base = {
  site: '就业驿站', city: '天津市', lang: 'zh-CN', english: false, root: '', other_lang_url: '/en/', path: '/', path_url: '%2F',
  ui: { size: '', theme: '', elder: false, dark: false }, csrf: 'c', once: 'o', year: 2026, demo: true,
};
const jobs = [
  { id: 1, url: '/jobs/1', title: '养老护理员（可带薪培训）', pay: '4500–5800', unit: '元/月', employer: '海河康养护理院（示例）', place: '河东区 · 大王庄街',
    distance: '1.2 公里，公交约 22 分钟', verified: true, verified_on: '今天核验', openings: 12,
    tags: [{ kind: 'pri', text: '五险一金' }, { kind: '', text: '不限学历' }, { kind: 'acc', text: '可先免费学护理' }] },
  { id: 2, url: '/jobs/2', title: '住宅小区秩序维护员', pay: '3600–4200', unit: '元/月', employer: '津门物业（示例）', place: '河北区 · 宁园街',
    distance: '2.8 公里，骑行约 14 分钟', verified: true, verified_on: '昨天核验', openings: 6,
    tags: [{ kind: '', text: '50 岁以上欢迎' }, { kind: '', text: '做二休二' }] },
  { id: 3, url: '/jobs/3', title: '社区食堂切配、面点', pay: '4000–5000', unit: '元/月', employer: '老味道社区食堂（示例）', place: '河东区 · 中山门街',
    distance: '3.5 公里，地铁约 18 分钟', verified: true, verified_on: '今天核验', openings: 3, tags: [{ kind: '', text: '白班' }, { kind: 'warn', text: '要健康证' }] },
  { id: 4, url: '/jobs/4', title: '家政保洁（可按小时）', pay: '28–35', unit: '元/小时', employer: '惠家家政（示例）', place: '和平区 · 小白楼街',
    distance: '4.1 公里，地铁约 24 分钟', verified: false, verified_on: '3 天前核验', openings: 20, tags: [{ kind: 'vio', text: '零工' }] },
];
const station = {
  id: 1, url: '/stations/1', name: '河东区大王庄街就业驿站（示例）', distance: '步行约 9 分钟（600 米）', address: '大王庄街便民服务中心一楼', open: true,
  hours: '今天 8:30–17:30', queue: '前面 2 人排队，约等 6 分钟', services: '求职登记、岗位推荐、培训报名、政策咨询', phone: '022-12345678',
  ticket_url: '/stations/1/ticket', way_url: 'https://uri.amap.com/marker?position=117.2,39.1',
};
const choice = (name, code, label, selected) => ({ code, label, selected, choice_id: `f-${name}-${code}` });
const field = (name, label, kinds, more = {}) => ({
  name, id: `f-${name}`, label, help: null, help_id: null, group: null, required: true, wide: false, secret: false, value: null, checked: false,
  error: null, error_id: null, described_by: null, input_type: 'text', inputmode: null, autocomplete: null, maxlength: null, min: null, max: null,
  accept: null, choices: [], few: false, ...Object.fromEntries(kinds.map((k) => [`is_${k}`, true])), ...more,
});
const form = {
  has_errors: true, multipart: false,
  errors: [{ field: 'phone', field_id: 'f-phone', say: '手机号要 11 位，现在是 10 位' }, { field: 'kind', field_id: 'f-kind', say: '请选一种工作方式' }],
  fields: [
    field('name', '姓名', ['text'], { value: '张芳（示例）', autocomplete: 'name', group: '您是谁' }),
    field('phone', '手机号', ['text'], { value: '1380013800', input_type: 'tel', inputmode: 'tel', autocomplete: 'tel', help: '有新岗位时给您发短信', help_id: 'h-phone',
      error: '手机号要 11 位，现在是 10 位', error_id: 'e-phone', described_by: 'h-phone e-phone' }),
    field('want', '想做什么', ['occupation'], { group: '想找什么工作', help: '写一个工种，如：护理员', help_id: 'h-want', described_by: 'h-want' }),
    field('kind', '工作方式', ['choice'], { few: true, error: '请选一种工作方式', error_id: 'e-kind', described_by: 'e-kind',
      choices: [choice('kind', 'full', '全职'), choice('kind', 'hour', '零工，按天或按小时'), choice('kind', 'any', '都可以')] }),
    field('shifts', '哪些时间能上班', ['choices'], { required: false, choices: ['白班', '晚班', '夜班', '周末', '轮班', '都行'].map((l, i) => choice('shifts', `s${i}`, l, i === 0)) }),
    field('edu', '学历', ['choice'], { required: false, choices: ['初中', '高中', '中专', '大专', '本科', '研究生'].map((l, i) => choice('edu', `e${i}`, l, i === 0)) }),
    field('pay', '每月最少要多少', ['number', 'money'], { value: '4000', inputmode: 'decimal' }),
    field('from', '什么时候能上班', ['date'], { input_type: 'date', required: false }),
    field('more', '还有什么要说的', ['long'], { required: false, help: '别写身份证号', help_id: 'h-more', described_by: 'h-more', maxlength: 500 }),
    field('paper', '证书照片', ['file'], { required: false, accept: 'image/jpeg,image/png' }),
    field('agree', '同意驿站为推荐工作使用这些信息', ['bool'], { checked: true }),
    field('back', '', ['hidden'], { value: '/me' }),
  ],
};
const meters = {
  stations: { done: '12', target: '50', unit: '家投入使用', kind: 'pri', state: '14 家试运营', percent: 24, plan_percent: 22, meter_label: '完成 24%，计划 22%',
    say: '市内六区和滨海新区 19 家，环城四区 12 家，远郊五区 19 家' },
  training: { done: '29,640', target: '100,000', unit: '人次', kind: 'ok', state: '比计划快', percent: 29.6, plan_percent: 23.8, meter_label: '完成 29.6%，计划 23.8%',
    say: '覆盖 18 个行业领域、130 多个职业' },
};
const staff = { name: '李敏（示例）', role: 'staff', role_label: '驿站工作人员', station: '河东区大王庄街就业驿站（示例）', is_staff: true, home: '/desk' };
const officer = { name: '周航（示例）', role: 'city', role_label: '市人社局', is_city: true, home: '/city' };
const ring = (met, of) => ({ met, of, dash: `${((met / of) * 138.2).toFixed(1)} 138.2`, part: met < of - 1 });
const QR = new Html('<svg viewBox="0 0 29 29" role="img" aria-label="二维码"><path fill="#fff" d="M0 0h29v29H0z"/><path d="M4 4h7v7H4zM18 4h7v7h-7zM4 18h7v7H4zM13 13h3v3h-3zM18 18h3v3h-3zM22 22h3v3h-3z"/></svg>');

export const pages = {
  'home': ['home/home', { ...base, title: '首页', nav_home: true, near_text: '河东区大王庄街道',
    hot: ['护理员', '保安', '保洁', '司机', '厨师', '普工', '零工日结'].map((label) => ({ label, url: `/jobs?q=${encodeURIComponent(label)}` })),
    counts: { jobs: '2,318', stations: '142', events: '21' }, near: { label: '大王庄街附近的岗位', total: '186', url: '/jobs?near=', jobs: [...jobs, ...jobs.slice(0, 1).map((j) => ({ ...j, id: 5 }))],
      chips: { links: ['5 公里内', '企业已核验', '白班', '50 岁以上欢迎', '五险一金', '可先培训'].map((label) => ({ label, url: '/jobs?near=' })) } },
    station, programme: { year: 2026, as_of: '4 月 20 日', ...meters },
    events: [
      { url: '/events/1', title: '河东区中山门街“就业下午茶”', iso: '2026-04-22', month: '4 月', day: '22', say: '周三 14:00–16:00，12 家企业，现场面试' },
      { url: '/events/2', title: '直播带岗：先进制造专场', iso: '2026-04-23', month: '4 月', day: '23', say: '周四 19:30，手机可看' },
      { url: '/events/3', title: '津南小站驿站春季招聘会', iso: '2026-04-25', month: '4 月', day: '25', say: '周六 9:00–11:30，34 家企业' },
    ],
    classes: [
      { url: '/classes/1', title: '养老护理员（五级）', provider: '武清 · 惠民职业培训学校（示例）', when: '4 月 28 日开班，12 天', places: 9, tag: '补贴目录内' },
      { url: '/classes/2', title: '工业机器人系统操作员', provider: '滨海 · 智造企业培训中心（示例）', when: '5 月 6 日开班，20 天', places: 4, tag: '紧缺职业' },
      { url: '/classes/3', title: '无人机装调检修工', provider: '西青 · 航翼职业培训学校（示例）', when: '5 月 11 日开班，15 天', places: 16, tag: '紧缺职业' },
    ] }],
  'home-elder': ['home/home_elder', { ...base, title: '首页', nav_home: true, ui: { size: 'elder', elder: true }, station }],
  'form': ['../../tests/browser/pages/form', { ...base, title: '求职登记', form, note: null, crumbs: [{ url: '/', label: '首页' }, { url: '/me', label: '我的' }] }],
  'list': ['../../tests/browser/pages/list', { ...base, title: '找工作', nav_jobs: true, q: '护理', near_text: '大王庄街道', total: '186', jobs,
    chips: [{ label: '5 公里内', url: '/jobs' }, { label: '企业已核验', url: '/jobs' }], clear_url: '/jobs', pager: { page: 2, pages: 10, total: 186, prev: '/jobs?page=1', next: '/jobs?page=3' },
    facets: [{ name: 'within', label: '距离', open: true, options: [{ label: '3 公里内', url: '?within=3', count: 41 }, { label: '5 公里内', url: '?within=5', count: 120, on: true }] },
      { name: 'kind', label: '工作方式', open: true, options: [{ label: '全职', url: '?kind=full', count: 150 }, { label: '残疾人友好', url: '?kind=d', count: 0 }] }] }],
  'parts': ['../../tests/browser/pages/parts', { ...base, title: '组件', note: '已保存。我们会在 1 个工作日内核对。', stations: [station, { ...station, id: 2, open: false, distance: null }],
    summary: [{ label: '姓名', value: '张*芳', change_url: '/me/edit' }, { label: '学历', value: '', change_url: '/me/edit' }, { label: '登记日期', value: '2026 年 4 月 20 日' }],
    tasks: [{ url: '/a', label: '单位信息', state: '已完成', kind: '' }, { url: '/b', label: '营业执照', state: '填写中', kind: 'pri', say: '照片或扫描件' }, { label: '提交核验', state: '还不能开始' }],
    timeline: [{ when: '4 月 20 日 10:21', iso: '2026-04-20T10:21:00+08:00', what: '已发布', who: '李敏（示例）' }, { when: '4 月 19 日 16:02', iso: '2026-04-19T16:02:00+08:00', what: '退回修改', who: '王磊（示例）', reason: '工资没有写' }],
    actions: [{ action: 'publish', label: '发布', needs_note: false }, { action: 'return', label: '退回', needs_note: true }], actions_url: '/jobs/1/actions',
    empty: { title: '5 公里内没有这样的岗位', say: '可以看远一点的，或者让驿站有了通知您。', url: '/jobs?within=10', word: '看 10 公里内的' } }],
  'error': ['error', { ...base, title: '没有这个页面', heading: '没有这个页面', say: '地址可能抄错了，或者岗位已经招满下架。', reference: 'A3F9-22C1' }],
  'message': ['message', { ...base, title: '已登记', heading: '登记好了', done: true, reference: 'Q-0420-17', say: '驿站 1 个工作日内给您打电话。', next: [{ url: '/me', label: '看我的登记' }] }],
  'desk': ['../../tests/browser/pages/desk', { ...base, title: '张*芳', actor: staff, nav_desk_people: true, desk: { serving: 'A012', waiting: 3, next: 'A013' }, counts: { queue: 3, jobs: 2 }, qr: QR,
    jobs: jobs.map((j, i) => ({ ...j, ring: ring(7 - (i % 3), 7), why: [{ say: '离家 30 分钟内' }, { say: '工资达到期望' }, { say: '不限学历' }, ...(i % 3 ? [{ say: '要健康证，现已过期', no: true }] : [])] })),
    summary: [{ label: '想做', value: '护理、做饭、保洁' }, { label: '期望工资', value: '4000 元以上' }, { label: '上班地点', value: '河东区，30 分钟内' }, { label: '证件', value: '' }],
    timeline: [{ when: '今天 10:21', iso: '2026-04-20', what: '现场取号 A012', who: '李敏（示例）接待' }, { when: '4 月 9 日', iso: '2026-04-09', what: '回访：未入职', who: '王磊（示例）', reason: '离家太远' }] }],
  'office': ['../../tests/browser/pages/office', { ...base, title: '2026 年民心工程', actor: officer, nav_city_programme: true,
    kpis: [
      { label: '新建就业驿站（投入使用）', value: '12', unit: '/ 50 家', url: '/city/stations', percent: 24, plan_percent: 22, meter_label: '完成 24%，同期计划 22%', say: '完成 24%，竖线为同期计划 22%', change: '比计划快 1 家' },
      { label: '补贴性职业技能培训', value: '29,640', unit: '/ 100,000 人次', percent: 29.6, plan_percent: 23.8, meter_label: '完成 29.6%，同期计划 23.8%', say: '完成 29.6%', change: '比计划多 5,860' },
      { label: '驿站帮助就业', value: '3,486', unit: '人', say: '招聘活动 318 场，推荐 41,207 人次', change: '同比 +12%' },
      { label: '有效岗位', value: '26,914', unit: '个', say: '7 天内核验 91.2%', change: '9 站少于 50 个', change_bad: true },
    ],
    stages: [{ label: '投入使用', n: 12, percent: 43 }, { label: '试运营', n: 14, percent: 50 }, { label: '施工建设', n: 18, percent: 64 }, { label: '选址签约', n: 6, percent: 21 }].map((s) => ({ ...s, meter_label: `${s.label} ${s.n} 家` })),
    rows: ['和平', '河东', '河西', '南开', '河北', '红桥'].map((name, i) => ({ name, url: `/city/programme/${i}`, target: '4,200', done: '1,510', percent: 36 - i * 3, meter_label: `完成 ${36 - i * 3}%`, kind: i === 5 ? 'bad' : i === 0 ? 'ok' : '', state: i === 5 ? '滞后' : i === 0 ? '超前' : '正常' })) }],
  'kiosk': ['../../tests/browser/pages/kiosk', { ...base, title: '自助服务', heading: '请按下面的大按钮', lead: '不会用没关系，按“叫人帮忙”', nav_kiosk_home: true,
    kiosk: { home: '/kiosk/1', station: '河东区大王庄街就业驿站（示例）', clock: '10:24', day: '4 月 20 日 周一', serving: 'A012', waiting: 3, help_url: '/kiosk/1/help' } }],
  'screen': ['../../tests/browser/pages/screen', { ...base, title: '叫号', station: station.name, clock: '10:24', now: 'A012', window: '2 号窗', waiting: ['A013', 'A014', 'A015'].map((no) => ({ no })), jobs: jobs.map((j) => ({ title: j.title, pay: `${j.pay} ${j.unit}` })) }],
  'slip': ['../../tests/browser/pages/slip', { ...base, title: '岗位推荐单', paper: 'slip', back_url: '/desk', no: 'R-0420-0087', day: '2026 年 4 月 20 日', station: station.name, qr: QR,
    items: [{ title: '养老护理员（可带薪培训）', lines: [{ say: '海河康养护理院（示例），大王庄街 12 号' }, { say: '每月 4500 到 5800 元，白班，五险一金' }, { say: '4 月 22 日（周三）9:30 面试，找王主任' }] },
      { title: '社区食堂切配、面点', lines: [{ say: '老味道社区食堂（示例），中山门街 3 号' }, { say: '每月 4000 到 5000 元，白班' }] }] }],
};
