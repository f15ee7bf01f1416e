// employer.mjs -- a firm registers, posts a job, the desk reviews it and checks the firm, people find the job, it is filled.
import { creditCode, must } from '../people.mjs';

const TITLE = '盲盒分拣员';

async function register(owner) {
  await owner.open('/employer');
  must(owner.path.startsWith('/login'), 'signing in comes first');
  await owner.follow('用人单位在这里登记');
  const firm = {
    uscc: '91120102MA0TEXT01O',
    name: '天津盲盒仓储有限公司（示例）',
    street: '大王庄街道',
    about: '做盲盒的仓库（示例）',
    contact_name: '吴一（示例）',
    contact_phone: '13900000002',
    person: '吴一（示例）',
    login: 'wuyi-example',
    password: 'a long phrase for Wu Yi',
    agree: '1',
  };
  await owner.fill(firm);
  await owner.press(/登记/, 'main');
  await owner.sees(/统一社会信用代码/, '[data-error-summary]');
  await owner.fill({ uscc: creditCode('91120102MA0TEXT01'), password: firm.password, agree: '1' });
  await owner.press(/登记/, 'main');
  await owner.sees('单位登记好了', 'body');
  if (owner.path.startsWith('/login')) {
    await owner.fill({ login: firm.login, password: firm.password });
    await owner.press('登录', 'main');
  }
  must(owner.path.startsWith('/employer'), `signed in at ${owner.path}`);
}

async function post(owner) {
  await owner.open('/employer/jobs/new');
  await owner.fill({
    title: TITLE,
    openings: '3',
    description: '按订单把盲盒分到货架，坐着干，不搬重物。',
    requirements: '限女性',
    wage: '6000-4000元/月',
    street: '大王庄街道',
    valid_until: '',
  });
  await owner.press('先检查一下');
  await owner.sees(/限女性|性别/);
  await owner.fill({ requirements: '', wage: '4000-5000元/月' });
  await owner.press('发布岗位', 'main form');
  if (await owner.page.locator('main form [name=title]').count()) await owner.press('发布岗位', 'main form');
  await owner.open('/employer/jobs?status=review');
  await owner.sees(TITLE);
}

async function review(clerk) {
  await clerk.open('/desk/jobs/review');
  await clerk.follow(TITLE, 'main');
  await clerk.press('审核通过', 'main');
  await clerk.open('/desk/employers?q=%E7%9B%B2%E7%9B%92');
  await clerk.follow(/盲盒仓储/, 'main');
  await clerk.act('核验通过', '看了营业执照原件（示例）');
  await clerk.sees(/已核验|核验通过/);
}

export async function employer(people) {
  const owner = await people.come();
  await register(owner);
  await post(owner);
  const anyone = await people.come();
  await anyone.open('/jobs?q=%E7%9B%B2%E7%9B%92');
  must(!(await anyone.text()).includes(TITLE), 'not public before the review');

  const clerk = await people.come('staff');
  await review(clerk);
  await anyone.open('/jobs?q=%E7%9B%B2%E7%9B%92');
  await anyone.follow(TITLE, 'main');
  await anyone.sees('企业已核验');
  const address = anyone.path;

  await owner.open('/employer/jobs');
  await owner.follow(TITLE, 'main');
  await owner.press('还在招', 'main');
  await owner.press('招到了，自己招的', 'main');
  const answer = await anyone.page.goto(people.city.url + address);
  must(answer.status() === 410, `a filled job answers ${answer.status()}`);
  await anyone.sees(/不能再报名了/);
  await anyone.open('/jobs?q=%E7%9B%B2%E7%9B%92');
  must(!(await anyone.text()).includes(TITLE), 'a filled job leaves the search');
}
