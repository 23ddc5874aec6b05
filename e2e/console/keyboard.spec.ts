import { appsPage, button, corePage, expect, Reader, row, test, visit } from '../support/console.ts';
import { deployment } from '../support/manifests.ts';

test('the palette goes to kinds, namespaces and objects', async ({ page, k, namespace }) => {
  k('create', 'configmap', `palette-${namespace}`);
  await visit(page, '/');
  await expect(button(page, 'Go to …')).toBeVisible();
  const palette = page.getByRole('dialog', { name: 'Go to' });
  const input = palette.getByRole('combobox');
  const option = palette.getByRole('option', { selected: true });
  await page.keyboard.press('ControlOrMeta+k');
  await input.fill('StatefulSet');
  await expect(option).toContainText('StatefulSet');
  await input.press('Enter');
  await expect(page.getByRole('heading', { name: 'StatefulSets' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await input.fill(`palette-${namespace}`);
  await expect(option).toContainText(`ConfigMap in ${namespace}`);
  await input.press('Enter');
  await expect(page).toHaveURL(corePage('configmaps', namespace, `palette-${namespace}`));
  await page.keyboard.press('ControlOrMeta+k');
  await input.fill(namespace);
  await palette.getByRole('option', { name: 'pods of the namespace' }).click();
  await expect(button(page, `Namespace: ${namespace}`)).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(palette).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toHaveCount(0);
});

test('the palette does what the page can do, what was found can do, and what can be done everywhere', async ({
  page,
  browser,
  gantry,
  k,
  namespace,
}) => {
  k.input(deployment('web', 0), 'create', '-f', '-');
  const palette = page.getByRole('dialog', { name: 'Go to or do' });
  const type = async (text: string): Promise<void> => {
    await page.keyboard.press('ControlOrMeta+k');
    await palette.getByRole('combobox').fill(text);
  };
  await visit(page, appsPage('deployments', namespace, 'web'));
  await expect(button(page, 'Restart')).not.toHaveAttribute('aria-disabled', 'true');
  await type('restart');
  await palette.getByRole('option', { name: /^Restart/ }).click();
  await expect(page.getByText('web restarts', { exact: true })).toBeVisible();
  await type('scale');
  await palette.getByRole('option', { name: /^Scale/ }).click();
  await expect(page.getByRole('dialog', { name: 'Scale web' })).toBeVisible();
  await page.keyboard.press('Escape');
  await type('create a secret');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/create\?kind=Secret/);
  await type('web');
  await expect(palette.getByRole('option', { selected: true })).toContainText(`Deployment in ${namespace}`);
  await palette.getByRole('option', { name: `YAML of web Deployment in ${namespace}` }).click();
  await expect(page.getByRole('textbox', { name: 'YAML of web' })).toBeVisible();
  const before = await button(page, 'Theme: system').count();
  expect(before).toBe(1);
  await type('switch the theme');
  await page.keyboard.press('Enter');
  await expect(button(page, 'Theme: light')).toBeVisible();

  const reader = await Reader.open(browser, gantry, k, namespace);
  try {
    await reader.page.goto(appsPage('deployments', namespace, 'web'));
    await expect(button(reader.page, 'Restart')).toHaveAttribute('aria-disabled', 'true');
    await reader.page.keyboard.press('ControlOrMeta+k');
    const denied = reader.page.getByRole('option', { name: /^Restart/ });
    await expect(denied).toHaveAttribute('aria-disabled', 'true');
    await expect(denied).toContainText('You lack the verb patch on deployments.apps');
  } finally {
    await reader.close();
  }
});

test('keys: help, rows, drawer, filter, namespace, YAML', async ({ page, k, namespace }) => {
  for (const name of ['apple', 'banana', 'cherry']) k('create', 'configmap', name);
  await visit(page, `/resources/core/v1/configmaps?ns=${namespace}&q=a`);
  await expect(row(page, 'banana')).toBeVisible();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await expect(help).toContainText('Filter the list');
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Details of apple' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'Details of apple' })).toHaveCount(0);
  await page.keyboard.press('/');
  const filter = page.getByRole('searchbox', { name: 'Filter' });
  await expect(filter).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  // Letters that are commands elsewhere are text here.
  await page.keyboard.type('jkn');
  await expect(page.getByText('Nothing matches the filter')).toBeVisible();
  await expect(filter).toHaveValue('jkn');
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await page.keyboard.type('kube-system');
  await page.keyboard.press('Enter');
  await expect(button(page, 'Namespace: kube-system')).toBeVisible();
  await visit(page, corePage('configmaps', namespace, 'apple'));
  await expect(page.getByRole('heading', { name: 'apple' })).toBeVisible();
  await page.keyboard.press('y');
  await expect(page.getByRole('textbox', { name: 'YAML of apple' })).toBeVisible();
  await page.keyboard.press('e');
  await expect(page.getByRole('textbox', { name: 'Edit YAML of apple' })).toBeVisible();
});

test('the theme is chosen, and kept', async ({ page }) => {
  await visit(page, '/');
  const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  await button(page, 'Theme: system').click();
  const light = await background();
  await button(page, 'Theme: light').click();
  await expect(button(page, 'Theme: dark')).toBeVisible();
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.reload();
  await expect(button(page, 'Theme: dark')).toBeVisible();
  expect(await background()).toBe(dark);
});
