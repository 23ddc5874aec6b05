import {
  appsPage,
  corePage,
  expect,
  expectAccessible,
  Reader,
  tab,
  test,
  visit,
} from '../support/console.ts';
import type { Kubectl } from '../support/kubectl.ts';
import { canRunContainers } from '../support/machine.ts';
import { type Figures, startMetricsServer } from '../support/metrics-server.ts';
import { canRunProvider } from '../support/oidc-provider.ts';

const workload = (name: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: main
          image: busybox:1.35
          command: [sleep, "3600"]
          resources: {requests: {cpu: 10m, memory: 16Mi}}
`;

interface Usage {
  readonly usageNanoCores?: number;
  readonly workingSetBytes?: number;
}
interface Summary {
  readonly node: { readonly cpu: Usage; readonly memory: Usage };
  readonly pods: readonly {
    readonly podRef: { name: string };
    readonly cpu?: Usage;
    readonly memory?: Usage;
  }[];
}

/** What the node agent measures; simulated nodes measure nothing, so that figures are made up for them. */
function figuresOf(k: Kubectl, node: string, pod: string): Figures {
  if (!canRunContainers)
    return {
      node: { cpu: '1500m', memory: '3Gi' },
      pods: { [pod]: { cpu: '12345678n', memory: '20480Ki' } },
    };
  const summary = JSON.parse(k('get', '--raw', `/api/v1/nodes/${node}/proxy/stats/summary`)) as Summary;
  const amounts = ({ cpu, memory }: { readonly cpu?: Usage; readonly memory?: Usage }) => ({
    cpu: `${cpu?.usageNanoCores ?? 0}n`,
    memory: `${Math.floor((memory?.workingSetBytes ?? 0) / 1024)}Ki`,
  });
  const pods = summary.pods.map((one) => [one.podRef.name, amounts(one)]);
  return { node: amounts(summary.node), pods: Object.fromEntries(pods) };
}

test('what is used stands beside what is asked for, where metrics.k8s.io is served', async ({
  page,
  k,
  namespace,
}) => {
  test.skip(!canRunProvider, 'needs openssl');
  test.slow();
  k.input(workload('worker'), 'create', '-f', '-');
  k('rollout', 'status', 'deployment/worker', '--timeout=50s');
  const pod = k('get', 'pods', '-o', 'jsonpath={.items[0].metadata.name}');
  const node = k('get', 'pod', pod, '-o', 'jsonpath={.spec.nodeName}');
  const pods = `${appsPage('deployments', namespace, 'worker')}?tab=pods`;
  await visit(page, pods);
  await expect(page.getByText(/metrics\.k8s\.io/)).toBeVisible();
  await expect(page.getByRole('columnheader', { name: /used/i })).toHaveCount(0);
  const close = await startMetricsServer(k, { namespace, node }, () => figuresOf(k, node, pod));
  try {
    await visit(page, pods);
    await expect(page.getByRole('columnheader', { name: /used/i })).toHaveCount(2);
    const row = page.getByRole('row', { name: pod });
    await expect(row).toContainText(canRunContainers ? /\d (Ki|Mi|B)/ : /13m.*20 Mi/);
    await expectAccessible(page, 'pods with use');
    await visit(page, corePage('nodes', '', node));
    const memory = page.getByRole('row', { name: /^Memory/ });
    await expect(memory.getByRole('cell').nth(2)).toHaveText(canRunContainers ? /^[\d.]+ Gi|Mi$/ : '3 Gi');
    await visit(page, '/');
    await expect(page.getByRole('region', { name: 'Cluster' })).toContainText(
      canRunContainers ? /[\d.]+ (Gi|Mi) used/ : /1\.5 used.*3 Gi used/,
    );
    await expectAccessible(page, 'the cluster with use');
  } finally {
    close();
  }
});

test('the cluster at a glance: version, nodes, and what is asked for of their room', async ({ page, k }) => {
  k.input(workload('lodger'), 'create', '-f', '-');
  k('rollout', 'status', 'deployment/lodger', '--timeout=50s');
  const { items } = JSON.parse(k('get', 'nodes', '-o', 'json')) as { items: unknown[] };
  await visit(page, '/');
  const cluster = page.getByRole('region', { name: 'Cluster' });
  await expect(cluster).toContainText(/v1\.36\.\d/);
  await expect(cluster.getByRole('link', { name: `${items.length} of ${items.length} node` })).toBeVisible();
  for (const name of ['CPU requested', 'Memory requested', 'Pods placed'])
    await expect(cluster.getByRole('heading', { name })).toBeVisible();
  await expect(cluster).toContainText(/\d+ Mi of [\d.]+ Gi/);
  await expectAccessible(page, 'the cluster at a glance');
});

test('who may not list nodes is told that capacity is not for them', async ({
  browser,
  gantry,
  k,
  namespace,
}) => {
  const reader = await Reader.open(browser, gantry, k, namespace);
  try {
    await reader.page.goto('/');
    const cluster = reader.page.getByRole('region', { name: 'Cluster' });
    await expect(cluster).toContainText('Capacity is shown to who may list nodes and pods');
    await expect(cluster).toContainText(/v1\.36\.\d/);
    await expect(tab(reader.page, 'Summary')).toHaveCount(0);
  } finally {
    await reader.close();
  }
});
