import type { Page } from '@playwright/test';
import { button, expect, test } from '../support/console.ts';

/** Opens what the server has drawn, and holds the scripts back until the returned function is called. */
async function openWithoutScripts(page: Page, path: string): Promise<() => void> {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/_next/static/**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(path, { waitUntil: 'commit' });
  return release;
}

test('what is typed into a form before its page is ready stays', async ({ page, namespace }) => {
  const release = await openWithoutScripts(page, `/create/workload?ns=${namespace}`);
  await page.getByLabel('Name', { exact: true }).fill('early');
  await page.getByLabel('Environment').fill('GREETING=hello');
  await page.getByLabel('Image').pressSequentially('busy');
  await expect(page.getByRole('button', { name: 'Check' })).toBeDisabled();
  release();
  await expect(page.getByRole('button', { name: /^Account: ./ })).toBeVisible();
  const preview = page.getByRole('region', { name: 'YAML of this form' });
  await expect(preview).toContainText('name: early');
  await expect(preview).toContainText('value: hello');
  // The cursor is where it was.
  await page.keyboard.type('box:1.35');
  await expect(page.getByLabel('Image')).toHaveValue('busybox:1.35');
  await expect(preview).toContainText('image: busybox:1.35');
});

test('what is chosen, and what filters a list, stays', async ({ page, namespace }) => {
  const release = await openWithoutScripts(page, `/create/application?ns=${namespace}`);
  await page.getByLabel('Follows', { exact: true }).selectOption('semver');
  release();
  await expect(page.getByRole('region', { name: 'YAML of this form' })).toContainText('semver');
});

test('a name and password typed early sign in', async ({ page, gantry: { status } }) => {
  await page.context().clearCookies();
  const release = await openWithoutScripts(page, '/signin?next=/kinds');
  await page.getByLabel('User name').fill(status.adminUser);
  await page.getByLabel('Password').fill(status.adminPassword ?? '');
  // Without its script the form must not be sent: it would be lost, and the page with it.
  await page.getByLabel('Password').press('Enter');
  release();
  await button(page, 'Sign in').click();
  await expect(page).toHaveURL('/kinds');
});
