import type { Node } from '@gantry/api/generated/types';
import { nodes } from '@gantry/client/resources';
import { timestamp } from '@gantry/runtime/clock';
import { afterEach, expect, test, vi } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { nodeLifecycleController } from './controller.ts';
import { GRACE_MS } from './decide.ts';

let scene: Harness | undefined;
afterEach(() => scene?.stop());

test('nobody is evicted, not even for a moment, when all nodes fall silent together', async () => {
  let now = Date.parse('2026-01-01T00:00:00Z');
  scene = harness([nodeLifecycleController()], () => now);
  const { client } = scene;
  const names = ['a', 'b', 'c'];
  const peek = (name: string) => client.peek(nodes, '', name) as Node | undefined;
  for (const name of names)
    await client.create(nodes, {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name },
      spec: {},
      status: { conditions: [{ type: 'Ready', status: 'True', lastHeartbeatTime: timestamp(now) }] },
    });
  const patch = vi.spyOn(client, 'patch');
  scene.start();
  await vi.waitFor(() => expect(scene?.events).toHaveLength(names.length));
  now += GRACE_MS + 1;
  // Each is looked at anew.
  await Promise.all(
    names.map((name) =>
      client.patch(nodes, '', name, { metadata: { labels: { seen: 'again' } } }, { type: 'merge' }),
    ),
  );
  const taints = () => names.map((name) => peek(name)?.spec.taints?.map(({ effect }) => effect));
  await vi.waitFor(() => expect(taints()).toEqual(names.map(() => ['NoSchedule'])));
  expect(JSON.stringify(patch.mock.calls)).not.toContain('NoExecute');
});
