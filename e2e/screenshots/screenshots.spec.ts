import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { appsPage, button, corePage, expect, test, visit } from '../support/console.ts';
import { canRunContainers } from '../support/machine.ts';
import { setUpDemo } from './demo.ts';

const images = process.env.GANTRY_SCREENSHOTS ?? fileURLToPath(new URL('../../docs/images', import.meta.url));

/** Small enough for a repository, sharp enough for a page of text. */
const QUALITY = 82;

/** No placeholder of what is on its way, and the pointer is on nothing. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator('main .hatched')).toHaveCount(0);
  await page.mouse.move(0, 0);
}

/** The page as it stands, in light and in dark. */
async function shoot(page: Page, name: string): Promise<void> {
  await settled(page);
  const session = await page.context().newCDPSession(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
    writeFileSync(join(images, `${name}-${colorScheme}.webp`), Buffer.from(data, 'base64'));
  }
  await session.detach();
}

test('the pictures of the documentation', async ({ page, gantry }) => {
  test.skip(!canRunContainers, 'needs root and containerd');
  test.setTimeout(600_000);
  mkdirSync(images, { recursive: true });
  await test.step('a company moves in', () => setUpDemo(gantry));

  const shop = '/applications/shop/shop';
  await visit(page, '/');
  await expect(page.getByRole('heading', { name: 'Last synced' })).toBeVisible();
  await shoot(page, 'overview');

  await visit(page, shop);
  await expect(page.getByRole('row', { name: /ConfigMap settings/ })).toContainText('changed by grace');
  await shoot(page, 'application');

  await visit(page, `${shop}?tab=plan`);
  await page.getByRole('button', { name: /web-2/ }).click();
  await expect(page.getByRole('list', { name: 'Changes' })).toContainText('gantry/demo:2.0');
  await page.setViewportSize({ width: 1440, height: 940 });
  await shoot(page, 'plan');
  await page.setViewportSize({ width: 1440, height: 900 });

  await visit(page, `${shop}?tab=timeline`);
  await expect(page.getByRole('listitem').filter({ hasText: 'Open the shop' }).first()).toBeVisible();
  await shoot(page, 'timeline');

  await visit(page, `${appsPage('deployments', 'shop', 'catalog')}?tab=logs`);
  await expect(page.getByRole('status').filter({ hasText: '2 of 2 logs open' })).toBeVisible();
  await expect(page.getByRole('log')).toContainText('slow query');
  await shoot(page, 'logs');

  await visit(page, '/topology?ns=shop');
  await expect(page.getByRole('row', { name: /catalog/ }).first()).toBeVisible();
  await shoot(page, 'topology');

  await visit(page, '/resources/core/v1/pods');
  await page
    .getByRole('row', { name: /ImagePullBackOff|ErrImagePull/ })
    .first()
    .getByRole('link')
    .first()
    .click();
  await expect(page.getByRole('complementary').getByRole('tab').first()).toBeVisible();
  await shoot(page, 'pods');

  await visit(page, '/resources/core/v1/nodes');
  await page.getByRole('row').nth(1).getByRole('link').first().click();
  await button(page, 'Open the page').click();
  await expect(page.getByRole('region', { name: 'Capacity and allocations' })).toBeVisible();
  await shoot(page, 'node');

  await visit(page, `${appsPage('deployments', 'shop', 'web')}?tab=yaml&edit=1`);
  const editor = page.getByRole('textbox', { name: 'Edit YAML of web' });
  await expect(editor).toContainText('kind: Deployment');
  await editor.locator('.cm-line').filter({ hasText: 'replicas: 3' }).first().click();
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('5');
  await button(page, 'Review and apply').click();
  await expect(page.getByRole('dialog', { name: 'Review the change' })).toBeVisible();
  await shoot(page, 'review');

  await visit(page, corePage('configmaps', 'shop', 'settings'));
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').fill('web');
  await expect(page.getByRole('option', { name: /web/ }).first()).toBeVisible();
  await shoot(page, 'palette');

  await visit(page, '/ledger?ns=shop');
  await expect(page.getByRole('row').nth(5)).toBeVisible();
  await shoot(page, 'ledger');

  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, '/');
  await expect(page.getByRole('heading', { name: 'Last synced' })).toBeVisible();
  await shoot(page, 'overview-narrow');
  await visit(page, shop);
  await expect(page.getByRole('row', { name: /ConfigMap settings/ })).toBeVisible();
  await shoot(page, 'application-narrow');
});
