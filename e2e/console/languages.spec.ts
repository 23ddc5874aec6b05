import { appsPage, button, expect, expectAccessible, test, visit } from '../support/console.ts';
import { deployment } from '../support/manifests.ts';

test('the language follows the browser until it is chosen, and stays', async ({ browser, page, gantry }) => {
  const context = await browser.newContext({
    baseURL: gantry.status.consoleUrl,
    locale: 'zh-CN',
    storageState: { cookies: [], origins: [] },
  });
  const chinese = await context.newPage();
  try {
    await chinese.goto('/signin');
    await expect(chinese.getByRole('heading', { name: '登录 Gantry' })).toBeVisible();
    await expect(chinese.locator('html')).toHaveAttribute('lang', 'zh-Hans');
    await expectAccessible(chinese, 'sign-in in Chinese');
    await button(chinese, 'English').click();
    await expect(chinese.getByRole('heading', { name: 'Sign in to Gantry' })).toBeVisible();
    await expect(chinese.locator('html')).toHaveAttribute('lang', 'en');
    await chinese.reload();
    await expect(button(chinese, 'Sign in')).toBeVisible();
  } finally {
    await context.close();
  }
  await visit(page, '/');
  await button(page, `Account: ${gantry.status.adminUser}`).click();
  await page.getByRole('menuitemradio', { name: '中文' }).click();
  await expect(page.getByRole('heading', { name: '概览' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page).toHaveTitle('概览 · Gantry');
});

const PAGES: readonly (readonly [path: string, heading: string])[] = [
  ['/', '概览'],
  ['/applications', '应用'],
  ['/kinds', '所有资源类型'],
  ['/create', '从 YAML 创建'],
  ['/account', '您的账户'],
  ['/users', '本地用户'],
  ['/resources/core/v1/nodes', 'Node'],
  ['/resources/core/v1/events', 'Event'],
];

test('pages in Chinese hold no English but names', async ({ page, k, namespace, gantry: { status } }) => {
  test.slow();
  k.input(deployment('web', 0), 'create', '-f', '-');
  await page.context().addCookies([{ name: 'gantry-locale', value: 'zh', url: status.consoleUrl }]);
  for (const [path, heading] of [...PAGES, [appsPage('deployments', namespace, 'web'), 'web'] as const]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible();
    await expect(page.locator('main .hatched')).toHaveCount(0);
    const labels = await page
      .locator('nav a, nav h2, header button, h1, h2, dt, thead th, [role=columnheader], [role=tab]')
      .allInnerTexts();
    const english = labels.map((label) => label.trim()).filter((label) => /^[A-Z][a-z]+ [a-z]+/.test(label));
    expect(english, `English on ${path}`).toEqual([]);
    await expectAccessible(page, `${path} in Chinese`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  for (const [path] of PAGES) {
    await page.goto(path);
    await expect(page.locator('main .hatched')).toHaveCount(0);
    const wider = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(wider, `${path} is wider than the window by`).toBeLessThanOrEqual(0);
  }
});

test('a denied action is explained in Chinese', async ({ page, gantry: { status } }) => {
  await page.context().addCookies([{ name: 'gantry-locale', value: 'zh', url: status.consoleUrl }]);
  await page.goto('/users');
  const own = page.getByRole('button', { name: `禁用 ${status.adminUser}` });
  await expect(own).toHaveAttribute('aria-disabled', 'true');
  await own.focus();
  await expect(page.getByRole('tooltip')).toHaveText('对您自己的用户，须由另一位管理员操作');
});
