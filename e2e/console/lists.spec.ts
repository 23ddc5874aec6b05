import { button, corePage, expect, row, test } from '../support/console.ts';

const LIST = '/resources/core/v1/configmaps';

test('rows come and go as kubectl creates and deletes', async ({ page, k, namespace }) => {
  await page.goto(`${LIST}?ns=${namespace}`);
  await expect(page.getByRole('heading', { name: 'ConfigMaps' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'ConfigMaps' })).toBeVisible();
  await expect(row(page, 'colours')).toHaveCount(0);
  k('create', 'configmap', 'colours', '--from-literal=sky=blue');
  await expect(row(page, 'colours')).toBeVisible();
  k('delete', 'configmap', 'colours');
  await expect(row(page, 'colours')).toHaveCount(0);
});

test('filter, order, namespace and open drawer stand in the address and outlive a reload', async ({
  page,
  k,
  namespace,
}) => {
  for (const name of ['apple', 'apricot', 'banana']) k('create', 'configmap', name);
  await page.goto(LIST);
  await button(page, 'Namespace: All namespaces').click();
  await page.getByRole('combobox', { name: 'Namespaces' }).fill(namespace);
  await page.getByRole('option', { name: namespace }).click();
  await expect(row(page, 'banana')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Filter' }).fill('ap');
  await expect(row(page, 'banana')).toHaveCount(0);
  await expect(page.getByRole('status').filter({ hasText: /^2 of \d+$/ })).toBeVisible();
  await button(page, 'Name').click();
  await button(page, 'Name').click();
  await expect(page.getByRole('columnheader', { name: 'Name', exact: true })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect(page.getByRole('row').nth(1)).toContainText('apricot');
  await page.getByRole('link', { name: 'apple', exact: true }).click();
  const drawer = page.getByRole('complementary', { name: 'Details of apple' });
  await expect(drawer.getByRole('heading', { name: 'apple' })).toBeVisible();
  await page.reload();
  await expect(drawer.getByRole('heading', { name: 'apple' })).toBeVisible();
  await expect(page.getByRole('row').nth(1)).toContainText('apricot');
  await expect(row(page, 'banana')).toHaveCount(0);
  await expect(button(page, `Namespace: ${namespace}`)).toBeVisible();
  await button(drawer, 'Close the details').click();
  await expect(drawer).toHaveCount(0);
  await page.getByRole('link', { name: 'apple', exact: true }).click();
  await button(drawer, 'Open the page').click();
  await expect(page).toHaveURL(corePage('configmaps', namespace, 'apple'));
});

test('a list of hundreds is one table of which only the visible part is drawn', async ({
  page,
  k,
  namespace,
}) => {
  const many = Array.from({ length: 400 }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `many-${String(index).padStart(3, '0')}` },
  }));
  k.input(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: many }), 'create', '-f', '-');
  await page.goto(`${LIST}?ns=${namespace}&q=many`);
  const table = page.getByRole('table', { name: 'ConfigMaps' });
  await expect(table).toHaveAttribute('aria-rowcount', '401');
  await expect(row(page, 'many-000')).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThan(100);
  await page.getByRole('region', { name: 'ConfigMaps, scrollable' }).press('End');
  await expect(row(page, 'many-399')).toBeVisible();
});

test('an object that is gone, and a kind that never was, are told', async ({
  page,
  namespace,
  complaints,
}) => {
  // What the procedures do not find is an answer; a page that is not there is not.
  complaints.allow(/status of 404.*\/no\/such\/page/);
  await page.goto(corePage('pods', namespace, 'nobody'));
  await expect(page.getByRole('alert').filter({ hasText: 'pods "nobody" not found' })).toBeVisible();
  await page.goto('/resources/example.com/v1/wishes');
  await expect(page.getByText('The server knows no wishes.example.com')).toBeVisible();
  await page.goto('/no/such/page');
  await expect(page.getByRole('heading')).toBeVisible();
});
