import type { AnyObject } from '@gantry/machinery/object';
import { expect, test } from 'vitest';
import type { PodsOf } from '../health/assessment.ts';
import { healthOf } from '../health/health.ts';

/** What is expected of an object with these parts: `Status` or `Status: message`; `stuck`: its pods are `stuckPod`. */
type HealthRow = readonly [parts: Record<string, unknown>, expected: string, stuck?: boolean];

export const objectOf = (apiVersion: string, kind: string, parts: Record<string, unknown>): AnyObject => ({
  apiVersion,
  kind,
  metadata: { name: 'x', namespace: 'n', generation: 2 },
  ...parts,
});
export const noPods: PodsOf = () => [];

const stuckPod = objectOf('v1', 'Pod', {
  metadata: { name: 'web-x' },
  status: {
    containerStatuses: [
      {
        name: 'c',
        image: 'shop:nope',
        state: {
          waiting: {
            reason: 'ImagePullBackOff',
            message:
              'Back-off pulling image "shop:nope": ErrImagePull: rpc error: code = NotFound desc = failed to resolve: not found',
          },
        },
      },
    ],
  },
});

/** A status with one condition. */
export const is = (type: string, status = 'True', more: object = {}) => ({
  status: { conditions: [{ type, status, ...more }] },
});

/** Tests the health of objects, by `group/version/Kind`. */
export function checkHealth(table: Readonly<Record<string, readonly HealthRow[]>>): void {
  for (const [key, rows] of Object.entries(table)) {
    const at = key.lastIndexOf('/');
    const [apiVersion, kind] = [key.slice(0, at), key.slice(at + 1)];
    for (const [parts, expected, stuck = false] of rows)
      test(`${kind} ${JSON.stringify(parts)} is ${expected}`, () => {
        const { status, message } = healthOf(
          objectOf(apiVersion, kind, parts),
          stuck ? () => [stuckPod] : noPods,
        );
        expect(message === '' ? status : `${status}: ${message}`).toBe(expected);
      });
  }
}
