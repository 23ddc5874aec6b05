import type { AnyObject } from '@gantry/machinery/object';
import { describe, expect, test } from 'vitest';
import { compileKind } from '../compile.ts';
import { builtinKinds } from '../kinds.ts';
import { context } from '../testing/objects.ts';

const compiled = (kind: string) => {
  const found = builtinKinds.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`no kind ${kind}`);
  return compileKind(found);
};

/** As an object is stored that a client sent. */
function stored(kind: string, sent: object): AnyObject {
  const { decode, applyDefaults, nulls } = compiled(kind);
  const { object } = decode(structuredClone(sent), 'Ignore');
  applyDefaults(object);
  nulls?.fill(object as never);
  return object;
}

describe('fields that are null when nobody set them', () => {
  test('an absent list and an empty one are alike', () => {
    const slice = { metadata: { name: 'a' }, addressType: 'IPv4' };
    const wanted = { endpoints: null, ports: null };
    expect(stored('EndpointSlice', slice)).toMatchObject(wanted);
    expect(stored('EndpointSlice', { ...slice, endpoints: [], ports: null })).toMatchObject(wanted);
    expect(stored('Role', { metadata: { name: 'a' } })).toMatchObject({ rules: null });
  });

  test('they are found inside of lists', () => {
    const spec = { containers: [{ name: 'c', image: 'i' }], volumes: [{ name: 'v', projected: {} }] };
    expect(stored('Pod', { metadata: { name: 'a' }, spec })).toMatchObject({
      spec: { volumes: [{ projected: { sources: null } }] },
    });
  });

  test('what is there stays, and a second time changes nothing', () => {
    const role = { metadata: { name: 'a' }, rules: [{ verbs: ['get'] }] };
    const once = stored('Role', role);
    const again = structuredClone(once);
    compiled('Role').nulls?.fill(again as never);
    expect(again).toEqual(once);
    expect(once).toMatchObject({ rules: [{ verbs: ['get'] }] });
  });

  test('rules see none of them', () => {
    const object = stored('Role', { metadata: { name: 'a' } });
    compiled('Role').nulls?.clear(object as never);
    expect('rules' in object).toBe(false);
  });

  test('an update that changes none of them is none to a field that may not change', () => {
    const { prepareForCreate, validateUpdate, nulls } = compiled('Job');
    const volumes = [{ name: 'v', projected: {} }];
    const pod = { restartPolicy: 'Never', containers: [{ name: 'c', image: 'i' }], volumes };
    const old = stored('Job', { metadata: { name: 'a', uid: 'u' }, spec: { template: { spec: pod } } });
    prepareForCreate(old, context());
    const object = structuredClone(old);
    nulls?.clear(object as never);
    expect(object).not.toEqual(old);
    const fields = validateUpdate(object, old, context()).map(({ field }) => field);
    expect(fields).not.toContain('spec.template');
  });

  test('kinds without such fields are not walked', () => {
    for (const kind of ['ConfigMap', 'Secret', 'Service', 'Lease'])
      expect(compiled(kind).nulls).toBeUndefined();
  });
});

test('server-side apply gets the nulls of its configuration, whoever else decodes does not', () => {
  const { decode } = compiled('ConfigMap');
  const sent = { metadata: { name: 'a', labels: null }, data: null };
  expect(decode(structuredClone(sent), 'Ignore', undefined, true).object).toEqual(sent);
  expect(decode(structuredClone(sent), 'Ignore').object).toEqual({ metadata: { name: 'a' } });
});
