import { alert, expect, row, test } from '../support/console.ts';
import { runCli, type Status } from '../support/gantry.ts';

test('a lost connection is told; when it is back, what was missed is there', async ({
  page,
  k,
  gantry,
  namespace,
  complaints,
}) => {
  complaints.allow(/Failed to load resource/);
  await page.goto(`/resources/core/v1/configmaps?ns=${namespace}`);
  await expect(page.getByRole('table', { name: 'ConfigMaps' })).toBeVisible();
  const { output } = await runCli(['status', '--data', gantry.data, '-o', 'json']);
  const status = JSON.parse(output) as Status;
  const pid = status.components.find(({ name }) => name === 'apiserver')?.pid ?? 0;
  expect(pid).toBeGreaterThan(1);
  process.kill(pid, 'SIGKILL');
  const banner = alert(page, 'The connection to the server is lost');
  await expect(banner).toBeVisible();
  await expect.poll(() => k.try(['create', 'configmap', 'meanwhile']).code, { timeout: 40_000 }).toBe(0);
  await expect(banner).toHaveCount(0, { timeout: 30_000 });
  await expect(row(page, 'meanwhile')).toBeVisible();
  k('create', 'configmap', 'afterwards');
  await expect(row(page, 'afterwards')).toBeVisible();
});
