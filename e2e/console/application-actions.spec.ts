import { button, expect, expectAccessible, pushLive, tab, test, visit } from '../support/console.ts';
import { configMap } from '../support/manifests.ts';

const GREEN = configMap('settings', { colour: 'green' });
const RED = configMap('settings', { colour: 'red' });

test('roll back to a commit of the history; the bad one stays away until it is lifted', async ({
  page,
  k,
  copy,
  namespace,
}) => {
  const colour = (): string => k('get', 'configmap', 'settings', '-o', 'jsonpath={.data.colour}');
  copy.write('settings.yaml', GREEN);
  expect(await pushLive(copy, 'good')).toMatchObject({ code: 0 });
  copy.write('settings.yaml', RED);
  expect(await pushLive(copy, 'bad')).toMatchObject({ code: 0 });
  await visit(page, `/applications/${namespace}/${namespace}?tab=history`);
  const good = page.getByRole('listitem').filter({ hasText: 'good' });
  await good.getByRole('button', { name: /^Roll back to / }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('is kept away until another commit comes');
  await dialog.getByRole('button', { name: /^Roll back to / }).click();
  await expect(page.getByRole('status').filter({ hasText: /Rolled back from .* by admin/ })).toBeVisible();
  await expect.poll(colour).toBe('green');
  await expect(page.getByRole('listitem').first()).toContainText('rolled back by admin');
  await page.getByRole('button', { name: /^Apply .* after all$/ }).click();
  await expect.poll(colour).toBe('red');
  await expect(page.getByText(/^Rolled back from/)).toHaveCount(0);
});

test('deletions over the budget wait, name their number, and go on when they are approved', async ({
  page,
  k,
  copy,
  namespace,
}) => {
  const names = Array.from({ length: 8 }, (_, index) => `cm-${index}`);
  for (const name of names) copy.write(`${name}.yaml`, configMap(name, { a: 'b' }));
  expect(await pushLive(copy, 'eight')).toMatchObject({ code: 0 });
  for (const name of names.slice(1)) copy.git('rm', '-q', `${name}.yaml`);
  await pushLive(copy, 'one');
  await visit(page, `/applications/${namespace}/${namespace}`);
  await expect(page.getByRole('alert').filter({ hasText: 'would delete 7 of 8 objects' })).toBeVisible();
  expect(k('get', 'configmaps', '-o', 'name')).toContain('cm-7');
  await button(page, 'Review the deletions').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('listitem').filter({ hasText: `ConfigMap/${namespace}/cm-7` })).toBeVisible();
  await button(dialog, 'Delete 7 objects').click();
  await expect(page.getByText(/would delete/)).toHaveCount(0);
  await expect.poll(() => k('get', 'configmaps', '-o', 'name')).not.toContain('cm-7');
});

test('some objects only', async ({ page, k, copy, namespace }) => {
  copy.write('a.yaml', configMap('a', { colour: 'green' }));
  copy.write('b.yaml', configMap('b', { colour: 'green' }));
  expect(await pushLive(copy, 'both')).toMatchObject({ code: 0 });
  for (const name of ['a', 'b']) k('patch', 'configmap', name, '-p', '{"data":{"colour":"red"}}');
  await visit(page, `/applications/${namespace}/${namespace}`);
  await expect(page.getByRole('row', { name: /ConfigMap b .*Out of sync/ })).toBeVisible();
  await button(page, 'Sync some …').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: /ConfigMap a/ }).uncheck();
  await button(dialog, 'Sync 1 object').click();
  const colour = (name: string) => k('get', 'configmap', name, '-o', 'jsonpath={.data.colour}');
  await expect.poll(() => colour('b')).toBe('green');
  expect(colour('a')).toBe('red');
});

test('the plan of any branch, with where each value comes from; the timeline; the ledger', async ({
  page,
  copy,
  namespace,
}) => {
  copy.write('settings.yaml', GREEN);
  expect(await pushLive(copy, 'good')).toMatchObject({ code: 0 });
  copy.write('settings.yaml', RED);
  copy.git('add', '-A');
  copy.git('commit', '-q', '-m', 'a try');
  copy.git('push', '-q', 'origin', 'HEAD:try');
  await visit(page, `/applications/${namespace}/${namespace}?tab=plan`);
  await page.getByLabel(/^Branch, tag or commit/).fill('try');
  await button(page, 'Plan it').click();
  const row = page.getByRole('row', { name: /data\.colour/ });
  await expect(row).toContainText('green');
  await expect(row).toContainText('red');
  await expect(row).toContainText(/settings\.yaml:\d+/);
  await expectAccessible(page, 'the plan of a branch');

  await tab(page, 'Timeline').click();
  await expect(page.getByRole('listitem').filter({ hasText: 'good' }).first()).toContainText(
    /pushed.*applied.*healthy/,
  );
  await expectAccessible(page, 'the timeline');
  await page.getByRole('link', { name: 'Everything in the ledger' }).click();
  const entry = page.getByRole('row', { name: /ConfigMap\/settings/ }).first();
  await expect(entry).toContainText('admin');
  await expectAccessible(page, 'the ledger');
  await entry.getByRole('button').click();
  await expect(page.getByRole('dialog')).toContainText('colour: green');
  await expectAccessible(page, 'an entry of the ledger');
  await page.keyboard.press('Escape');
  await page.getByLabel('Name of the object').fill('nothing-of-that-name');
  await expect(page.getByText('No entry matches')).toBeVisible();
  await expect(page).toHaveURL(/name=nothing-of-that-name/);
});
