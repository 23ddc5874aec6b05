import { register } from 'prom-client';
import { expect, it } from 'vitest';
import { countApplications } from './metrics.ts';

it('counts Applications as they are when somebody asks', async () => {
  const known = [
    { status: { sync: 'Synced', health: 'Healthy' } },
    { status: { sync: 'Synced', health: 'Healthy', pendingPrune: {} } },
    {},
  ];
  countApplications(() => known);
  const text = await register.metrics();
  expect(text).toContain('gantry_sync_applications{sync="Synced",health="Healthy"} 2');
  expect(text).toContain('gantry_sync_applications{sync="Unknown",health="Unknown"} 1');
  expect(text).toContain('gantry_sync_prunes_held 1');
  known.length = 0;
  expect(await register.metrics()).not.toContain('health="Healthy"');
});
