import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../definition.ts';
import { applyDefaults, dropRefusedNulls } from './defaults.ts';
import { prune, renderPath } from './prune.ts';

const schema: JsonSchema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        list: { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } },
        map: {
          type: 'object',
          additionalProperties: { type: 'object', properties: { a: { type: 'string' } } },
        },
        open: {
          type: 'object',
          'x-kubernetes-preserve-unknown-fields': true,
          properties: { a: { type: 'object' } },
        },
        template: {
          type: 'object',
          'x-kubernetes-embedded-resource': true,
          properties: { spec: { type: 'object' } },
        },
      },
    },
  },
};

describe('pruning', () => {
  test('removes what is not declared and says where it was', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'X',
      metadata: { name: 'a' },
      other: 1,
      spec: {
        list: [{ a: 'x', b: 1 }],
        map: { k: { a: 'x', b: 1 } },
        open: { z: { z: 1 }, a: { b: 1 } },
        template: { apiVersion: 'v1', kind: 'Y', metadata: { any: 1 }, extra: 1, spec: { b: 1 } },
      },
    };
    const paths: string[] = [];
    prune(object, schema, true, { paths, path: [] });
    expect(object).toEqual({
      apiVersion: 'v1',
      kind: 'X',
      metadata: { name: 'a' },
      spec: {
        list: [{ a: 'x' }],
        map: { k: { a: 'x' } },
        open: { z: { z: 1 }, a: {} },
        template: { apiVersion: 'v1', kind: 'Y', metadata: { any: 1 }, spec: {} },
      },
    });
    expect(paths.sort()).toEqual([
      'other',
      'spec.list[0].b',
      'spec.map.k.b',
      'spec.open.a.b',
      'spec.template.extra',
      'spec.template.spec.b',
    ]);
  });

  test('reports a bounded number of fields', () => {
    const object = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`x${index}`, 1]));
    const paths: string[] = [];
    prune(object, schema, true, { paths, path: [] });
    expect([Object.keys(object).length, paths.length <= 100]).toEqual([0, true]);
  });

  test('writes paths as the original does', () => {
    expect(renderPath(['spec', 'list', 0, 'a'])).toBe('spec.list[0].a');
  });
});

describe('defaults', () => {
  const defaulted: JsonSchema = {
    type: 'object',
    properties: {
      a: { type: 'integer', default: 1 },
      b: { type: 'object', default: {}, properties: { c: { type: 'string', default: 'x' } } },
      d: { type: 'object', properties: { e: { type: 'string', default: 'y' } } },
      n: { type: 'string', nullable: true, default: 'z' },
    },
  };
  const complete = (value: object): object => {
    dropRefusedNulls(value, defaulted);
    applyDefaults(value, defaulted);
    return value;
  };
  test('fill what is absent, and what is below a default', () => {
    expect(complete({})).toEqual({ a: 1, b: { c: 'x' }, n: 'z' });
    expect(complete({ d: {} })).toMatchObject({ d: { e: 'y' } });
  });
  test('replace a null that is not allowed, and keep one that is', () => {
    expect(complete({ a: null, n: null })).toMatchObject({ a: 1, n: null });
  });
  test('add no more than a few megabytes', () => {
    const item: JsonSchema = {
      type: 'object',
      properties: { a: { type: 'string', default: 'x'.repeat(10_000) } },
    };
    const list: JsonSchema = { type: 'array', items: item };
    const value = Array.from({ length: 1000 }, () => ({}));
    expect(() => applyDefaults(value, list)).toThrow(
      'defaults of the definition add more than 8388608 bytes',
    );
    applyDefaults(value.slice(0, 100), list);
  });
  test('are copies', () => {
    const one = complete({}) as { b: { c: string } };
    one.b.c = 'changed';
    expect(complete({})).toMatchObject({ b: { c: 'x' } });
  });
});
