import { alert, appsPage, button, corePage, expect, retype, tab, test } from '../support/console.ts';
import { deployment } from '../support/manifests.ts';

const text = (name: string, value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  who: ${value}\n`;

test('an edit: a mistake is told at its line, then it is reviewed and applied', async ({
  page,
  k,
  namespace,
}) => {
  k.input(deployment('web', 0), 'create', '-f', '-');
  k('wait', '--for=jsonpath={.status.observedGeneration}=1', 'deployment/web', '--timeout=30s');
  await page.goto(`${appsPage('deployments', namespace, 'web')}?tab=yaml`);
  await button(page, 'Edit YAML').click();
  const editor = page.getByRole('textbox', { name: 'Edit YAML of web' });
  await expect(editor).toBeVisible();
  const yaml = k('get', 'deployment', 'web', '-o', 'yaml');
  const line = yaml.split('\n').findIndex((one) => /^ {2}replicas: 0$/.test(one)) + 1;
  await retype(editor, yaml.replace('  replicas: 0\n', '  replicas: -1\n'));
  await button(page, 'Review and apply').click();
  await expect(alert(page, 'The server found a mistake; nothing was changed')).toContainText(
    new RegExp(`line ${line}.*spec\\.replicas.*must be greater than or equal to 0`),
  );
  await expect(page.locator('.cm-lintRange-error').first()).toContainText('replicas: -1');
  await retype(editor, yaml.replace(/^spec:\n/m, 'spec:\n  paused: true\n'));
  await button(page, 'Review and apply').click();
  const review = page.getByRole('dialog', { name: 'Review the change' });
  await expect(review).toContainText('paused: true');
  await button(review, 'Apply').click();
  await expect(page.getByText('web is changed', { exact: true })).toBeVisible();
  await expect(button(page, 'Edit YAML')).toBeVisible();
  expect(k('get', 'deployment', 'web', '-o', 'jsonpath={.spec.paused}')).toBe('true');
});

test('an edit that conflicts: both sides are shown, neither is lost unseen', async ({
  page,
  k,
  namespace,
}) => {
  k.input(text('greeting', 'nobody'), 'create', '-f', '-');
  const path = `${corePage('configmaps', namespace, 'greeting')}?tab=yaml&edit=1`;
  const editor = page.getByRole('textbox', { name: 'Edit YAML of greeting' });
  const conflict = page.getByRole('dialog', { name: 'Somebody changed the object meanwhile' });
  const current = () => k('get', 'configmap', 'greeting', '-o', 'jsonpath={.data.who}');
  const edit = async (mine: string, theirs: string): Promise<void> => {
    await page.goto(path);
    await expect(editor).toContainText('kind: ConfigMap');
    const before = k('get', 'configmap', 'greeting', '-o', 'yaml');
    k('patch', 'configmap', 'greeting', '-p', JSON.stringify({ data: { who: theirs } }));
    await expect(page.getByText('The object has changed since you began.')).toBeVisible();
    await retype(editor, before.replace(/who: .*/, `who: ${mine}`));
    await button(page, 'Review and apply').click();
    await expect(conflict).toContainText(mine);
    await expect(conflict).toContainText(theirs);
    expect(current()).toBe(theirs);
  };
  await edit('me', 'them');
  await button(conflict, 'Discard mine, edit theirs').click();
  await expect(editor).toContainText('who: them');
  await edit('me-again', 'them-again');
  await button(conflict, 'Keep mine over theirs').click();
  await button(page, 'Review and apply').click();
  await button(page.getByRole('dialog', { name: 'Review the change' }), 'Apply').click();
  await expect(page.getByText('greeting is changed', { exact: true })).toBeVisible();
  expect(current()).toBe('me-again');
});

test("a secret's values show only when asked for, and an edit does not lose them", async ({
  page,
  k,
  namespace,
}) => {
  k('create', 'secret', 'generic', 'key', '--from-literal=word=open-sesame');
  await page.goto(corePage('secrets', namespace, 'key'));
  await expect(page.getByText('word', { exact: true })).toBeVisible();
  await expect(page.getByText('open-sesame')).toHaveCount(0);
  await button(page, 'Show the values').click();
  await expect(page.getByText('open-sesame')).toBeVisible();
  await tab(page, 'YAML').click();
  const encoded = Buffer.from('open-sesame').toString('base64');
  await expect(page.getByText('kind: Secret')).toBeVisible();
  await expect(page.getByText(encoded)).toHaveCount(0);
  await button(page, 'Edit YAML').click();
  await expect(page.getByRole('textbox', { name: 'Edit YAML of key' })).toContainText(encoded);
});

test('create from YAML: checked first, several documents, mistakes with their line', async ({
  page,
  k,
  namespace,
}) => {
  k('get', 'namespace', namespace);
  await page.goto(`/create?kind=ConfigMap&ns=${namespace}`);
  const editor = page.getByRole('textbox', { name: 'YAML of the new objects' });
  await expect(editor).toContainText('kind: ConfigMap');
  await retype(editor, `${text('one', 'a')}---\n${text('two', 'b')}dota: {}\n`);
  await button(page, 'Check').click();
  await expect(alert(page, 'The server found a mistake')).toContainText(/line 14.*dota.*unknown field/);
  await retype(editor, `${text('one', 'a')}---\n${text('two', 'b')}`);
  await button(page, 'Check').click();
  await expect(page.getByRole('status').filter({ hasText: 'The server would accept' })).toContainText(
    /ConfigMap\/one.*ConfigMap\/two/,
  );
  expect(k('get', 'configmaps', '-o', 'name')).not.toContain('configmap/one');
  await button(page, 'Create').click();
  await page.getByRole('link', { name: 'ConfigMap/two' }).click();
  await expect(page).toHaveURL(corePage('configmaps', namespace, 'two'));
});

test('scale, restart and delete a Deployment', async ({ page, k, namespace }) => {
  k.input(deployment('web', 0), 'create', '-f', '-');
  await page.goto(appsPage('deployments', namespace, 'web'));
  await button(page, 'Scale').click();
  const scale = page.getByRole('dialog', { name: 'Scale web' });
  await scale.getByLabel('Replicas').fill('1');
  await button(scale, 'Scale').click();
  await expect(page.getByText('web is to have 1 replica', { exact: true })).toBeVisible();
  await expect(page.getByText(/\d of 1 ready/)).toBeVisible();
  await button(page, 'Restart').click();
  await expect(page.getByText('web restarts', { exact: true })).toBeVisible();
  expect(k('get', 'deployment', 'web', '-o', 'jsonpath={.spec.template.metadata.annotations}')).toContain(
    'kubectl.kubernetes.io/restartedAt',
  );
  await button(page, 'Delete').click();
  const confirm = page.getByRole('dialog', { name: `Delete Deployment web in ${namespace}?` });
  await button(confirm, 'Cancel').click();
  await expect(confirm).toHaveCount(0);
  await button(page, 'Delete').click();
  await button(confirm, 'Delete').click();
  await expect(page).toHaveURL('/resources/apps/v1/deployments');
  await expect.poll(() => k('get', 'deployments', '-o', 'name')).toBe('');
});

test('a Namespace is deleted only when its name was typed', async ({ page, k, namespace }) => {
  k('get', 'namespace', namespace);
  await page.goto(corePage('namespaces', '', namespace));
  await button(page, 'Delete').click();
  const confirm = page.getByRole('dialog', { name: `Delete Namespace ${namespace}?` });
  await expect(button(confirm, 'Delete')).toHaveAttribute('aria-disabled', 'true');
  await confirm.getByLabel(`Type ${namespace} to confirm`).fill(namespace);
  await button(confirm, 'Delete').click();
  await expect(page.getByText(`${namespace} is being deleted`, { exact: true })).toBeVisible();
  await expect.poll(() => k.try(['get', 'namespace', namespace]).stderr).toContain('NotFound');
});

test('a node is cordoned and takes pods again', async ({ page, k }) => {
  const node = k('get', 'nodes', '-o', 'jsonpath={.items[0].metadata.name}');
  await page.goto(corePage('nodes', '', node));
  await button(page, 'Cordon').click();
  await expect(button(page, 'Uncordon')).toBeVisible();
  expect(k('get', 'node', node, '-o', 'jsonpath={.spec.unschedulable}')).toBe('true');
  await button(page, 'Uncordon').click();
  await expect(button(page, 'Cordon')).toBeVisible();
  expect(k('get', 'node', node, '-o', 'jsonpath={.spec.unschedulable}')).toBe('');
});
