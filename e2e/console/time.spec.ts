import { button, expect, expectAccessible, tab, test, visit } from '../support/console.ts';

test('an object as it was, who changed what, and the difference to now', async ({ page, k, namespace }) => {
  k('create', 'configmap', 'settings', '--from-literal=colour=green');
  k('patch', 'configmap', 'settings', '-p', '{"data":{"colour":"red"}}');
  await visit(page, `/resources/core/v1/configmaps/${namespace}/settings?tab=changes`);
  const changes = page.getByRole('list', { name: 'Changes, newest first' });
  await expect(changes.getByRole('listitem').first()).toContainText(/changed.*by admin/);
  await expect(changes).toContainText('data.colour: green → red');
  k('patch', 'configmap', 'settings', '-p', '{"data":{"colour":"blue"}}');
  await expect(changes).toContainText('data.colour: red → blue');
  await expectAccessible(page, 'the changes of an object');
  await changes.getByRole('listitem').last().getByRole('button').click();
  const past = page.getByRole('region', { name: 'As it was', exact: true });
  await expect(past).toContainText('colour: green');
  await expect(past).toContainText('colour: blue');
  await expect(page).toHaveURL(/at=\d+/);
  await expectAccessible(page, 'an object as it was');
  await page.reload();
  await expect(past).toContainText('colour: green');
  await button(past, 'Back to now').click();
  await expect(past).toHaveCount(0);
});

test('a list as it was', async ({ page, k, namespace }) => {
  k('create', 'configmap', 'stays', '--from-literal=a=b');
  k('create', 'configmap', 'goes', '--from-literal=a=b');
  const { items } = JSON.parse(k('get', 'configmaps', '-o', 'json')) as { items: unknown[] };
  expect(items.length).toBeGreaterThan(1);
  const time = new Date(Date.now() + 1_000).toISOString();
  // Moments are whole milliseconds of the server: the deletion must be a later one.
  await expect.poll(() => Date.now() > Date.parse(time) + 500).toBe(true);
  k('delete', 'configmap', 'goes');
  k('create', 'configmap', 'comes');
  await visit(page, `/resources/core/v1/configmaps?ns=${namespace}&time=${encodeURIComponent(time)}`);
  await expect(page.getByRole('row', { name: /goes.*deleted/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /stays.*the same/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /comes/ })).toHaveCount(0);
  await expectAccessible(page, 'a list of the past');
  await button(page, 'Back to now').click();
  await expect(page.getByRole('row', { name: /comes/ })).toBeVisible();
  await expect(tab(page, 'Changes')).toHaveCount(0);
});
