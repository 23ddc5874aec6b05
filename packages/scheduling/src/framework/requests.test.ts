import type { Pod } from '@gantry/api/generated/types';
import { expect, it } from 'vitest';
import { podRequests } from './requests.ts';

/** Asks for a core; `status` says what its node has granted and set. */
const resized = (status: NonNullable<Pod['status']>, resources?: Pod['spec']['resources']): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  spec: {
    containers: [{ name: 'a', resources: { requests: { cpu: '1' } } }],
    ...(resources === undefined ? {} : { resources }),
  },
  status,
});
const container = (granted: string, set: string): NonNullable<Pod['status']> => ({
  containerStatuses: [
    {
      name: 'a',
      image: '',
      imageID: '',
      ready: true,
      restartCount: 0,
      allocatedResources: { cpu: granted },
      resources: { requests: { cpu: set } },
    },
  ],
});
const infeasible = [{ type: 'PodResizePending', status: 'True', reason: 'Infeasible' }];

it.each([
  ['nothing known of it', resized({}), 1000],
  ['it waits for more', resized(container('500m', '500m')), 1000],
  ['it shrinks', resized(container('1', '2')), 2000],
  ['its node can not give more', resized({ ...container('500m', '500m'), conditions: infeasible }), 500],
  [
    'it shrinks as a whole',
    resized(
      { resources: { requests: { cpu: '4' } }, allocatedResources: { cpu: '3' } },
      { requests: { cpu: '3' } },
    ),
    4000,
  ],
])('counts a pod by the most it may hold: %s', (_, pod, expected) => {
  expect(podRequests(pod).get('cpu')).toBe(expected);
});
