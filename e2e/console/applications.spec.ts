import { alert, button, expect, pushLive, tab, test } from '../support/console.ts';
import { canRunContainers } from '../support/machine.ts';
import { configMap, deployment, service } from '../support/manifests.ts';

const web = (replicas: number): string =>
  deployment('web', replicas, 'busybox:1.35')
    .replace('ports:', 'command: [httpd, -f]\n          ports:')
    .replace('    spec:', '    spec:\n      terminationGracePeriodSeconds: 1');

test.describe(() => {
  test.skip(!canRunContainers, 'needs root and containerd');

  test('push to healthy with the page open; an edit in the cluster; sync now; history', async ({
    page,
    k,
    copy,
    namespace,
  }) => {
    copy.write('web.yaml', web(2));
    copy.write('service.yaml', service('web'));
    copy.write('settings.yaml', configMap('settings', { colour: 'green' }));
    await page.goto(`/applications?ns=${namespace}`);
    await expect(page.getByRole('heading', { name: 'Applications' })).toBeVisible();
    const push = pushLive(copy, 'the first one');
    await page.getByRole('link', { name: namespace }).click();
    const health = page.getByRole('definition').nth(1);
    const sync = page.getByRole('definition').nth(0);
    // A warm image makes it healthy before anybody can look.
    await expect(page.getByRole('row', { name: /Deployment web/ })).toContainText(/Progressing|Healthy/);
    await expect(health).toHaveText('Healthy', { timeout: 60_000 });
    await expect(sync).toHaveText(/^(In sync|Synced)$/);
    expect(await push).toMatchObject({ code: 0, output: expect.stringContaining('Healthy') });
    for (const made of [/Service web/, /ConfigMap settings/, /Deployment web.*2 of 2 pods ready/])
      await expect(page.getByRole('row', { name: made })).toBeVisible();
    await expect(page.getByRole('row', { name: /^Pod web-/ })).toHaveCount(2);
    await expect(page.getByRole('row', { name: /Deployment web/ })).toContainText('web.yaml');

    await tab(page, 'Plan and diff').click();
    await expect(page.getByText('A sync would change nothing')).toBeVisible();
    k('patch', 'configmap', 'settings', '-p', '{"data":{"colour":"red"}}');
    await expect(page.getByRole('row', { name: /data\.colour.*red.*green/ })).toBeVisible();
    await expect(page.getByText(/changed by admin/)).toBeVisible();
    await button(page, 'Sync now').click();
    await expect(page.getByText('A sync would change nothing')).toBeVisible();
    expect(k('get', 'configmap', 'settings', '-o', 'jsonpath={.data.colour}')).toBe('green');

    await tab(page, 'History').click();
    await expect(page.getByRole('listitem').filter({ hasText: 'the first one' }).last()).toContainText(
      '3 created',
    );
  });
});

test('a bad push is shown with its file, line, field and reason', async ({ page, copy, namespace }) => {
  copy.write('settings.yaml', configMap('settings', { colour: 'green' }));
  expect(await pushLive(copy, 'good')).toMatchObject({ code: 0 });
  await page.goto(`/applications/${namespace}/${namespace}`);
  await expect(page.getByRole('row', { name: /ConfigMap settings/ })).toBeVisible();
  copy.write('web.yaml', web(1).replace('  replicas: 1\n', '  replicas: 1\n  replica: 1\n'));
  const { code, output } = await pushLive(copy, 'bad');
  expect(code).not.toBe(0);
  expect(output).toContain('web.yaml:9');
  const rejected = alert(page, 'The last push, by admin, was rejected; nothing was changed');
  await expect(rejected).toContainText('web.yaml:9');
  await expect(rejected).toContainText('spec.replica');
  await tab(page, 'Rejected pushes').click();
  await expect(page.getByRole('tabpanel')).toContainText(/web\.yaml:9.*unknown field/);
});

test('an Application is deleted only when its name was typed; what it made stays', async ({
  page,
  k,
  copy,
  namespace,
}) => {
  copy.write('settings.yaml', configMap('settings', { colour: 'green' }));
  expect(await pushLive(copy, 'good')).toMatchObject({ code: 0 });
  await page.goto(`/applications/${namespace}/${namespace}`);
  await button(page, 'Delete').click();
  const confirm = page.getByRole('dialog');
  await confirm.getByLabel(`Type ${namespace} to confirm`).fill(namespace);
  await button(confirm, 'Delete').click();
  await expect(page).toHaveURL('/applications');
  expect(k('get', 'configmap', 'settings', '-o', 'name')).toContain('settings');
});
