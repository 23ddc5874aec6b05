import { alert, expect, expectAccessible, signIn, test } from '../support/console.ts';
import { canRunProvider } from '../support/oidc-provider.ts';

test.use({ storageState: { cookies: [], origins: [] } });

test('a wrong password is told, the right one leads to the page that was asked for', async ({
  page,
  gantry: { status },
  complaints,
}) => {
  complaints.allow(/status of 401/);
  await page.goto('/resources/core/v1/nodes?wide=1');
  await expect(page).toHaveURL(/\/signin\?next=/);
  const password = page.getByLabel('Password');
  await page.getByLabel('User name').fill(status.adminUser);
  await password.fill('not the password');
  await password.press('Enter');
  await expect(alert(page, /^The user name or the password is wrong\.$/)).toBeVisible();
  await password.fill(status.adminPassword ?? '');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Nodes' })).toBeVisible();
  await expect(page).toHaveURL(/\/resources\/core\/v1\/nodes\?wide=1$/);
});

test('the way back never leads to another site', async ({ page, gantry: { status } }) => {
  await page.goto('/signin?next=//example.com/');
  await page.getByLabel('User name').fill(status.adminUser);
  await page.getByLabel('Password').fill(status.adminPassword ?? '');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(new URL(status.consoleUrl).origin);
});

test('signing out ends the session, also elsewhere with the same cookie', async ({
  page,
  context,
  gantry: { status },
}) => {
  const { cookies } = await signIn(status);
  expect(cookies).toMatchObject([{ name: 'gantry-session', httpOnly: true, sameSite: 'Strict' }]);
  await context.addCookies(cookies);
  await page.goto('/');
  await page.getByRole('button', { name: `Account: ${status.adminUser}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/signin/);
  await context.addCookies(cookies);
  // Then it counts for nobody; a server may take it for a few seconds more.
  await expect.poll(async () => (await page.request.get('/api/v1/pods')).status()).toBe(403);
  await page.goto('/');
  await expect(page).toHaveURL(/\/signin/);
});

test('a changed password ends all other sessions and keeps this one', async ({
  page,
  context,
  gantry: { status },
  complaints,
}) => {
  complaints.allow(/status of 400/);
  const first = status.adminPassword ?? '';
  const second = `${first}-changed`;
  const other = await signIn(status);
  await context.addCookies((await signIn(status)).cookies);
  const type = async (old: string, fresh: string): Promise<void> => {
    await page.getByLabel('Old password').fill(old);
    await page.getByLabel('New password', { exact: true }).fill(fresh);
    await page.getByLabel('New password again').fill(fresh);
    await page.getByRole('button', { name: 'Change the password' }).click();
  };
  await page.goto('/account');
  await type('not the password', second);
  await expect(alert(page, /the old password is wrong/i)).toBeVisible();
  await type(first, second);
  await expect(page.getByRole('status')).toHaveText(/The password is changed/);
  try {
    const cookie = other.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const read = () => fetch(`${status.consoleUrl}/api/v1/namespaces`, { headers: { cookie } });
    await expect.poll(async () => (await read()).status).toBe(403);
    await page.reload();
    await expect(page.getByRole('button', { name: `Account: ${status.adminUser}` })).toBeVisible();
  } finally {
    // The other specs sign in with the first one.
    await type(second, first);
    await expect(page.getByRole('status')).toHaveText(/The password is changed/);
  }
});

test('too many wrong passwords make the account rest for a while, and it says how long', async ({
  page,
  request,
  gantry: { status },
  complaints,
}) => {
  complaints.allow(/status of (401|429)/);
  const guess = (password: string) =>
    request.post('/trpc/session.signIn', {
      headers: { 'x-gantry-csrf': '1' },
      data: { name: status.adminUser, password },
    });
  await page.goto('/signin');
  await expect(async () => {
    expect((await guess('a guess')).status()).toBe(429);
  }).toPass({ intervals: [0] });
  await page.getByLabel('User name').fill(status.adminUser);
  await page.getByLabel('Password').fill('another guess');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(
    alert(page, /Too many wrong passwords: this account rests\. Try again in \d+ seconds?\./),
  ).toBeVisible();
  await expect.poll(async () => (await guess(status.adminPassword ?? '')).status()).toBe(200);
});

test.describe('an OIDC issuer', () => {
  test.skip(!canRunProvider, 'needs openssl');
  test.use({ ignoreHTTPSErrors: true });

  test('signs people in, who come back to the page that they asked for', async ({ page, complaints }) => {
    complaints.allow(/status of 403/);
    await page.goto('/kinds?ns=default');
    const link = page.getByRole('link', { name: 'Sign in with Acme' });
    await expect(link).toBeVisible();
    await expectAccessible(page, 'sign-in with an issuer');
    await link.click();
    await expect(page.getByRole('heading', { name: 'All kinds' })).toBeVisible();
    await expect(page).toHaveURL(/\/kinds\?ns=default$/);
    await page.getByRole('button', { name: 'Account: alice@acme.test' }).click();
    await expect(page.getByRole('menu')).toContainText('acme:dev');
    await page.getByRole('menuitem', { name: 'Your account' }).click();
    await expect(page.getByText('You signed in by an issuer that keeps your password')).toBeVisible();
    await expect(page.getByRole('row', { name: /this one/ })).toBeVisible();
    await page.goto('/');
    await expect(page.getByText('You lack the verb list on nodes.')).toBeVisible();
  });

  test('is told of when it did not begin here', async ({ page }) => {
    await page.goto('/oidc/callback?code=stolen&state=guessed');
    await expect(alert(page, /^The sign-in took too long, or was begun in another browser\./)).toBeVisible();
    await expectAccessible(page, 'a sign-in that failed');
  });
});

test('scripts run with the nonce of their page only, and forms of other sites change nothing', async ({
  page,
  request,
  gantry: { status },
  complaints,
}) => {
  complaints.allow(/Content Security Policy/);
  const answer = await page.goto('/signin');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic'(;|$)/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  const violated = await page.evaluate<string>(`new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
    document.body.insertAdjacentHTML('beforeend', '<button id="planted" onclick="window.scriptRan = true"></button>');
    document.getElementById('planted').click();
  })`);
  expect(violated).toBe('script-src-attr');
  expect(await page.evaluate('window.scriptRan')).toBeUndefined();
  const { cookies } = await signIn(status);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  for (const [path, headers] of [
    ['/trpc/session.signOut', { cookie }],
    ['/api/v1/namespaces', { cookie, 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' }],
  ] as const) {
    const refused = await request.post(path, { headers, data: '{}' });
    expect(refused.status(), await refused.text()).toBe(403);
  }
});
