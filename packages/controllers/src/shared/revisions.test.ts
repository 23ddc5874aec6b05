import { controllerRevisions } from '@gantry/client/resources';
import { expect, test } from 'vitest';
import { harness } from '../testing/harness.ts';
import { syncRevision, templateOf, type Versioned } from './revisions.ts';

/** The same template whatever the order of its members. */
const owner = (template: Versioned['spec']['template']): Versioned => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web', namespace: 'ns', uid: 'u' },
  spec: { template },
});
const container = { name: 'c', image: 'i', env: [{ value: '1', name: 'A' }] };
const unordered = owner({
  spec: { restartPolicy: 'Always', containers: [container] },
  metadata: { labels: { b: '2', a: '1' } },
} as Versioned['spec']['template']);

test('a revision holds its template with the members of each object in order', async () => {
  const { client, context } = harness([]);
  const { revision } = await syncRevision(unordered, [], 0, context);
  const template =
    '{"$patch":"replace","metadata":{"labels":{"a":"1","b":"2"}},' +
    '"spec":{"containers":[{"env":[{"name":"A","value":"1"}],"image":"i","name":"c"}],"restartPolicy":"Always"}}';
  const text = `{"spec":{"template":${template}}}`;
  expect(JSON.stringify(revision.data)).toBe(text);
  expect(JSON.stringify(client.all(controllerRevisions)[0]?.data)).toBe(text);
  expect(templateOf(revision)).toEqual(unordered.spec.template);
});

test('one order of members is as good as another: there is no second revision', async () => {
  const { client, context } = harness([]);
  const { revision } = await syncRevision(unordered, [], 0, context);
  const ordered = owner(templateOf(revision) as Versioned['spec']['template']);
  const again = await syncRevision(ordered, [revision], 0, context);
  expect(again).toEqual({ revision, collisionCount: 0 });
  expect(client.all(controllerRevisions)).toHaveLength(1);
});
