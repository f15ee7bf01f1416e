// seeker.mjs -- finding work: words, pinyin, filters, an empty answer with what to relax, the job, what is wrong with it.
// J6: the nearest station and a number by phone.
import { must } from '../people.mjs';

const total = (text) => Number(/共 ([\d,]+) 个岗位/.exec(text)[1].replaceAll(',', ''));

export async function search(people) {
  const seeker = await people.come();
  await seeker.open('/');
  await seeker.fill({ q: '保安', near: '大王庄街道' }, 'form.find');
  await seeker.press('找工作', 'form.find');
  must(seeker.path.startsWith('/jobs?') && seeker.path.includes('q='), 'the search is in the address');
  const all = total(await seeker.text());
  must(all > 0, 'there are guards');

  await seeker.open('/jobs?q=baoan');
  must(total(await seeker.text()) > 0, 'pinyin finds them');
  await seeker.open('/jobs?q=%E4%BF%9D%E5%AE%89');
  await filters(seeker);
  await nothing(seeker);
  await problem(seeker);
}

// Every option says how many it leaves, and leaves so many.
async function filters(seeker) {
  const option = seeker.page.locator('.side .only-d .facets a:not(.zero):not([aria-current])').first();
  await option.evaluate((e) => (e.closest('details').open = true));
  const promised = Number((await option.locator('.n').innerText()).replaceAll(',', ''));
  await seeker.go(() => option.click());
  must(total(await seeker.text()) === promised, `${promised} were promised: ${seeker.path}`);
}

async function nothing(seeker) {
  await seeker.open('/jobs?q=%E4%BF%9D%E5%AE%89&pay=30000');
  await seeker.sees('没有完全合适的岗位');
  const way = seeker.page.locator('.empty a.btn').first();
  const more = Number(/多 ([\d,]+) 个/.exec(await way.innerText())[1]);
  await seeker.go(() => way.click());
  must(total(await seeker.text()) === more, 'without it there are as many as was said');
}

async function problem(seeker) {
  await seeker.open('/jobs?q=%E4%BF%9D%E5%AE%89');
  const first = seeker.page.locator('.job h3 a').first();
  const title = (await first.innerText()).trim();
  await seeker.go(() => first.click());
  await seeker.sees(title, 'h1');
  await seeker.sees(/元|面议/);
  await seeker.follow(/岗位有问题/);
  await seeker.press('告诉驿站');
  await seeker.sees('哪里不对', '[data-error-summary]');
  await seeker.fill({ reason: 'closed', detail: '打电话说招满了（示例）' });
  // two clicks are one act, with and without scripts
  const button = seeker.page.locator('main').getByRole('button', { name: '告诉驿站' });
  await seeker.go(() => button.dblclick()).catch((e) => must(/ERR_ABORTED/.test(e.message), e.message)); // the second click may end the first's way
  await seeker.page.waitForLoadState();
}

export async function station(people) {
  const seeker = await people.come(null, { viewport: { width: 390, height: 844 } });
  await seeker.open('/stations');
  await seeker.fill({ near: '大王庄街道' });
  await seeker.press('找驿站', 'main');
  await seeker.sees('离大王庄街道由近到远');
  await seeker.go(() => seeker.page.locator('#results h2 a, #results h3 a').first().click());
  await seeker.sees(/\d{1,2}:\d{2}/);
  await seeker.sees(/022\d+|12333/);

  await seeker.open('/stations/S4/ticket');
  await seeker.press('取号', 'main');
  must(/^\/q\/[\w-]+$/.test(seeker.path), 'the number has a page of its own');
  await seeker.sees(/您的号是 [A-Z]\d{3}/);
  await seeker.sees(/人在您前面|下一个就是您/);
  await seeker.press('不等了');
  await seeker.sees('号已经取消', 'body');
}
