import {
  alert,
  button,
  corePage,
  expect,
  expectAccessible,
  Reader,
  signIn,
  test,
  visit,
} from '../support/console.ts';

const userRow = (name: string) => new RegExp(`^${name}\\b`);

test('a user is made, must choose a password of their own, is disabled and deleted', async ({
  page,
  browser,
  gantry,
  namespace: name,
  complaints,
}) => {
  complaints.allow(/status of (400|401|403)/);
  await visit(page, '/users');
  await button(page, 'Add a user').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('User name').fill(name);
  await dialog.getByLabel('Groups').fill('dev, ops');
  await expectAccessible(page, 'the form of a new user');
  await button(dialog, 'Add').click();
  await expect(page.getByRole('dialog', { name: `First password of ${name}` })).toBeVisible();
  await expectAccessible(page, 'a first password');
  const first = await page.getByLabel('Password', { exact: true }).inputValue();
  await button(page.getByRole('dialog'), 'Done').click();
  const line = page.getByRole('row', { name: userRow(name) });
  await expect(line).toContainText('dev, ops');
  await expect(line).toContainText('First password');

  const context = await browser.newContext({
    baseURL: gantry.status.consoleUrl,
    storageState: { cookies: [], origins: [] },
  });
  const theirs = await context.newPage();
  const enter = async (password: string): Promise<void> => {
    await theirs.getByLabel('User name').fill(name);
    await theirs.getByLabel('Password', { exact: true }).fill(password);
    await button(theirs, 'Sign in').click();
  };
  try {
    await theirs.goto('/kinds');
    await enter(first);
    await expect(theirs.getByRole('heading', { name: 'Choose your own password' })).toBeVisible();
    await expectAccessible(theirs, 'the choice of a password');
    // No way around it: not by another page, nor by the API.
    await theirs.goto('/kinds');
    await expect(theirs).toHaveURL(/\/signin\?change=1/);
    expect((await theirs.request.get('/api/v1/namespaces')).status()).toBe(403);
    await theirs.getByLabel('Old password').fill(first);
    for (const [fresh, problem] of [
      [first, 'the new password is the old one'],
      ['short', 'at least 10 characters'],
    ] as const) {
      await theirs.getByLabel('New password', { exact: true }).fill(fresh);
      await theirs.getByLabel('New password again').fill(fresh);
      await button(theirs, 'Set the password and go on').click();
      await expect(alert(theirs, problem)).toBeVisible();
    }
    await theirs.getByLabel('New password', { exact: true }).fill('a secret of their own');
    await theirs.getByLabel('New password again').fill('a secret of their own');
    await button(theirs, 'Set the password and go on').click();
    await expect(theirs.getByRole('heading', { name: 'All kinds' })).toBeVisible();

    await page.reload();
    await expect(line).toContainText('Active');
    await button(page, `Disable ${name}`).click();
    await expect(line).toContainText('Disabled');
    await expect(async () => {
      await theirs.goto('/kinds');
      await expect(theirs).toHaveURL(/\/signin/, { timeout: 1_000 });
    }).toPass();
    await enter('a secret of their own');
    await expect(alert(theirs, 'The user name or the password is wrong.')).toBeVisible();
  } finally {
    await context.close();
  }
  await button(page, `Delete ${name}`).click();
  await button(page.getByRole('dialog'), 'Delete').click();
  await expect(line).toHaveCount(0);
});

test('groups change, a password is reset, one can do nothing to oneself', async ({
  page,
  gantry: { status },
  namespace: name,
}) => {
  await visit(page, '/users');
  await button(page, 'Add a user').click();
  await page.getByLabel('User name').fill(name);
  await button(page.getByRole('dialog'), 'Add').click();
  await button(page.getByRole('dialog'), 'Done').click();
  await button(page, `Groups of ${name}`).click();
  await page.getByLabel('Groups', { exact: true }).fill('team:web');
  await button(page, 'Save').click();
  const line = page.getByRole('row', { name: userRow(name) });
  await expect(line).toContainText('team:web');
  await button(page, `Reset password of ${name}`).click();
  await button(page.getByRole('dialog'), 'Reset').click();
  await expect(page.getByLabel('Password', { exact: true })).not.toHaveValue('');
  await button(page.getByRole('dialog'), 'Done').click();
  for (const what of ['Disable', 'Delete'])
    await expect(button(page, `${what} ${status.adminUser}`)).toHaveAttribute('aria-disabled', 'true');
  await button(page, `Delete ${name}`).click();
  await button(page.getByRole('dialog'), 'Delete').click();
  await expect(line).toHaveCount(0);
});

test('who may not manage users sees which verb is missing', async ({
  browser,
  gantry,
  k,
  namespace,
  complaints,
}) => {
  complaints.allow(/status of 403/);
  const reader = await Reader.open(browser, gantry, k, namespace);
  try {
    await reader.page.goto('/users');
    await expect(alert(reader.page, 'The list of local users could not be read')).toContainText(
      'cannot list resource "localusers" in API group "users.gantry.dev"',
    );
    const add = button(reader.page, 'Add a user');
    await expect(add).toHaveAttribute('aria-disabled', 'true');
    await add.focus();
    await expect(reader.page.getByRole('tooltip')).toHaveText(
      'You lack the verb create on localusers.users.gantry.dev',
    );
  } finally {
    await reader.close();
  }
});

test('sessions are listed, and ended from afar', async ({ page, gantry: { status } }) => {
  const other = await signIn(status);
  await visit(page, '/account');
  const sessions = page.getByRole('region', { name: 'Where you are signed in' });
  await expect(sessions.getByRole('row', { name: /this one/ })).toBeVisible();
  await button(sessions, 'End all others').click();
  await expect(sessions.getByRole('row')).toHaveCount(2);
  const cookie = other.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const read = () => fetch(`${status.consoleUrl}/api/v1/namespaces`, { headers: { cookie } });
  await expect.poll(async () => (await read()).status).toBe(403);
  await page.reload();
  await expect(sessions.getByRole('row', { name: /this one/ })).toBeVisible();
});

test('values of a Secret are shown when asked for, and the audit log tells', async ({
  page,
  k,
  namespace,
}) => {
  k('create', 'secret', 'generic', 'token', '--from-literal=key=very-secret');
  await visit(page, corePage('secrets', namespace, 'token'));
  await expect(page.getByText('(hidden)')).toBeVisible();
  await expect(page.getByText('very-secret')).toHaveCount(0);
  const told = async (): Promise<string> =>
    (
      await page.request.get(
        `/apis/audit.gantry.dev/v1alpha1/namespaces/${namespace}/events?resource=secrets`,
      )
    ).text();
  expect(await told()).not.toContain('reveal=true');
  await button(page, 'Show the values').click();
  await expect(page.getByText('very-secret')).toBeVisible();
  await expect.poll(told).toContain(`/api/v1/namespaces/${namespace}/secrets/token?reveal=true`);
  await button(page, 'Hide the values').click();
  await expect(page.getByText('very-secret')).toHaveCount(0);
});
