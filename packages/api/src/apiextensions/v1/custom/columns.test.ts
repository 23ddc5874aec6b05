import { describe, expect, test } from 'vitest';
import { customColumns, selectableReader } from './columns.ts';
import { compileJsonPath } from './json-path.ts';

const object = {
  metadata: { name: 'a', creationTimestamp: '2026-01-01T00:00:00Z', annotations: { 'a.b/c': 'x' } },
  spec: {
    list: [
      { type: 'A', n: 1 },
      { type: 'B', n: 2 },
    ],
    number: 3.7,
    on: true,
  },
};
const read = (path: string): readonly unknown[] => compileJsonPath(path)(object);

describe('a path', () => {
  test.each([
    ['.metadata.name', ['a']],
    ['metadata.name', ['a']],
    ['.spec.list[0].n', [1]],
    ['.spec.list[-1].n', [2]],
    ['.spec.list[*].n', [1, 2]],
    ['.spec.list[?(@.type=="B")].n', [2]],
    ['.spec.list[?(@.n>1)].type', ['B']],
    [".metadata.annotations['a\\.b/c']", ['x']],
    ['.metadata.annotations.a\\.b/c', ['x']],
    ['..n', [1, 2]],
    ['.spec.missing.deeper', []],
  ])('%s', (path, expected) => {
    expect(read(path)).toEqual(expected);
  });

  test.each(['.a[', '.a[?(', `.${'a'.repeat(2000)}`])('%s is no path', (path) => {
    expect(() => compileJsonPath(path)).toThrow(SyntaxError);
  });
});

describe('columns', () => {
  const cells = (type: string, jsonPath: string) =>
    customColumns([{ name: 'X', type, jsonPath }])[1]?.cell?.(
      object as never,
      new Date('2026-01-01T01:00:00Z'),
    );
  test('show values of their type', () => {
    expect(cells('string', '.spec.list[0]')).toBe('{"type":"A","n":1}');
    expect(cells('integer', '.spec.number')).toBe(3);
    expect(cells('number', '.spec.number')).toBe(3.7);
    expect(cells('boolean', '.spec.on')).toBe(true);
    expect(cells('date', '.metadata.creationTimestamp')).toBe('60m');
    expect(cells('date', '.metadata.name')).toBe('<invalid>');
    expect(cells('integer', '.metadata.name')).toBe(null);
    expect(cells('string', '.spec.missing')).toBe(null);
  });
  test('are name and age when the definition has none', () => {
    expect(customColumns(undefined).map(({ name }) => name)).toEqual(['Name', 'Age']);
  });
});

test('a selectable field reads as text', () => {
  expect(selectableReader('.spec.number')(object)).toBe('3.7');
  expect(selectableReader('.spec.on')(object)).toBe('true');
  expect(selectableReader('.spec.missing')(object)).toBe('');
});
