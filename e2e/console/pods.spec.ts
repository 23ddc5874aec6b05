import { corePage, expect, tab, talker, test } from '../support/console.ts';
import { canRunContainers } from '../support/machine.ts';

test.skip(!canRunContainers, 'needs root and containerd');

test('logs follow, pause, are searched, and show the time', async ({ page, k, namespace }) => {
  k.input(talker('talker'), 'create', '-f', '-');
  await page.goto(corePage('pods', namespace, 'talker'));
  await expect(page.getByText('Status: Running')).toBeVisible();
  await tab(page, 'Logs').click();
  const log = page.getByRole('log', { name: 'Log of main' });
  await expect(log).toContainText('line 1 of talker');
  await expect(log).toContainText('line 4 of talker');
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('line 2 of');
  await expect(log).not.toContainText('line 4 of talker');
  await expect(log).toContainText('line 2 of talker');
  await expect(page.getByRole('status').filter({ hasText: /^1 of \d+ lines/ })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('');
  await page.getByRole('button', { name: 'Times' }).click();
  await expect(log).toContainText(/\d{4}-\d\d-\d\dT[\d:.]+Z line 1 of talker/);
  await page.getByRole('button', { name: 'Wrap' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Go on' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(log).toContainText('line 9 of talker');
});

test('the log of the container before its restart', async ({ page, k, namespace }) => {
  k.input(talker('phoenix').replace('sleep 1;', 'sleep 1; [ $i = 3 ] && exit 7;'), 'create', '-f', '-');
  await page.goto(`${corePage('pods', namespace, 'phoenix')}?tab=logs`);
  const previous = page.getByRole('button', { name: 'Previous' });
  await expect(previous).not.toHaveAttribute('aria-disabled', /.*/, { timeout: 40_000 });
  await previous.click();
  const log = page.getByRole('log', { name: 'Log of main' });
  await expect(log).toContainText('line 3 of phoenix');
  await expect(page.getByRole('status').filter({ hasText: 'the log has ended' })).toBeVisible();
  await tab(page, 'Summary').click();
  await expect(page.getByText('Error, exit code 7')).toBeVisible();
});

test('a shell in a container', async ({ page, k, namespace }) => {
  k.input(talker('host'), 'create', '-f', '-');
  k('wait', '--for=condition=Ready', 'pod/host', '--timeout=50s');
  await page.goto(`${corePage('pods', namespace, 'host')}?tab=shell`);
  const shell = page.getByRole('region', { name: 'Shell in main' });
  const state = page.getByRole('status').filter({ hasText: /Connect|ended/ });
  await expect(state).toHaveText(/^Connected/);
  await expect(shell).toContainText('/ #');
  await page.keyboard.type('echo $((6 * 7)) is the answer on $(hostname); stty size\n');
  await expect(shell).toContainText('42 is the answer on host');
  await expect(shell).toContainText(/[1-9]\d+ [1-9]\d+/);
  await page.keyboard.type('exit\n');
  await expect(state).toHaveText('The shell has ended.');
  await page.getByRole('button', { name: 'Reconnect' }).click();
  await expect(state).toHaveText(/^Connected/);
  await expect(shell).toContainText('/ #');
});

test('events and pods of the node say where a pod runs', async ({ page, k, namespace }) => {
  k.input(talker('lodger'), 'create', '-f', '-');
  await page.goto(`${corePage('pods', namespace, 'lodger')}?tab=events`);
  for (const reason of ['Scheduled', 'Created', 'Started'])
    await expect(page.getByText(reason, { exact: true })).toBeVisible();
  await tab(page, 'Summary').click();
  const node = k('get', 'pod', 'lodger', '-o', 'jsonpath={.spec.nodeName}');
  await page.getByRole('link', { name: node }).click();
  await expect(page.getByRole('heading', { name: node })).toBeVisible();
  await tab(page, 'Pods').click();
  await page.getByRole('link', { name: 'lodger' }).click();
  await expect(page).toHaveURL(corePage('pods', namespace, 'lodger'));
});
