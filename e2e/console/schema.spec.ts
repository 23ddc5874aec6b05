import {
  appsPage,
  button,
  corePage,
  expect,
  expectAccessible,
  retype,
  test,
  visit,
} from '../support/console.ts';
import { configMap, deployment } from '../support/manifests.ts';

const CRD = (group: string): string => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.${group}}
spec:
  group: ${group}
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                colour: {type: string, enum: [red, green], description: What it looks like.}
`;

test('the editor completes fields and values by the schema of the kind, and explains them', async ({
  page,
  k,
  namespace,
}) => {
  k.input(deployment('web', 0), 'create', '-f', '-');
  await visit(page, `${appsPage('deployments', namespace, 'web')}?tab=yaml&edit=1`);
  const editor = page.getByRole('textbox', { name: 'Edit YAML of web' });
  await expect(editor).toContainText('kind: Deployment');
  await retype(editor, k('get', 'deployment', 'web', '-o', 'yaml').replace(/^status:[\s\S]*/m, ''));
  await editor.press('ControlOrMeta+f');
  await page.keyboard.type('replicas: 0');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await editor.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('minRea');
  const option = page.getByRole('option', { name: /minReadySeconds/ });
  await expect(option).toBeVisible();
  await expect(page.locator('.gantry-schema-docs').first()).toContainText(/integer/);
  await expectAccessible(page, 'completion');
  await page.keyboard.press('Enter');
  await page.keyboard.type('3');
  await expect(editor).toContainText('minReadySeconds: 3');
  await editor.getByText('strategy', { exact: true }).first().hover();
  await expect(page.locator('.cm-tooltip-hover .gantry-schema-docs')).toContainText('strategy');
});

test('a custom kind is completed too, as soon as it is served', async ({ page, k, namespace }) => {
  const group = `${namespace}.example.com`;
  k.input(CRD(group), 'create', '-f', '-');
  k('wait', '--for=condition=Established', `crd/widgets.${group}`);
  try {
    await visit(page, `/create?ns=${namespace}`);
    const editor = page.getByRole('textbox', { name: 'YAML of the new objects' });
    await retype(editor, `apiVersion: ${group}/v1\nkind: Widget\nmetadata:\n  name: one\nspec:\n  colour: `);
    // The server publishes the schema of a new kind a little later.
    await expect(async () => {
      await editor.press('Control+Space');
      await expect(page.getByRole('option', { name: 'green' })).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await page.getByRole('option', { name: 'green' }).click();
    await expect(editor).toContainText('colour: green');
  } finally {
    k('delete', 'crd', `widgets.${group}`);
  }
});

test('owners and dependants of an object lead to each other', async ({ page, k, namespace }) => {
  k.input(deployment('web', 1), 'create', '-f', '-');
  k.input(configMap('settings', { a: 'b' }), 'create', '-f', '-');
  await visit(page, `/resources/apps/v1/deployments?ns=${namespace}&sel=${namespace}%2Fweb`);
  const drawer = page.getByRole('complementary', { name: 'Details of web' });
  const list = drawer.getByRole('list', { name: 'Dependants' });
  await expect(list.getByRole('link', { name: /^web-/ })).toHaveCount(2);
  await expectAccessible(page, 'dependants');
  const [pod = ''] = k('get', 'pods', '-o', 'name').trim().split('\n');
  await list.getByRole('link', { name: pod.replace('pod/', ''), exact: true }).click();
  await page.getByRole('link', { name: /^ReplicaSet web-/ }).click();
  await page.getByRole('link', { name: 'Deployment web' }).click();
  await expect(page).toHaveURL(appsPage('deployments', namespace, 'web'));
  await page.goto(corePage('configmaps', namespace, 'settings'));
  await expect(button(page, 'Delete')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Dependants' })).toHaveCount(0);
});
