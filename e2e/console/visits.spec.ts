import type { Page } from '@playwright/test';
import {
  appsPage,
  button,
  corePage,
  expect,
  expectAccessible,
  pushLive,
  retype,
  row,
  tab,
  talker,
  test,
  visit,
} from '../support/console.ts';
import { canRunContainers } from '../support/machine.ts';
import { configMap, deployment, service } from '../support/manifests.ts';

/** Every page, tab and dialog: axe finds nothing, the browser console stays empty, nothing scrolls sideways. */
async function judge(page: Page, what: string): Promise<void> {
  await expectAccessible(page, what);
  const wider = await page.evaluate<number>(
    'Math.max(...[document.documentElement, ...document.querySelectorAll("main")].map((one) => one.scrollWidth - one.clientWidth))',
  );
  expect(wider, `${what} is wider than the window by`).toBeLessThanOrEqual(0);
}

test('sign in', async ({ page, complaints }) => {
  complaints.allow(/status of 401/);
  await page.context().clearCookies();
  await page.goto('/signin');
  await page.getByLabel('User name').fill('nobody');
  await page.getByLabel('Password').fill('wrong');
  await button(page, 'Sign in').click();
  await expect(page.getByText('The user name or the password is wrong.')).toBeVisible();
  await judge(page, 'sign in');
});

const PAGES: readonly (readonly [path: string, heading: string])[] = [
  ['/', 'Overview'],
  ['/applications', 'Applications'],
  ['/kinds', 'All kinds'],
  ['/account', 'Your account'],
  ['/users', 'Local users'],
  ['/topology?ns=default', 'Topology'],
  ['/events', 'Events'],
  ['/resources/core/v1/nodes', 'Nodes'],
  ['/resources/core/v1/namespaces?wide=1', 'Namespaces'],
  ['/resources/core/v1/events', 'Events'],
  ['/resources/core/v1/pods', 'Pods'],
  ['/resources/apps/v1/statefulsets', 'StatefulSets'],
  ['/resources/core/v1/services', 'Services'],
  ['/resources/core/v1/secrets', 'Secrets'],
  ['/resources/rbac.authorization.k8s.io/v1/clusterroles', 'ClusterRoles'],
  ['/resources/gitops.gantry.dev/v1alpha1/repositories', 'Repositories'],
];

test('pages and lists', async ({ page, k, complaints }) => {
  test.slow();
  // The last one is not there.
  complaints.allow(/status of 404.*\/no\/such\/page/);
  k.input(deployment('web', 0), 'create', '-f', '-');
  for (const [path, heading] of PAGES) {
    await visit(page, path);
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible();
    await settled(page);
    await judge(page, path);
  }
  await page.goto('/no/such/page');
  await expect(page.getByRole('heading')).toBeVisible();
  await judge(page, 'not found');
});

/** No placeholder of something that is on its way. */
const settled = (page: Page): Promise<void> => expect(page.locator('main .hatched')).toHaveCount(0);

test('tabs and dialogs of objects', async ({ page, k, namespace }) => {
  test.slow();
  k.input(deployment('web', 0), 'create', '-f', '-');
  k.input(service('web'), 'create', '-f', '-');
  k.input(configMap('settings', { colour: 'green' }), 'create', '-f', '-');
  await visit(page, appsPage('deployments', namespace, 'web'));
  for (const name of ['Pods', 'Logs', 'Revisions', 'YAML', 'Events', 'Summary']) {
    await tab(page, name).click();
    await settled(page);
    await judge(page, `Deployment, ${name}`);
  }
  for (const name of ['Scale', 'Delete']) {
    await button(page, name).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await judge(page, `Deployment, dialog ${name}`);
    await page.keyboard.press('Escape');
  }
  await visit(page, corePage('namespaces', '', namespace));
  await button(page, 'Delete').click();
  await judge(page, 'a deletion by name');
  const node = k('get', 'nodes', '-o', 'jsonpath={.items[0].metadata.name}');
  await visit(page, corePage('nodes', '', node));
  for (const name of ['Pods', 'Summary']) {
    await tab(page, name).click();
    await settled(page);
    await judge(page, `Node, ${name}`);
  }
  await visit(page, corePage('services', namespace, 'web'));
  await settled(page);
  await judge(page, 'Service');
  await visit(page, `/resources/core/v1/configmaps?ns=${namespace}&sel=${namespace}%2Fsettings`);
  await expect(row(page, 'settings')).toBeVisible();
  await expect(page.getByRole('complementary').getByRole('tab').first()).toBeVisible();
  await judge(page, 'drawer');
});

test('editor: a mistake, the review, a conflict; create from YAML', async ({ page, k, namespace }) => {
  k.input(configMap('settings', { colour: 'green' }), 'create', '-f', '-');
  await visit(page, `${corePage('configmaps', namespace, 'settings')}?tab=yaml&edit=1`);
  const editor = page.getByRole('textbox', { name: 'Edit YAML of settings' });
  await expect(editor).toContainText('kind: ConfigMap');
  const yaml = k('get', 'configmap', 'settings', '-o', 'yaml');
  await retype(editor, yaml.replace('colour: green', 'colour: [1]'));
  await button(page, 'Review and apply').click();
  await expect(page.getByText(/The server found a mistake/)).toBeVisible();
  await judge(page, 'a mistake in the editor');
  await retype(editor, yaml.replace('colour: green', 'colour: red'));
  await button(page, 'Review and apply').click();
  const review = page.getByRole('dialog', { name: 'Review the change' });
  await expect(review).toBeVisible();
  await judge(page, 'the review of an edit');
  await page.keyboard.press('Escape');
  k('patch', 'configmap', 'settings', '-p', '{"data":{"colour":"blue"}}');
  await button(page, 'Review and apply').click();
  await expect(page.getByRole('dialog', { name: 'Somebody changed the object meanwhile' })).toBeVisible();
  await judge(page, 'a conflict');
  await visit(page, `/create?kind=Deployment&ns=${namespace}`);
  await expect(page.getByRole('textbox')).toContainText('kind: Deployment');
  await button(page, 'Check').click();
  await expect(page.getByText('The server would accept')).toBeVisible();
  await judge(page, 'create from YAML');
});

test('logs and shell of a pod', async ({ page, k, namespace }) => {
  test.skip(!canRunContainers, 'needs root and containerd');
  k.input(talker('talker'), 'create', '-f', '-');
  await visit(page, `${corePage('pods', namespace, 'talker')}?tab=logs`);
  await expect(page.getByRole('log')).toContainText('line 1 of talker', { timeout: 40_000 });
  await judge(page, 'logs');
  await tab(page, 'Shell').click();
  const shell = page.getByRole('region', { name: 'Shell in main' });
  await expect(shell).toContainText('/ #');
  await page.keyboard.type('echo 6 x 7 = $((6 * 7))\n');
  await expect(shell).toContainText('6 x 7 = 42');
  await judge(page, 'shell');
  await tab(page, 'Events').click();
  await expect(page.getByText('Started', { exact: true })).toBeVisible();
  await judge(page, 'events of a pod');
});

test('an application: objects, drift, history, a rejected push', async ({ page, k, copy, namespace }) => {
  copy.write('settings.yaml', configMap('settings', { colour: 'green' }));
  expect(await pushLive(copy, 'good')).toMatchObject({ code: 0 });
  copy.write('bad.yaml', configMap('bad', { ok: 'yes' }).replace('\ndata:', '\ndada:'));
  expect(await pushLive(copy, 'bad')).toMatchObject({ code: 1 });
  k('patch', 'configmap', 'settings', '-p', '{"data":{"colour":"red"}}');
  await visit(page, `/applications/${namespace}/${namespace}`);
  await expect(page.getByText('bad.yaml:5').first()).toBeVisible();
  await expect(page.getByRole('row', { name: /ConfigMap settings/ })).toBeVisible();
  await judge(page, 'objects of an application');
  for (const [name, text] of [
    ['Plan and diff', 'data.colour'],
    ['History', 'good'],
    ['Rejected pushes', 'dada'],
    ['YAML', 'kind: Application'],
    ['Events', /ago/],
  ] as const) {
    await tab(page, name).click();
    await expect(page.getByRole('tabpanel').getByText(text).first()).toBeVisible();
    await judge(page, `application, ${name}`);
  }
  await visit(page, '/applications');
  await expect(page.getByRole('link', { name: namespace })).toBeVisible();
  await judge(page, 'applications');
  await visit(page, '/');
  await expect(page.getByRole('heading', { name: 'Last synced' })).toBeVisible();
  await judge(page, 'overview with applications');
  await page.setViewportSize({ width: 390, height: 844 });
  const age = page.getByRole('row', { name: namespace }).getByRole('cell', { name: /ago$/ });
  const { x, width } = (await age.boundingBox()) ?? { x: Number.NaN, width: 0 };
  expect(x + width, 'where the row ends').toBeLessThanOrEqual(390);
});

test('palette, keys, namespaces, account', async ({ page, gantry: { status } }) => {
  await visit(page, '/');
  await settled(page);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').fill('pod');
  await expect(page.getByRole('option').first()).toBeVisible();
  await judge(page, 'palette');
  await page.keyboard.press('Escape');
  await button(page, 'Keys').click();
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await judge(page, 'keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await expect(page.getByRole('option', { name: 'kube-system' })).toBeVisible();
  await judge(page, 'namespaces');
  await page.keyboard.press('Escape');
  await button(page, `Account: ${status.adminUser}`).click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  await judge(page, 'account menu');
});

test.describe('390 pixels wide', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('nothing scrolls sideways, the menu leads everywhere', async ({ page, k, namespace }) => {
    test.slow();
    k.input(deployment('web', 0), 'create', '-f', '-');
    for (const [path, heading] of PAGES.filter((_, index) => index < 11)) {
      await visit(page, path);
      await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible();
      await settled(page);
      await judge(page, `${path}, narrow`);
    }
    await visit(page, appsPage('deployments', namespace, 'web'));
    await expect(button(page, 'Delete')).toBeInViewport();
    await judge(page, 'Deployment, narrow');
    await tab(page, 'YAML').click();
    await settled(page);
    await judge(page, 'YAML, narrow');
    await button(page, 'Menu').click();
    const menu = page.getByRole('dialog', { name: 'Menu' });
    await judge(page, 'menu, narrow');
    await menu.getByRole('link', { name: 'ConfigMaps' }).click();
    await expect(menu).toHaveCount(0);
    await visit(page, `/resources/apps/v1/deployments?ns=${namespace}&sel=${namespace}%2Fweb`);
    const drawer = page.getByRole('complementary', { name: 'Details of web' });
    await expect(drawer.getByRole('tab').first()).toBeVisible();
    await judge(page, 'drawer, narrow');
    await button(drawer, 'Close the details').click();
    await expect(row(page, 'web')).toBeVisible();
  });
});
