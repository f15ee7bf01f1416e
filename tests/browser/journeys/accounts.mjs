// accounts.mjs -- an invitation becomes an account with a second factor; devices one can see and end; a session that ended in the
// middle of a form loses no text.
import { PASSWORD } from '../city.mjs';
import { must, otp } from '../people.mjs';

export async function join(people) {
  const head = await people.come('head');
  await head.open('/invitations/new');
  await head.fill({ role: 'staff', name: '新同事（示例）' });
  await head.press(/邀请/, 'main');
  const address = new URL((await head.text('main code')).trim()).pathname;

  const guest = await people.come();
  await guest.open(address);
  await guest.sees('新同事');
  await guest.fill({ login: 'newcomer', password: 'short' });
  await guest.press('开通账号', 'main');
  await guest.sees(/密码/, '[data-error-summary]');
  await guest.fill({ login: 'newcomer', password: 'a phrase that is long' });
  await guest.press('开通账号', 'main');
  await guest.fill({ login: 'newcomer', password: 'a phrase that is long' });
  await guest.press('登录', 'main');
  must((await guest.page.locator('.qr svg').count()) === 1, 'the secret is a QR code as well');
  const secret = await guest.text('main code');
  await guest.fill({ code: '000000' });
  await guest.press('登录', 'main');
  await guest.fill({ code: otp(secret, people.city.now()) });
  await guest.press('登录', 'main');
  must(guest.path.startsWith('/desk'), `at the desk, not at ${guest.path}`);
  const again = await guest.page.goto(people.city.url + address);
  must(again.status() >= 400, 'an invitation is good for one account');
}

async function signIn(person, login) {
  await person.fill({ login, password: PASSWORD });
  await person.press('登录', 'main');
}

export async function sessions(people) {
  const phone = await people.come();
  const library = await people.come();
  for (const device of [phone, library]) {
    await device.open('/login');
    await signIn(device, 'qiye');
  }
  await phone.open('/account');
  await phone.press('退出其他所有设备', 'main');
  await phone.sees('其他设备上的登录都已退出。', 'body');
  await library.open('/employer');
  must(library.path.startsWith('/login'), 'the other device is out');
  await phone.press('退出登录', 'main');
  await phone.open('/employer');
  must(phone.path.startsWith('/login'), 'signed out');
}

export async function draft(people) {
  const owner = await people.come();
  await owner.open('/login');
  await signIn(owner, 'qiye');
  await owner.open('/employer/jobs/new');
  await owner.fill({ title: '夜班库管员', openings: '2', description: '核对出入库，每晚四个小时。', wage: '4500元/月', street: '大王庄街道' });
  await owner.page.context().clearCookies({ name: 'sid' });
  await owner.press('发布岗位', 'main form');
  must(owner.path.startsWith('/login'), 'the session has ended');
  await signIn(owner, 'qiye');
  must((await owner.page.inputValue('[name=title]')) === '夜班库管员', 'the text is still there');
  must((await owner.page.inputValue('[name=description]')).startsWith('核对出入库'), 'all of it');
  await owner.press('发布岗位', 'main form');
  await owner.sees('夜班库管员', 'h1');
}
