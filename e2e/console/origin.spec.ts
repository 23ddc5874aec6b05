import { appsPage, corePage, expect, expectAccessible, pushLive, test, visit } from '../support/console.ts';
import { configMap, deployment } from '../support/manifests.ts';

test('an object says which Application it comes from, with repository, commit and line', async ({
  page,
  k,
  copy,
  namespace,
}) => {
  test.slow();
  const pausing = deployment('web', 1, 'busybox:1.35').replace(
    'ports:',
    'command: [sleep, "3600"]\n          ports:',
  );
  copy.write('apps/web.yaml', pausing);
  expect(await pushLive(copy, 'the first one')).toMatchObject({ code: 0 });
  const commit = copy.git('rev-parse', 'HEAD').slice(0, 7);
  await visit(page, appsPage('deployments', namespace, 'web'));
  const main = page.getByRole('main');
  const words = `From Git: application ${namespace}, repository ${namespace}, commit ${commit}, apps/web.yaml:2`;
  await expect(main.getByText(words)).toBeVisible();
  await expectAccessible(page, 'an object from Git');
  await main.getByRole('link', { name: commit }).click();
  await expect(page).toHaveURL(`/applications/${namespace}/${namespace}?tab=timeline`);
  await expect(page.getByRole('listitem').filter({ hasText: 'the first one' }).first()).toBeVisible();
  await page.goBack();
  await main.getByRole('link', { name: 'apps/web.yaml:2' }).click();
  await expect(page.getByRole('row', { name: /Deployment\/web/ }).first()).toContainText(commit);

  // What its controllers made, in the drawer.
  const pod = (): string => k('get', 'pods', '-o', 'jsonpath={.items[*].metadata.name}');
  await expect.poll(pod).toMatch(/^web-/);
  await visit(
    page,
    `/resources/core/v1/pods?ns=${namespace}&sel=${encodeURIComponent(`${namespace}/${pod()}`)}`,
  );
  const drawer = page.getByRole('complementary', { name: /^Details of/ });
  await expect(drawer.getByText(`From Git by Deployment/web: application ${namespace}`)).toBeVisible();
  await expectAccessible(page, 'a drawer with what comes from Git');

  // A later commit is told without a reload; what nobody pushed comes from nowhere.
  await visit(page, appsPage('deployments', namespace, 'web'));
  await expect(main.getByRole('link', { name: commit })).toBeVisible();
  copy.write('apps/settings.yaml', configMap('settings', { colour: 'green' }));
  expect(await pushLive(copy, 'another')).toMatchObject({ code: 0 });
  const next = copy.git('rev-parse', 'HEAD').slice(0, 7);
  await expect(main.getByRole('link', { name: next })).toBeVisible();
  k('create', 'configmap', 'stray');
  await visit(page, corePage('configmaps', namespace, 'stray'));
  await expect(page.getByRole('heading', { name: 'stray' })).toBeVisible();
  await expect(page.getByText(/^From Git/)).toHaveCount(0);
});

test('the version of a chart, and details that a large status leaves out, are told', async ({
  page,
  copy,
  namespace,
}) => {
  copy.write('settings.yaml', configMap('settings', { colour: 'green' }));
  expect(await pushLive(copy, 'one')).toMatchObject({ code: 0 });
  await page.route(/\/trpc\/.*applications\.get/, async (route) => {
    const response = await route.fetch();
    const body = (await response.text())
      .replaceAll('"detailsOmitted":0', '"detailsOmitted":3')
      .replaceAll('"chartVersion":""', '"chartVersion":"15.2.1"');
    await route.fulfill({ response, body });
  });
  await visit(page, `/applications/${namespace}/${namespace}`);
  await expect(page.getByText(/branch main, chart 15\.2\.1/)).toBeVisible();
  await expect(page.getByText(/^3 objects are shown without messages/)).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: namespace, exact: true }).first().click();
  await expect(page).toHaveURL(new RegExp(`/repositories/${namespace}/${namespace}$`));
});

test('390 pixels wide, the objects of an application, the list and the ledger need no scrolling sideways', async ({
  page,
  copy,
  namespace,
}) => {
  copy.write(
    'a-folder-with-a-long-name/web.yaml',
    deployment('web-with-a-rather-long-name', 1, 'busybox:1.35'),
  );
  copy.write('settings.yaml', configMap('settings', { colour: 'green' }));
  await pushLive(copy, 'a commit whose message is longer than a telephone is wide, as they often are');
  await page.setViewportSize({ width: 390, height: 844 });
  for (const [path, region] of [
    [`/applications/${namespace}/${namespace}`, 'Objects, scrollable'],
    [`/applications?ns=${namespace}`, /Applications/],
    [`/ledger?ns=${namespace}`, 'Entries, scrollable'],
  ] as const) {
    await visit(page, path);
    const table = page.getByRole('region', { name: region });
    await expect(table.getByRole('row').nth(1)).toBeVisible();
    const wider = await table.evaluate<
      number,
      { readonly scrollWidth: number; readonly clientWidth: number }
    >(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    expect(wider, `${path} is wider than its card by`).toBeLessThanOrEqual(0);
    await expectAccessible(page, `${path}, narrow`);
  }
  await page.getByRole('button', { name: 'Filters' }).click();
  await expect(page.getByLabel('Name of the object')).toBeVisible();
});
