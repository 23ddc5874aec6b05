import { appsPage, button, expect, expectAccessible, Reader, tab, test, visit } from '../support/console.ts';
import { canRunContainers } from '../support/machine.ts';
import { deployment } from '../support/manifests.ts';

/** A Deployment whose pods write a numbered line a second. */
const chorus = (replicas: number): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: chorus}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: chorus}}
  template:
    metadata: {labels: {app: chorus}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: main
          image: busybox:1.35
          command: [sh, -c, "i=0; while :; do i=$((i+1)); echo verse $i of $HOSTNAME; sleep 1; done"]
          resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {memory: 64Mi}}
`;

test('a Deployment is paused, resumed, and rolled back with a look at the difference', async ({
  page,
  k,
  namespace,
}) => {
  k.input(deployment('web', 0, 'example/first:1'), 'create', '-f', '-');
  k('rollout', 'status', 'deployment/web');
  k('set', 'image', 'deployment/web', 'web=example/second:2');
  await visit(page, `${appsPage('deployments', namespace, 'web')}?tab=revisions`);
  const list = page.getByRole('list', { name: 'Revisions' });
  await expect(list.getByRole('listitem').first()).toContainText('example/second:2');
  await expect(list.getByRole('listitem').first()).toContainText('wanted now');
  await expectAccessible(page, 'revisions');
  await button(page, 'Pause').click();
  await expect(button(page, 'Resume')).toBeVisible();
  expect(k('get', 'deployment', 'web', '-o', 'jsonpath={.spec.paused}')).toBe('true');
  const back = button(page, 'Roll back to revision 1');
  await expect(back).toHaveAttribute('aria-disabled', 'true');
  await button(page, 'Resume').click();
  await expect(back).not.toHaveAttribute('aria-disabled', 'true');
  await back.click();
  const dialog = page.getByRole('dialog', { name: 'Roll web back to revision 1?' });
  await expect(dialog).toContainText('example/first:1');
  await expect(dialog).toContainText('example/second:2');
  await expectAccessible(page, 'roll back');
  await button(dialog, 'Roll back').click();
  await expect(list.getByText('Revision 3')).toBeVisible();
  await expect(list.getByRole('listitem').first()).toContainText('example/first:1');
  expect(k('get', 'deployment', 'web', '-o', 'jsonpath={.spec.template.spec.containers[0].image}')).toBe(
    'example/first:1',
  );
});

test('a StatefulSet is rolled back by its ControllerRevisions; a CronJob is suspended', async ({
  page,
  k,
  namespace,
}) => {
  const set = deployment('db', 0, 'example/first:1').replace('kind: Deployment', 'kind: StatefulSet');
  k.input(set.replace('  replicas:', '  serviceName: db\n  replicas:'), 'create', '-f', '-');
  k('create', 'cronjob', 'nightly', '--image=busybox:1.35', '--schedule=0 3 * * *', '--', 'true');
  const names = ['get', 'controllerrevisions', '-o', 'name'] as const;
  await expect(() =>
    expect(
      k(...names)
        .trim()
        .split('\n'),
    ).toHaveLength(1),
  ).toPass();
  k('set', 'image', 'statefulset/db', 'db=example/second:2');
  await visit(page, `${appsPage('statefulsets', namespace, 'db')}?tab=revisions`);
  await button(page, 'Roll back to revision 1').click();
  await button(page.getByRole('dialog'), 'Roll back').click();
  await expect(page.getByRole('list', { name: 'Revisions' }).getByText('Revision 3')).toBeVisible();
  expect(k('get', 'statefulset', 'db', '-o', 'jsonpath={.spec.template.spec.containers[0].image}')).toBe(
    'example/first:1',
  );
  await page.goto(`/resources/batch/v1/cronjobs/${namespace}/nightly`);
  await button(page, 'Suspend').click();
  await expect(button(page, 'Let it run')).toBeVisible();
  expect(k('get', 'cronjob', 'nightly', '-o', 'jsonpath={.spec.suspend}')).toBe('true');
});

test('who may only read sees revisions and can not roll back or pause', async ({
  browser,
  gantry,
  k,
  namespace,
}) => {
  k.input(deployment('web', 0), 'create', '-f', '-');
  k('rollout', 'status', 'deployment/web');
  k('set', 'image', 'deployment/web', 'web=example/second:2');
  const reader = await Reader.open(browser, gantry, k, namespace);
  try {
    const { page } = reader;
    await page.goto(`${appsPage('deployments', namespace, 'web')}?tab=revisions`);
    for (const name of ['Roll back to revision 1', 'Pause'])
      await expect(button(page, name)).toHaveAttribute('aria-disabled', 'true');
    await button(page, 'Roll back to revision 1').focus();
    await expect(page.getByRole('tooltip')).toHaveText(
      `You lack the verb patch on deployments.apps in the namespace ${namespace}`,
    );
  } finally {
    await reader.close();
  }
});

test('the logs of all pods are one, and pods tell their resources', async ({ page, k, namespace }) => {
  test.skip(!canRunContainers, 'needs root and containerd');
  k.input(chorus(2), 'create', '-f', '-');
  k('rollout', 'status', 'deployment/chorus', '--timeout=60s');
  await visit(page, `${appsPage('deployments', namespace, 'chorus')}?tab=logs`);
  const pods = k('get', 'pods', '-o', 'jsonpath={.items[*].metadata.name}').split(' ');
  const log = page.getByRole('log', { name: 'Logs of chorus' });
  for (const pod of pods) await expect(log).toContainText(`of ${pod}`);
  await expect(page.getByRole('status').filter({ hasText: '2 of 2 logs open' })).toBeVisible();
  await expectAccessible(page, 'merged logs');
  await page.getByRole('searchbox', { name: 'Search the log' }).fill(`verse 2 of ${pods[0]}`);
  await expect(log).not.toContainText(`of ${pods[1]}`);
  const download = page.waitForEvent('download');
  await button(page, 'Download').click();
  expect((await download).suggestedFilename()).toBe('chorus.log');
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('');
  await page.getByRole('combobox', { name: 'Pod', exact: true }).selectOption(pods[1] ?? '');
  await expect(page.getByRole('status').filter({ hasText: '1 of 1 log open' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Since' }).selectOption('Last minute');
  await expect(log).toContainText(`of ${pods[1]}`);
  await expect(log).not.toContainText(`of ${pods[0]}`);
  await expect(button(page, 'Previous')).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('combobox', { name: 'Pod', exact: true }).selectOption('');
  k('scale', 'deployment', 'chorus', '--replicas=3');
  await expect(page.getByRole('status').filter({ hasText: '3 of 3 logs open' })).toBeVisible();
  await tab(page, 'Pods').click();
  await expect(page.getByRole('row', { name: `${pods[0]} 10m – 16 Mi 64 Mi` })).toBeVisible();
  await expectAccessible(page, 'pods of a workload');
});

/** Its first run ends when it is told to, the second goes on. */
const PHOENIX = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: phoenix}
spec:
  selector: {matchLabels: {app: phoenix}}
  template:
    metadata: {labels: {app: phoenix}}
    spec:
      terminationGracePeriodSeconds: 1
      volumes: [{name: state, emptyDir: {}}]
      containers:
        - name: main
          image: busybox:1.35
          volumeMounts: [{name: state, mountPath: /state}]
          command:
            - sh
            - -c
            - |
              run=first; [ -e /state/go ] && run=second
              i=0
              while :; do
                i=$((i+1)); echo "$run run, line $i"; sleep 1
                [ $run = first ] && [ -e /state/go ] && exit 7
              done
`;

test('the merged log goes on with the next run of a container, and has the one before', async ({
  page,
  k,
  namespace,
}) => {
  test.skip(!canRunContainers, 'needs root and containerd');
  test.slow();
  k.input(PHOENIX, 'create', '-f', '-');
  k('rollout', 'status', 'deployment/phoenix', '--timeout=50s');
  await visit(page, `${appsPage('deployments', namespace, 'phoenix')}?tab=logs`);
  const log = page.getByRole('log', { name: 'Logs of phoenix' });
  await expect(log).toContainText('first run, line 1');
  await expect(button(page, 'Previous')).toHaveAttribute('aria-disabled', 'true');
  k('exec', 'deployment/phoenix', '--', 'touch', '/state/go');
  await expect(log).toContainText('second run, line 2', { timeout: 60_000 });
  await expect(log).toContainText('first run, line 1');
  await expect(page.getByRole('status').filter({ hasText: '1 of 1 log open' })).toBeVisible();
  await button(page, 'Previous').click();
  await expect(log).toContainText('first run, line 1');
  await expect(log).not.toContainText('second run');
  await button(page, 'Previous').click();
  await expect(log).toContainText('second run, line 3');
});
