import { button, expect, expectAccessible, test, visit } from '../support/console.ts';

test('a workload with its service, by a form whose YAML stays beside it', async ({ page, k, namespace }) => {
  await visit(page, `/create/workload?ns=${namespace}`);
  const preview = page.getByRole('region', { name: 'YAML of this form' });
  await expect(button(page, 'Create')).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel('Name', { exact: true }).fill('web');
  await page.getByLabel('Image').fill('busybox:1.35');
  await page.getByLabel('Pods').fill('0');
  await page.getByLabel('Port', { exact: true }).fill('80');
  await page.getByLabel('Environment').fill('GREETING=hello');
  await expect(preview).toContainText('kind: Deployment');
  await expect(preview).toContainText('value: hello');
  await expectAccessible(page, 'the form of a workload');
  await button(page, 'Check').click();
  await expect(page.getByRole('status').filter({ hasText: 'The server would accept' })).toBeVisible();
  await button(page, 'Create').click();
  await expect(page.getByRole('link', { name: 'Service/web' })).toBeVisible();
  expect(
    k('get', 'deployment', 'web', '-o', 'jsonpath={.spec.template.spec.containers[0].env[0].value}'),
  ).toBe('hello');
  expect(k('get', 'service', 'web', '-o', 'jsonpath={.spec.ports[0].port}')).toBe('80');
});

test('what the server refuses is told in a form too', async ({ page, k, namespace }) => {
  await visit(page, `/create/service?ns=${namespace}`);
  await page.getByLabel('Name', { exact: true }).fill('Not A Name');
  await page.getByLabel('Leads to').fill('web');
  await button(page, 'Create').click();
  await expect(page.getByText(/must consist of lower case/)).toBeVisible();
  expect(k('get', 'services', '-o', 'name')).toBe('');
});

test('an application by a form, in Chinese', async ({ page, k, namespace, gantry }) => {
  await page.context().addCookies([{ name: 'gantry-locale', value: 'zh', url: gantry.status.consoleUrl }]);
  await page.goto(`/create/application?ns=${namespace}`);
  await expect(page.getByRole('button', { name: /admin/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: '新建应用' })).toBeVisible();
  await page.getByLabel('名称').fill('shop');
  await page.getByLabel('仓库').fill('shop');
  await page.getByLabel('跟随', { exact: true }).selectOption('semver');
  await page.getByLabel('哪一个').fill('>=1.0.0 <2');
  await page.getByRole('button', { name: '创建' }).click();
  await expect(page.getByRole('link', { name: 'Application/shop' })).toBeVisible();
  expect(k('get', 'application', 'shop', '-o', 'jsonpath={.spec.source.semver}')).toBe('>=1.0.0 <2');
});
