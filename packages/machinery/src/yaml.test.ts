import { expect, test } from 'vitest';
import { parseYaml, stringifyYaml, YamlError } from './yaml.ts';

const one = (text: string): unknown => parseYaml(text)[0]?.value;

test('values are those of YAML 1.1 as Kubernetes reads it', () => {
  expect(
    one('a: yes\nb: off\nc: 0755\nd: 2024-01-02\ne: 12:30:00\nf: "yes"\ng: 0o17\nh: 1_000\ni: ~'),
  ).toEqual({
    a: true,
    b: false,
    c: 493,
    d: '2024-01-02',
    e: '12:30:00',
    f: 'yes',
    g: '0o17',
    h: 1000,
    i: null,
  });
  expect(one('base: &b {x: 1}\nuse:\n  <<: *b\n  z: 1e3\n  y: 2')).toEqual({
    base: { x: 1 },
    use: { x: 1, z: 1000, true: 2 },
  });
  expect(one('{"a": [1, {"b": null}]}')).toEqual({ a: [1, { b: null }] });
});

test('a number has a digit, so that a path may be written as a dot', () => {
  const text = 'a: .\nb: -.\nc: ._\nd: .e3\ne: [., ./x]\nf: .5\ng: -1.5e3\nh: 1.\n';
  expect(parseYaml(text)[0]?.value).toEqual({
    ...{ a: '.', b: '-.', c: '._', d: '.e3', e: ['.', './x'] },
    ...{ f: 0.5, g: -1500, h: 1 },
  });
});

test('documents know their lines and those of their fields', () => {
  const text = '# comment\n---\nkind: A\n---\n---\nkind: B\nspec:\n  list:\n    - name: x\n    - name: y\n';
  const [first, second, ...rest] = parseYaml(text);
  expect(rest).toEqual([]);
  expect(first?.line).toBe(3);
  expect(second?.line).toBe(6);
  expect(second?.positionOf(['spec', 'list', 1, 'name'])).toEqual({ line: 10, column: 7 });
  expect(second?.positionOf(['spec', 'list', 1, 'missing'])).toEqual({ line: 10, column: 7 });
  expect(second?.positionOf(['nope'])).toEqual({ line: 6, column: 1 });
});

test('keys that stand twice are told on request, and the last holds', () => {
  const told: string[] = [];
  const text = 'a:\n  x: 1\n  x: 2\nb: 1\na:\n  - z: 1\n    z: 2\n1: a\n1: b\n';
  const [document] = parseYaml(text, { onRepeat: (message) => told.push(message) });
  expect(document?.value).toEqual({ a: [{ z: 2 }], b: 1, 1: 'b' });
  expect(told).toEqual([
    'line 3: key "x" already set in map',
    'line 7: key "z" already set in map',
    'line 5: key "a" already set in map',
    'line 9: key 1 already set in map',
  ]);
});

test('errors name the line', () => {
  expect(() => parseYaml('a: 1\nb: 2\na: 3')).toThrow('yaml: line 3: key already set in map');
  expect(() => parseYaml('a: [1')).toThrow(YamlError);
  expect(() => parseYaml('a: *x')).toThrow(YamlError);
});

test('bombs and depth are refused', () => {
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
  for (let i = 1; i < 9; i++) {
    const before = String.fromCharCode(96 + i);
    bomb.push(
      `${String.fromCharCode(97 + i)}: &${String.fromCharCode(97 + i)} [${Array(9).fill(`*${before}`).join(',')}]`,
    );
  }
  expect(() => parseYaml(bomb.join('\n'))).toThrow(YamlError);
  expect(() => parseYaml('['.repeat(20_000))).toThrow(YamlError);
  expect(() => parseYaml(`${'['.repeat(600)}${']'.repeat(600)}`)).toThrow('yaml: exceeded max depth of 512');
  expect(() => parseYaml('a: &m {b: *m, c: *m}')).toThrow("yaml: an anchor's value contains itself");
  const chain = Array.from(
    { length: 99 },
    (_, i) => `k${i + 1}: &a${i + 1} ${'['.repeat(9)}*a${i}${']'.repeat(9)}`,
  );
  expect(() => parseYaml(['k0: &a0 []', ...chain].join('\n'))).toThrow('yaml: exceeded max depth of 512');
  expect(() => parseYaml('{'.repeat(20_000))).toThrow('yaml: exceeded max depth of 512');
  expect(() => parseYaml('--- 1\n'.repeat(100_000), { maxDocuments: 1 })).toThrow('more than 1 documents');
  const wide = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`);
  expect(Object.keys(parseYaml(wide.join('\n'))[0]?.value as object)).toHaveLength(20_000);
  expect(() => parseYaml('a', { maxLength: 0 })).toThrow('too long');
});

test('text that is written reads the same', () => {
  const value = {
    a: 'yes',
    b: '0755',
    c: 'x: y',
    d: ['multi\nline\n', '', null, true, 1.5],
    e: {},
    on: '12:30',
  };
  expect(one(stringifyYaml(value))).toEqual(value);
});
