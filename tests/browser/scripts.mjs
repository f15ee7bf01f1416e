// scripts.mjs -- what app.js adds to plain pages, on the preview pages: suggestions, lists that change in place, drafts, one act
// for two clicks, the eye led to the first mistake. And that a kiosk keeps nothing.
import { Tap, context, launch, listen } from './lib.mjs';
import { servePages } from './preview_server.mjs';

function must(good, what) {
  if (!good) throw new Error(what);
}

const server = await servePages();
const browser = await launch();
const tap = new Tap();

async function on(name, act) {
  const window = await context(browser, { viewport: { width: 1280, height: 900 } });
  const page = await window.newPage();
  const heard = listen(page);
  await tap.step(name, async () => {
    await act(page);
    must(heard.length === 0, heard.join('; '));
  });
  await window.close();
}

await on('suggestions: typed, moved through with keys, taken', async (page) => {
  await page.goto(`${server.url}/home`);
  await page.fill('#near', '');
  await page.type('#near', '大');
  await page.waitForSelector('.pop:not([hidden]) li');
  must((await page.getAttribute('#near', 'aria-expanded')) === 'true', 'the field says that the list is open');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  must((await page.inputValue('#near')) === '大直沽街道', 'the second suggestion is in the field');
  must(page.url().endsWith('/home'), 'Enter took the suggestion and did not send the form');
});

await on('a chip changes the list in place, the address follows, back restores', async (page) => {
  await page.goto(`${server.url}/list`);
  await page.evaluate(() => {
    window.same = true;
    document.querySelector('.chip.on').href = '/jobs?few=1';
  });
  await page.click('.chip.on');
  await page.waitForFunction(() => document.querySelectorAll('.job').length === 1);
  must(await page.evaluate(() => window.same), 'the page was not loaded anew');
  must(page.url().includes('few=1'), 'the address says what is shown');
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll('.job').length > 1);
});

await on('mistakes: the summary has the focus, its links lead to the fields', async (page) => {
  await page.goto(`${server.url}/form`);
  must(await page.evaluate(() => document.activeElement?.hasAttribute('data-error-summary')), 'focus is on the summary');
  await page.click('.errsum a >> nth=0');
  must((await page.evaluate(() => document.activeElement?.id)) === 'f-phone', 'focus is on the field');
  await page.click('.errsum a >> nth=1');
  must((await page.evaluate(() => document.activeElement?.id)) === 'f-kind', 'focus is on the group of choices');
});

await on('two clicks are one act', async (page) => {
  await page.goto(`${server.url}/form`);
  const before = server.posts;
  await page.evaluate(() => {
    const button = document.querySelector('form.form button[type=submit]');
    button.click();
    button.click();
  });
  await page.waitForLoadState('networkidle');
  must(server.posts === before + 1, `${server.posts - before} forms were sent`);
});

await on('a draft is kept on the device until it is sent, without what is secret', async (page) => {
  await page.goto(`${server.url}/form?mode=`);
  await page.fill('#f-more', '会做面食');
  const kept = await page.evaluate(() => Object.entries(localStorage).find(([key]) => key.startsWith('draft:'))?.[1] ?? '');
  must(kept.includes('会做面食'), 'the text is kept');
  must(!kept.includes('_csrf'), 'hidden fields are not');
  await page.click('form.form button[type=submit]');
  await page.waitForLoadState('networkidle');
  must((await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length)) === 0, 'sent: forgotten');
});

await on('Ctrl K leads to the search of the desk', async (page) => {
  await page.goto(`${server.url}/desk`);
  await page.keyboard.press('Control+k');
  must(await page.evaluate(() => document.activeElement?.hasAttribute('data-palette')), 'focus is in the search');
});

await browser.close();
server.close();
tap.done();
