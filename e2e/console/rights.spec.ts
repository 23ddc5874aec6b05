import { alert, appsPage, button, corePage, expect, Reader, row, test } from '../support/console.ts';
import { deployment } from '../support/manifests.ts';

test('what rights deny is disabled and says which right is missing', async ({
  browser,
  gantry,
  k,
  namespace,
}) => {
  k.input(deployment('web', 0), 'create', '-f', '-');
  const reader = await Reader.open(browser, gantry, k, namespace);
  const { page } = reader;
  try {
    await page.goto(appsPage('deployments', namespace, 'web'));
    await expect(button(page, `Account: system:serviceaccount:${namespace}:reader`)).toBeVisible();
    for (const name of ['Scale', 'Restart', 'Edit', 'Delete'])
      await expect(button(page, name)).toHaveAttribute('aria-disabled', 'true');
    await button(page, 'Scale').focus();
    await expect(page.getByRole('tooltip')).toHaveText(
      `You lack the verb patch on deployments.apps/scale in the namespace ${namespace}`,
    );
    await button(page, 'Delete').click({ force: true });
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.goto(`/resources/apps/v1/deployments?ns=${namespace}`);
    await expect(row(page, 'web')).toBeVisible();
    await page.goto(`/resources/core/v1/secrets?ns=${namespace}`);
    await expect(
      alert(
        page,
        `User "system:serviceaccount:${namespace}:reader" cannot list resource "secrets" in API group "" in the namespace "${namespace}"`,
      ),
    ).toBeVisible();
    await page.goto(corePage('namespaces', '', namespace));
    await expect(page.getByRole('heading', { name: namespace })).toBeVisible();
    await page.goto(`/create?kind=Secret&ns=${namespace}`);
    const create = button(page, 'Create');
    await expect(create).toHaveAttribute('aria-disabled', 'true');
    await create.focus();
    await expect(page.getByRole('tooltip')).toHaveText(
      `You lack the verb create on secrets in the namespace ${namespace}`,
    );
    await page.goto('/');
    await expect(page.getByText('You lack the verb list on nodes.')).toBeVisible();
  } finally {
    await reader.close();
  }
});
