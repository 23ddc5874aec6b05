import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepClone, deepEqual, type JsonObject } from './json.ts';
import { applyJsonPatch, JsonPatchError } from './json-patch.ts';
import { createMergePatch, mergePatch } from './merge-patch.ts';
import { StatusError } from './status.ts';
import { strategicMergePatch } from './strategic-merge-patch.ts';
import { deploymentView } from './testing/schema.ts';

describe('JSON patch', () => {
  const document = { a: { 'b/c': [1, 2] }, x: null };
  test.each([
    [[{ op: 'add', path: '/a/b~1c/-', value: 3 }], { a: { 'b/c': [1, 2, 3] }, x: null }],
    [[{ op: 'add', path: '/a/b~1c/0', value: 0 }], { a: { 'b/c': [0, 1, 2] }, x: null }],
    [[{ op: 'remove', path: '/a/b~1c/0' }], { a: { 'b/c': [2] }, x: null }],
    [[{ op: 'replace', path: '/x', value: 1 }], { a: { 'b/c': [1, 2] }, x: 1 }],
    [[{ op: 'move', from: '/a/b~1c', path: '/y' }], { a: {}, x: null, y: [1, 2] }],
    [[{ op: 'copy', from: '/a/b~1c/1', path: '/x' }], { a: { 'b/c': [1, 2] }, x: 2 }],
    [
      [
        { op: 'test', path: '/x', value: null },
        { op: 'remove', path: '/x' },
      ],
      { a: { 'b/c': [1, 2] } },
    ],
    [[{ op: 'test', path: '/missing', value: null }], document],
    // As the original's library has it, checked against the original server.
    [[{ op: 'replace', path: '/nope', value: 1 }], { ...document, nope: 1 }],
    [[{ op: 'add', path: '/y' }], { ...document, y: null }],
    [[{ op: 'copy', from: '/nope', path: '/y' }], { ...document, y: null }],
    [[{ op: 'add', path: 'a/y', value: 1 }], { ...document, y: 1 }],
  ])('%j', (patch, expected) => {
    expect(applyJsonPatch(document, patch)).toEqual(expected);
  });

  test.each([
    [[{ op: 'remove', path: '/nope' }], 'nonexistent key: nope'],
    [[{ op: 'replace', path: '/nope/deeper', value: 1 }], 'doc is missing path'],
    [[{ op: 'add', path: '/a/b~1c/9', value: 1 }], 'invalid index'],
    [[{ op: 'test', path: '/x', value: 1 }], 'testing value /x failed'],
    [[{ op: 'move', from: '/a', path: '/a/b' }], "can't move /a into itself"],
    [[{ op: 'spin', path: '/x' }], 'Unexpected kind: spin'],
    [[{ op: 'add', path: '/constructor/prototype/evil', value: 1 }], 'doc is missing path'],
    [[null], 'Unexpected kind'],
    [[{ op: 'add', path: 'x', value: 1 }], 'missing path: x'],
  ])('%j is refused', (patch, reason) => {
    const failure = catchStatus(() => applyJsonPatch(document, patch));
    expect(failure.status).toMatchObject({
      code: 422,
      reason: 'Invalid',
      message: 'the server rejected our request due to an error in our request',
    });
    expect(failure.cause).toBeInstanceOf(JsonPatchError);
    expect((failure.cause as Error).message).toContain(reason);
  });

  test('limits', () => {
    const many = Array.from({ length: 10_001 }, () => ({ op: 'remove', path: '/a' }));
    expect(catchStatus(() => applyJsonPatch({}, many)).message).toBe(
      'Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001',
    );
    const bomb = Array.from({ length: 40 }, () => ({ op: 'copy', from: '/a', path: '/a/-' }));
    expect(catchStatus(() => applyJsonPatch({ a: ['xxxxxxxxxx'] }, bomb)).code).toBe(422);
    expect(catchStatus(() => applyJsonPatch({}, {})).code).toBe(400);
  });

  test.each([
    [[5], 'number into Go value of type handlers.jsonPatchOp'],
    [[{ op: 5 }], 'number into Go struct field jsonPatchOp.op of type string'],
    [[{ op: 'add', path: [] }], 'array into Go struct field jsonPatchOp.path of type string'],
  ])('%j is no patch', (patch, reason) => {
    const failure = catchStatus(() => applyJsonPatch({}, patch));
    expect([failure.code, failure.message]).toEqual([
      400,
      `error decoding patch: json: cannot unmarshal ${reason}`,
    ]);
  });

  test('null asks for nothing', () => {
    expect(applyJsonPatch({ a: 1 }, null)).toEqual({ a: 1 });
  });
});

function catchStatus(run: () => unknown): StatusError {
  try {
    run();
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
  throw new Error('expected a failure');
}

test('merge patches', () => {
  expect(mergePatch({ a: 1, b: { c: 1, d: 2 } }, { a: null, b: { c: null, e: { f: null } } })).toEqual({
    b: { d: 2, e: {} },
  });
  const polluted = mergePatch({}, JSON.parse('{"__proto__":{"evil":1}}')) as Record<string, unknown>;
  expect(polluted.evil).toBeUndefined();
  const objects = fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.oneof(fc.integer(), fc.array(fc.integer()), fc.dictionary(fc.constantFrom('x', 'y'), fc.integer())),
  );
  fc.assert(
    fc.property(objects, objects, (from, to) => {
      const patch = createMergePatch(from, to);
      expect(mergePatch(from, patch ?? {})).toEqual({ ...to });
      expect(patch === undefined).toBe(deepEqual(from, to));
    }),
  );
});

describe('strategic merge patch', () => {
  const container = (name: string, extra: object = {}) => ({ name, image: 'old', ...extra });
  const original = {
    metadata: { finalizers: ['a', 'b', 'c'], labels: { x: '1' } },
    spec: {
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
      template: {
        spec: { containers: [container('a'), container('b', { command: ['x'] }), container('c')] },
      },
    },
  };
  const patched = (patch: JsonObject) =>
    strategicMergePatch(original, patch, deploymentView) as typeof original;
  const containers = (list: object[], extra: object = {}) => ({
    spec: { template: { spec: { containers: list, ...extra } } },
  });
  const listOf = (patch: JsonObject) => patched(patch).spec.template.spec.containers;

  test('lists merge by key, and the original stays as it is', () => {
    const before = deepClone(original);
    const list = listOf(containers([{ name: 'b', image: 'new', command: ['y', 'z'] }, container('d')]));
    expect(list.map((item) => item.name)).toEqual(['a', 'b', 'd', 'c']);
    expect(list[1]).toEqual({ name: 'b', image: 'new', command: ['y', 'z'] });
    expect(original).toEqual(before);
  });

  test('$patch deletes and replaces', () => {
    expect(listOf(containers([{ name: 'b', $patch: 'delete' }])).map((item) => item.name)).toEqual([
      'a',
      'c',
    ]);
    expect(
      listOf(containers([{ $patch: 'replace' }, container('z'), container('y')])).map((i) => i.name),
    ).toEqual(['z', 'y']);
    expect(patched({ metadata: { labels: { $patch: 'replace', y: '2' } } }).metadata.labels).toEqual({
      y: '2',
    });
    expect(patched({ metadata: { labels: { $patch: 'delete' } } }).metadata.labels).toEqual({});
    expect(
      listOf(containers([{ name: 'new', image: 'i', ports: [{ $patch: 'delete', containerPort: 1 }] }])).at(
        0,
      ),
    ).toEqual({ name: 'new', image: 'i', ports: [] });
  });

  test('$setElementOrder sorts', () => {
    const order = { '$setElementOrder/containers': [{ name: 'c' }, { name: 'n' }, { name: 'a' }] };
    const list = listOf(containers([container('n')], order)).map((item) => item.name);
    expect(list).toEqual(['b', 'c', 'n', 'a']);
    const failure = catchStatus(() => patched(containers([container('q')], order)));
    expect(failure.message).toMatch(/^The order in patch list:\n.*\n doesn't match \$setElementOrder list:/);
  });

  test('primitive lists merge, and items are deleted by name', () => {
    expect(patched({ metadata: { finalizers: ['d', 'a'] } }).metadata.finalizers).toEqual([
      'd',
      'a',
      'b',
      'c',
    ]);
    expect(
      patched({ metadata: { '$deleteFromPrimitiveList/finalizers': ['b'] } }).metadata.finalizers,
    ).toEqual(['a', 'c']);
  });

  test('$retainKeys clears the rest', () => {
    expect(
      patched({ spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } }).spec.strategy,
    ).toEqual({
      type: 'Recreate',
    });
    expect(
      catchStatus(() => patched({ spec: { strategy: { $retainKeys: [], type: 'Recreate' } } })).message,
    ).toBe('invalid patch format of retainKeys');
  });

  test('null deletes, and nulls in new parts are dropped', () => {
    expect(patched({ metadata: { labels: null } }).metadata).toEqual({ finalizers: ['a', 'b', 'c'] });
    expect(patched({ extra: { a: null, b: 1 } })).toMatchObject({ extra: { b: 1 } });
  });

  test('items without their key are refused', () => {
    expect(catchStatus(() => patched(containers([{ image: 'x' }]))).message).toContain(
      'does not contain declared merge key: name',
    );
  });
});
