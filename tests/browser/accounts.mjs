// accounts.mjs -- who can sign in to the demo city, and how. `yizhan serve --demo` makes these accounts; one password for all.
export const PASSWORD = process.env.YIZHAN_DEMO_PASSWORD ?? 'demo-yizhan-2026';
export const ACCOUNTS = {
  seeker: 'demo.seeker',
  employer: 'demo.employer',
  staff: 'demo.staff',
  head: 'demo.head',
  district: 'demo.district',
  city: 'demo.city',
  auditor: 'demo.auditor',
  admin: 'demo.admin',
};

export async function login(page, base, role) {
  await page.goto(`${base}/login`);
  await page.fill('input[name=login]', ACCOUNTS[role]);
  await page.fill('input[name=password]', PASSWORD);
  await Promise.all([page.waitForNavigation(), page.click('main button[type=submit]')]);
  if (new URL(page.url()).pathname === '/login') throw new Error(`${role} cannot sign in: ${await page.innerText('main')}`);
}
