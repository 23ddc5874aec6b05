import { expect, expectAccessible, Reader, test, visit } from '../support/console.ts';
import { deployment, service } from '../support/manifests.ts';

const INGRESS = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front}
spec:
  rules:
    - http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
`;

test('the topology leads from ingress to pods, as a picture and as a table', async ({
  page,
  k,
  namespace,
}) => {
  await visit(page, '/topology');
  await expect(page.getByText('Choose a namespace')).toBeVisible();
  await expectAccessible(page, 'topology without a namespace');
  for (const yaml of [INGRESS, service('web'), deployment('web', 1)]) k.input(yaml, 'create', '-f', '-');
  await page.goto(`/topology?ns=${namespace}`);
  const table = page.getByRole('table', { name: 'What leads to what' });
  for (const name of [/^Ingress front/, /^Service web/, /^Deployment web/, /^Pod web-/])
    await expect(table.getByRole('row', { name })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Graph of 4 objects/ })).toBeVisible();
  await expect(page.locator('.react-flow__node')).toHaveCount(4);
  await expect(page.locator('.react-flow__edge')).toHaveCount(3);
  await expectAccessible(page, 'topology');
  k('scale', 'deployment', 'web', '--replicas=2');
  await expect(table.getByRole('row', { name: /^Pod web-/ })).toHaveCount(2);
  await page.getByRole('button', { name: 'Show all of it' }).click();
  await expect(page.locator('.react-flow__node')).toHaveCount(5);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(table).toBeVisible();
  await expectAccessible(page, 'topology, narrow');
  await page.setViewportSize({ width: 1440, height: 900 });
  // The picture is fitted anew to its room: until it rests, a press may miss.
  await expect(async () => {
    await page.locator('.react-flow__node').filter({ hasText: 'Ingress' }).click();
    await expect(page).toHaveURL(/\/ingresses\//, { timeout: 1_000 });
  }).toPass();
});

/** Held back from the scheduler, which has others to care for. */
const MANY = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: many}
spec:
  replicas: 1000
  selector: {matchLabels: {app: many}}
  template:
    metadata: {labels: {app: many}}
    spec:
      schedulingGates: [{name: gantry.dev/held}]
      containers: [{name: main, image: "busybox:1.35"}]
`;

test('the pods of a workload are one box in a namespace of more than 1,000', async ({
  page,
  k,
  namespace,
}) => {
  test.slow();
  k.input(MANY, 'create', '-f', '-');
  k('wait', '--for=jsonpath={.status.replicas}=1000', 'deployment/many', '--timeout=120s');
  await visit(page, `/topology?ns=${namespace}`);
  await expect(
    page.getByText('There are many pods here: those of one workload stand in one box.'),
  ).toBeVisible();
  await expect(page.locator('.react-flow__node')).toHaveCount(2);
  const table = page.getByRole('table', { name: 'What leads to what' });
  await expect(table.getByRole('row', { name: /^Pods of many 0\/1000/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /^Deployment many/ })).toBeVisible();
  await expectAccessible(page, 'a large topology');
  k('scale', 'deployment', 'many', '--replicas=3');
  // Few enough again, without a reload.
  await expect(page.locator('.react-flow__node')).toHaveCount(4, { timeout: 60_000 });
  await expect(table.getByRole('row', { name: /^Pod many-/ })).toHaveCount(3);
});

test('what may not be listed is left out of the topology, and said', async ({
  browser,
  gantry,
  k,
  namespace,
}) => {
  k.input(deployment('web', 0), 'create', '-f', '-');
  const reader = await Reader.open(browser, gantry, k, namespace);
  try {
    const { page } = reader;
    await page.goto(`/topology?ns=${namespace}`);
    await expect(page.getByRole('row', { name: /^Deployment web/ })).toBeVisible();
    k('delete', 'rolebinding', 'reader');
    await page.reload();
    await expect(page.getByText(/you lack the verb list on .*deployments\.apps/)).toBeVisible();
  } finally {
    await reader.close();
  }
});

test('events stream in, filtered by type, kind and word in the address', async ({ page, k, namespace }) => {
  await page.goto(`/events?ns=${namespace}`);
  await expect(page.getByRole('heading', { name: 'Events', exact: true })).toBeVisible();
  k.input(deployment('web', 1), 'create', '-f', '-');
  const list = page.getByRole('list', { name: 'Events' });
  await expect(list.getByText('ScalingReplicaSet')).toBeVisible();
  await expect(list.getByRole('link', { name: 'Deployment web' })).toBeVisible();
  await expectAccessible(page, 'events');
  await page.getByRole('combobox', { name: 'Kind of the object' }).selectOption('ReplicaSet');
  await expect(page).toHaveURL(/kind=replicaset/);
  await expect(list.getByText('ScalingReplicaSet')).toHaveCount(0);
  await expect(list.getByText('SuccessfulCreate')).toBeVisible();
  await page.reload();
  await expect(list.getByText('SuccessfulCreate')).toBeVisible();
  await page.getByRole('combobox', { name: 'Type' }).selectOption('Warning');
  await expect(page.getByText('No event matches the filters')).toBeVisible();
  await expectAccessible(page, 'no events');
  await page.goto(`/events?ns=${namespace}&q=scaled`);
  await list.getByRole('link', { name: 'Deployment web' }).first().click();
  await expect(page).toHaveURL(/deployments\/.*\/web\?tab=events/);
});
