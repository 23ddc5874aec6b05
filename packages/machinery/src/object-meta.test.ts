import { expect, test } from 'vitest';
import { type FieldError, formatFieldError } from './field-error.ts';
import type { ObjectMeta } from './object.ts';
import { validateFinalizerDomains, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';
import { nameIsDNSSubdomain } from './validation.ts';

const texts = (errors: FieldError[]) => errors.map(formatFieldError);
const create = (meta: Partial<ObjectMeta>, namespaced = true) =>
  texts(validateObjectMeta({ name: 'a', namespace: 'ns', ...meta }, namespaced, nameIsDNSSubdomain));
const old: ObjectMeta = { name: 'a', namespace: 'ns', uid: 'u', resourceVersion: '1', generation: 2 };
const update = (meta: Partial<ObjectMeta>, before: Partial<ObjectMeta> = {}) =>
  texts(validateObjectMetaUpdate({ ...old, ...meta }, { ...old, ...before }));

test('create', () => {
  expect(create({})).toEqual([]);
  expect(create({ name: '' })).toEqual(['metadata.name: Required value: name or generateName is required']);
  expect(create({ namespace: '' })).toEqual(['metadata.namespace: Required value']);
  expect(create({}, false)).toEqual(['metadata.namespace: Forbidden: not allowed on this type']);
  expect(create({ labels: { a: 'b!' } })[0]).toMatch(
    /^metadata.labels: Invalid value: "b!": a valid label must/,
  );
  expect(create({ annotations: { 'A.io/B': 'x' } })).toEqual([]);
  expect(create({ annotations: { a: 'x'.repeat(262_144) } })).toEqual([
    'metadata.annotations: Too long: may not be more than 262144 bytes',
  ]);
  expect(create({ finalizers: ['orphan', 'foregroundDeletion'] })[0]).toContain(
    'finalizer orphan and foregroundDeletion cannot be both set',
  );
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', uid: 'u', controller: true };
  expect(create({ ownerReferences: [owner, { ...owner, name: 's' }] })[0]).toMatch(
    /Only one reference can have Controller set to true. Found "true" in references for ReplicaSet\/r and ReplicaSet\/s$/,
  );
  expect(create({ ownerReferences: [{ ...owner, uid: '' }] })).toEqual([
    'metadata.ownerReferences.uid: Invalid value: "": must not be empty',
  ]);
});

test('finalizers of built-in kinds have a domain or are well known', () => {
  expect(validateFinalizerDomains(['kubernetes', 'orphan', 'example.com/x', 'mine'], 'f')).toEqual([
    {
      type: 'FieldValueInvalid',
      field: 'f[3]',
      message: 'Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
    },
  ]);
});

test('update', () => {
  expect(update({})).toEqual([]);
  expect(update({ name: 'b' })).toEqual(['metadata.name: Invalid value: "b": field is immutable']);
  expect(update({ resourceVersion: '' })).toEqual([
    'metadata.resourceVersion: Invalid value: "": must be specified for an update',
  ]);
  expect(update({ generation: 1 })).toEqual([
    'metadata.generation: Invalid value: 1: must not be decremented',
  ]);
  const deleting = { deletionTimestamp: '2024-01-01T00:00:00Z' };
  expect(update({ ...deleting, finalizers: ['x.io/b'] }, { ...deleting, finalizers: [] })).toEqual([
    'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"x.io/b"}',
  ]);
});
