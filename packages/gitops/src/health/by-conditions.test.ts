import { describe } from 'vitest';
import { checkHealth, is } from '../testing/health-table.ts';

describe('custom kinds, by their conditions', () => {
  checkHealth({
    'example.com/v1/Widget': [
      [{}, 'Healthy'],
      [is('Ready'), 'Healthy'],
      [is('Ready', 'False', { message: 'why' }), 'Degraded: why'],
      [is('Ready', 'False', { reason: 'Creating', message: 'soon' }), 'Progressing: soon'],
      [is('Ready', 'Unknown'), 'Progressing: Ready is Unknown'],
      [
        is('Ready', 'True', { observedGeneration: 1 }),
        'Progressing: its controller has not seen the change yet',
      ],
      [{ status: { observedGeneration: 1 } }, 'Progressing: its controller has not seen the change yet'],
      [is('Available', 'False', { reason: 'CrashLoop' }), 'Degraded: CrashLoop'],
      [is('Stalled', 'True', { message: 'stuck' }), 'Degraded: stuck'],
      [is('Reconciling', 'True', { message: 'at it' }), 'Progressing: at it'],
      [is('Synced', 'False', { message: 'no credentials' }), 'Degraded: no credentials'],
      [is('Succeeded'), 'Healthy: completed'],
      [is('Established', 'False', { reason: 'Installing' }), 'Progressing: Installing'],
      [{ spec: { suspend: true } }, 'Suspended: suspended'],
      [{ status: { phase: 'Failed', message: 'no' } }, 'Degraded: no'],
      [{ status: { phase: 'Running' } }, 'Healthy: running'],
      [{ status: { phase: 'Provisioning' } }, 'Progressing: provisioning'],
      [{ status: { conditions: 'odd', phase: 3 } }, 'Healthy'],
    ],
  });
});
