import { button, expect, expectAccessible, Reader, row, test, visit } from '../support/console.ts';
import { deployment } from '../support/manifests.ts';

test('selected rows are labelled, scaled, restarted and deleted together', async ({ page, k, namespace }) => {
  k.input(['a', 'b', 'c'].map((name) => deployment(name, 0)).join('---'), 'create', '-f', '-');
  await visit(page, `/resources/apps/v1/deployments?ns=${namespace}`);
  for (const name of ['a', 'b'])
    await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
  await expect(page.getByText('2 selected', { exact: true })).toBeVisible();
  await expectAccessible(page, 'selected rows');
  await button(page, 'Label 2 selected').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Labels').fill('no label');
  await expect(button(dialog, 'Label')).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByLabel('Labels').fill('tier=front, app-');
  await expectAccessible(page, 'labels of many');
  await button(dialog, 'Label').click();
  await expect(dialog).toHaveCount(0);
  expect(k('get', 'deployments', '-l', 'tier=front,!app', '-o', 'name').trim().split('\n')).toHaveLength(2);

  await page.getByRole('checkbox', { name: 'Select all' }).click();
  await expect(page.getByText('3 selected', { exact: true })).toBeVisible();
  await button(page, 'Restart 3 selected').click();
  await button(dialog, 'Restart').click();
  await expect(dialog).toHaveCount(0);
  expect(k('get', 'deployments', '-o', 'yaml').match(/kubectl\.kubernetes\.io\/restartedAt/g)).toHaveLength(
    3,
  );

  await page.getByRole('checkbox', { name: 'Select c', exact: true }).check();
  await button(page, 'Scale 1 selected').click();
  await dialog.getByLabel('Replicas of each').fill('1');
  await button(dialog, 'Scale').click();
  await expect(dialog).toHaveCount(0);
  expect(k('get', 'deployment', 'c', '-o', 'jsonpath={.spec.replicas}')).toBe('1');

  for (const name of ['a', 'b'])
    await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
  await button(page, 'Delete 2 selected').click();
  await button(dialog, 'Delete').click();
  await expect(row(page, 'a')).toHaveCount(0);
  await expect(row(page, 'b')).toHaveCount(0);
  await expect(row(page, 'c')).toBeVisible();
});

test('a bulk action that rights deny says which verb is missing', async ({
  browser,
  gantry,
  k,
  namespace,
}) => {
  k.input(deployment('web', 0), 'create', '-f', '-');
  const reader = await Reader.open(browser, gantry, k, namespace);
  try {
    const { page } = reader;
    await page.goto(`/resources/apps/v1/deployments?ns=${namespace}`);
    await page.getByRole('checkbox', { name: 'Select web' }).check();
    for (const name of ['Restart 1 selected', 'Scale 1 selected', 'Label 1 selected', 'Delete 1 selected'])
      await expect(button(page, name)).toHaveAttribute('aria-disabled', 'true');
    await button(page, 'Delete 1 selected').focus();
    await expect(page.getByRole('tooltip')).toHaveText(
      `You lack the verb delete on deployments.apps in the namespace ${namespace}`,
    );
  } finally {
    await reader.close();
  }
});

test('10,000 rows are one live list, filtered and sorted by the server', async ({ page, k, namespace }) => {
  test.slow();
  for (let batch = 0; batch < 10; batch += 1) {
    const items = Array.from({ length: 1_000 }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `many-${String(batch * 1_000 + index).padStart(5, '0')}` },
    }));
    k.input(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }), 'create', '-f', '-');
  }
  await visit(page, `/resources/core/v1/configmaps?ns=${namespace}&q=many`);
  const table = page.getByRole('table', { name: 'ConfigMaps' });
  await expect(table).toHaveAttribute('aria-rowcount', '10001');
  expect(await page.getByRole('row').count()).toBeLessThan(100);
  await page.getByRole('region', { name: 'ConfigMaps, scrollable' }).press('End');
  await expect(row(page, 'many-09999')).toBeVisible();
  k('create', 'configmap', 'many-99999');
  await expect(table).toHaveAttribute('aria-rowcount', '10002');
  await button(page, 'Name').click();
  await button(page, 'Name').click();
  await page.getByRole('region', { name: 'ConfigMaps, scrollable' }).press('Home');
  await expect(page.getByRole('row').nth(1)).toContainText('many-99999');
  await page.getByRole('checkbox', { name: 'Select all' }).click();
  await expect(page.getByText('500 selected', { exact: true })).toBeVisible();
});
