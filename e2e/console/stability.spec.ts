import type { Page } from '@playwright/test';
import { appsPage, expect, test, visit } from '../support/console.ts';
import { deployment } from '../support/manifests.ts';

const WATCH = `
  window.jumps = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries())
      // An editor measures its own letters once it is drawn.
      if (!hadRecentInput && !sources.every(({ node }) => node?.closest?.('.cm-editor')))
        window.jumps.push(value.toFixed(4) + ' ' + sources.map(({ node }) => node?.outerHTML?.slice(0, 120) ?? '').join(' | '));
  }).observe({ type: 'layout-shift', buffered: true });
`;

/** From here on a shift counts; a tenth of what a page may have at most (Core Web Vitals, cumulative layout shift). */
const SHIFT_MAX = 0.02;

/** What moved without a person's doing, beyond what a good page may. */
const jumps = async (page: Page): Promise<string[]> =>
  (await page.evaluate<string[]>('window.jumps')).filter((line) => Number.parseFloat(line) >= SHIFT_MAX);

for (const [name, viewport] of [
  ['wide', { width: 1440, height: 900 }],
  ['narrow', { width: 390, height: 844 }],
] as const)
  test(`nothing jumps while pages fill, ${name}`, async ({ page, k, namespace }) => {
    k.input(deployment('web', 0), 'create', '-f', '-');
    await page.setViewportSize(viewport);
    await page.addInitScript(WATCH);
    const paths = [
      ...['/', '/applications', '/kinds', '/account', '/users', '/create'],
      ...['/resources/core/v1/nodes', '/resources/core/v1/pods', '/resources/core/v1/events'],
      ...[
        appsPage('deployments', namespace, 'web'),
        `/resources/apps/v1/deployments?ns=${namespace}&sel=${namespace}%2Fweb`,
      ],
    ];
    for (const path of paths) {
      await visit(page, path);
      await expect(page.locator('main .hatched')).toHaveCount(0);
      expect(await jumps(page), `what jumps on ${path}`).toEqual([]);
    }
  });
