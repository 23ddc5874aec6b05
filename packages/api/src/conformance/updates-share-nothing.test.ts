import type { AnyObject } from '@gantry/machinery/object';
import { describe, expect, test } from 'vitest';
import { compileKind } from '../compile.ts';
import { context, stored } from '../testing/objects.ts';
import { recorded } from './recorded.ts';

/** Every object and list in a value, by the path that leads to it. */
function parts(value: unknown, path = '', into = new Map<object, string>()): Map<object, string> {
  if (typeof value !== 'object' || value === null) return into;
  into.set(value, path);
  for (const [key, child] of Object.entries(value)) parts(child, `${path}.${key}`, into);
  return into;
}

type Kind = Parameters<typeof stored>[0];

/** A live object of which nothing is empty that an update takes over. */
function live(kind: Kind, base: object): AnyObject {
  const object = stored(kind, base);
  const time = '2025-01-01T00:00:00Z';
  if (kind.subresources?.status === true)
    object.status = {
      ...(object.status as object | undefined),
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: time }],
      loadBalancer: { ingress: [{ ip: '192.0.2.1' }] },
    };
  if (kind.kind === 'Service')
    object.spec = { ...(object.spec as object), clusterIPs: ['10.0.0.1'], ipFamilies: ['IPv4'] };
  object.metadata.ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u' }];
  object.metadata.generation = 3;
  return object;
}

/** What clients may send: the object as it is, without what others write, and without one part of its spec each. */
function* sent(kind: Kind, old: AnyObject): Generator<AnyObject> {
  yield structuredClone(old);
  const { status: _, ...without } = structuredClone(old);
  delete without.metadata.ownerReferences;
  yield without;
  const schema = kind.type.fields.spec;
  if (schema?.type !== 'ref') return;
  for (const [name, { required }] of Object.entries(schema.target().fields)) {
    const object = structuredClone(old) as AnyObject & { spec: Record<string, unknown> };
    if (required === true || typeof object.spec[name] !== 'object') continue;
    delete object.spec[name];
    yield object;
  }
}

// The live object is the watch cache's: what shares a part with it would change what every client sees.
describe('what an update makes shares no part with the live object', () => {
  for (const [index, { base, kind }] of recorded().entries())
    test(`${base.apiVersion} ${base.kind} (${index})`, () => {
      for (const subresource of ['', 'status', 'scale', 'approval', 'resize', 'finalize']) {
        const old = live(kind, base);
        const before = structuredClone(old);
        for (const object of sent(kind, old)) {
          compileKind(kind).prepareForUpdate(object, old, context(subresource));
          const own = parts(old);
          const shared = [...parts(object)].filter(([part]) => own.has(part)).map(([, path]) => path);
          expect(shared, subresource).toEqual([]);
          expect(old, subresource).toEqual(before);
        }
      }
    });
});
