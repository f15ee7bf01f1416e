// accounts.mjs -- who can sign in to the demo city, and how: the logins of src/city/accounts/demo.c.
export const PASSWORD = 'tianjin2026demo';
export const ACCOUNTS = {
  seeker: 'qiuzhi',
  employer: 'qiye',
  staff: 'yizhan',
  head: 'zhanzhang',
  district: 'quji',
  city: 'shiji',
  auditor: 'shenji',
  admin: 'guanli',
};

const where = (page) => new URL(page.url()).pathname;

async function send(page) {
  await Promise.all([page.waitForNavigation(), page.click('main form button[type=submit]')]);
}

// Signs in with the password and, for roles that need it, the second factor, which the demo city shows on the page.
export async function login(page, base, role) {
  await page.goto(`${base}/login`);
  await page.fill('input[name=login]', ACCOUNTS[role]);
  await page.fill('input[name=password]', PASSWORD);
  await send(page);
  if (where(page) === '/login/second') {
    const code = /\b\d{6}\b/.exec(await page.innerText('main'))?.[0];
    await page.fill('input[name=code]', code ?? '');
    await send(page);
  }
  if (where(page).startsWith('/login')) throw new Error(`${role} cannot sign in: ${await page.innerText('main')}`);
}
