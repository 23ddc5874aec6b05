import { button, corePage, expect, expectAccessible, Reader, test, visit } from '../support/console.ts';
import { canRunContainers } from '../support/machine.ts';
import { deployment } from '../support/manifests.ts';

const BUDGET = `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: held}
spec:
  maxUnavailable: 0
  selector: {matchLabels: {app: held}}
`;

const sleepers = (name: string): string =>
  deployment(name, 1, 'busybox:1.35').replace(
    '          image:',
    '          command: [sleep, "3600"]\n          image:',
  );

test('a node tells how full it is, and is drained as its budgets allow', async ({ page, k }) => {
  test.skip(!canRunContainers, 'needs root and containerd');
  test.slow();
  k.input(`${sleepers('free')}---${sleepers('held')}---${BUDGET}`, 'create', '-f', '-');
  for (const name of ['free', 'held']) k('rollout', 'status', `deployment/${name}`, '--timeout=60s');
  const node = k('get', 'nodes', '-o', 'jsonpath={.items[0].metadata.name}');
  const held = k('get', 'pods', '-l', 'app=held', '-o', 'jsonpath={.items[0].metadata.name}');
  const free = k('get', 'pods', '-l', 'app=free', '-o', 'jsonpath={.items[0].metadata.name}');
  await visit(page, corePage('nodes', '', node));
  await expect(
    page.getByRole('region', { name: 'Capacity and allocations' }).getByRole('row', { name: /^CPU/ }),
  ).toContainText('%');
  await expectAccessible(page, 'node');
  await button(page, 'Drain').click();
  const dialog = page.getByRole('dialog', { name: `Drain ${node}` });
  const line = (pod: string) => dialog.getByRole('listitem').filter({ hasText: pod });
  await expect(line(held)).toContainText('held by held');
  await expect(dialog.getByText(/PodDisruptionBudget allows no disruption/)).toBeVisible();
  await expectAccessible(page, 'drain, before');
  const accept = dialog.getByRole('checkbox');
  if (await accept.isVisible()) await accept.check();
  await button(dialog, 'Cordon and drain').click();
  await expect(line(held)).toContainText('held by a budget');
  await expect(line(held)).toContainText("Cannot evict pod as it would violate the pod's disruption budget");
  await expect(line(free)).toContainText('gone', { timeout: 60_000 });
  expect(k('get', 'node', node, '-o', 'jsonpath={.spec.unschedulable}')).toBe('true');
  await expectAccessible(page, 'drain, held');
  k('delete', 'pdb', 'held');
  await expect(line(held)).toContainText('gone', { timeout: 60_000 });
  await expect(dialog.getByRole('status')).toContainText(`${node} is drained`, { timeout: 60_000 });
  await button(dialog.locator('div'), 'Close').last().click();
  await button(page, 'Uncordon').click();
  await expect(button(page, 'Cordon')).toBeVisible();
});

test('who may not evict is told which verb is missing', async ({ browser, gantry, k, namespace }) => {
  const node = k('get', 'nodes', '-o', 'jsonpath={.items[0].metadata.name}');
  const reader = await Reader.open(browser, gantry, k, namespace);
  try {
    k('create', 'clusterrole', namespace, '--verb=get,list,watch,patch', '--resource=nodes,pods');
    k(
      'create',
      'clusterrolebinding',
      namespace,
      `--clusterrole=${namespace}`,
      `--serviceaccount=${namespace}:reader`,
    );
    const { page } = reader;
    await page.goto(corePage('nodes', '', node));
    await expect(button(page, 'Cordon')).not.toHaveAttribute('aria-disabled', 'true');
    await expect(button(page, 'Drain')).toHaveAttribute('aria-disabled', 'true');
    await button(page, 'Drain').focus();
    await expect(page.getByRole('tooltip')).toHaveText('You lack the verb create on pods/eviction');
  } finally {
    k('delete', 'clusterrolebinding', namespace);
    k('delete', 'clusterrole', namespace);
    await reader.close();
  }
});
