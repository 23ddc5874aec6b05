import type { Page } from '@playwright/test';
import { alert, appsPage, corePage, expect, tab, talker, test, visit } from '../support/console.ts';
import { canRunContainers } from '../support/machine.ts';

/** No node has this label: nobody else writes the status of such a pod. */
const NOWHERE = '  nodeSelector: {gantry.dev/nowhere: "true"}';

const notice = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text });

/** Requests for logs and shells, which the node refuses until a container has begun. */
function asked(page: Page): string[] {
  const urls: string[] = [];
  const note = (url: string): void => {
    if (/\/(log|exec)\?/.test(url)) urls.push(url);
  };
  page.on('request', (request) => note(request.url()));
  page.on('websocket', (socket) => note(socket.url()));
  return urls;
}

test('logs and shell wait for a container that has not started, and say why', async ({
  page,
  k,
  namespace,
}) => {
  const urls = asked(page);
  k.input(`${talker('waiter').trimEnd()}\n${NOWHERE}\n`, 'create', '-f', '-');
  await visit(page, `${corePage('pods', namespace, 'waiter')}?tab=logs`);
  await expect(notice(page, 'main has not started: Unschedulable')).toBeVisible();
  const wait = (reason: string, message: string): void => {
    const state = { waiting: { reason, message } };
    const status = {
      containerStatuses: [{ name: 'main', image: 'x', imageID: '', ready: false, restartCount: 0, state }],
    };
    k('patch', 'pod', 'waiter', '--subresource=status', '-p', JSON.stringify({ status }));
  };
  wait('ContainerCreating', '');
  await expect(notice(page, 'main has not started: ContainerCreating')).toBeVisible();
  wait('ImagePullBackOff', 'Back-off pulling image "x"');
  await expect(notice(page, 'main has not started: ImagePullBackOff')).toContainText(
    'Back-off pulling image "x"',
  );
  await tab(page, 'Shell').click();
  await expect(notice(page, 'main does not run: ImagePullBackOff')).toBeVisible();
  k('delete', 'pod', 'waiter', '--now');
  await expect(alert(page, 'pods "waiter" not found')).toBeVisible();
  expect(urls).toEqual([]);
});

test('the logs of a workload wait for its containers', async ({ page, k, namespace }) => {
  const urls = asked(page);
  k.input(
    `
apiVersion: apps/v1
kind: Deployment
metadata: {name: stuck}
spec:
  replicas: 2
  selector: {matchLabels: {app: stuck}}
  template:
    metadata: {labels: {app: stuck}}
    spec:
      nodeSelector: {gantry.dev/nowhere: "true"}
      containers: [{name: main, image: busybox:1.35}]
`,
    'create',
    '-f',
    '-',
  );
  await visit(page, `${appsPage('deployments', namespace, 'stuck')}?tab=logs`);
  const waiting = notice(page, '2 containers have not started yet');
  await expect(waiting).toContainText(/main: Unschedulable/);
  k('scale', 'deployment', 'stuck', '--replicas=1');
  await expect(notice(page, '1 container has not started yet')).toBeVisible();
  expect(urls).toEqual([]);
});

test('a pod whose image is not there, and one that is being prepared', async ({ page, k, namespace }) => {
  test.skip(!canRunContainers, 'needs root and containerd');
  const urls = asked(page);
  k.input(talker('imageless').replace('busybox:1.35', 'gantry.invalid/nothing:1'), 'create', '-f', '-');
  k.input(
    `${talker('prepared').trimEnd()}
  initContainers:
    - {name: first, image: "busybox:1.35", command: [sh, -c, "echo preparing; sleep 3600"]}
`,
    'create',
    '-f',
    '-',
  );
  await visit(page, `${corePage('pods', namespace, 'imageless')}?tab=logs`);
  await expect(notice(page, /main has not started: (ErrImagePull|ImagePullBackOff)/)).toContainText(
    'gantry.invalid/nothing:1',
    { timeout: 40_000 },
  );
  await visit(page, `${corePage('pods', namespace, 'prepared')}?tab=logs`);
  await expect(notice(page, 'main has not started: PodInitializing')).toBeVisible({ timeout: 40_000 });
  expect(urls).toEqual([]);
  await page.getByLabel('Container').selectOption('first');
  await expect(page.getByRole('log', { name: 'Log of first' })).toContainText('preparing', {
    timeout: 40_000,
  });
});
