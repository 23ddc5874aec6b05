import { expect, test } from 'vitest';
import { culpritOf } from './culprit.ts';

const reason = (met: string) => `cannot unmarshal ${met} into Go struct field A.b of type string`;

test('the value of a map or list that a decoding error does not name is found', () => {
  const map = { data: { a: 'x', b: 5, c: 6 } };
  expect(culpritOf(map, ['data'], reason('number'))).toEqual({ path: ['data', 'b'], value: 5 });
  const pod = { spec: { containers: [{ ports: [{ port: 1 }] }, { ports: [{ port: 2 }, { port: 'x' }] }] } };
  expect(culpritOf(pod, ['spec', 'containers', 'ports', 'port'], reason('string'))).toEqual({
    path: ['spec', 'containers', 1, 'ports', 1, 'port'],
    value: 'x',
  });
  expect(culpritOf({ spec: { replicas: 'three' } }, ['spec', 'replicas'], reason('string'))).toEqual({
    path: ['spec', 'replicas'],
    value: 'three',
  });
});

test('what is no such error, or fits nothing, is left as it is', () => {
  expect(culpritOf({ a: 1 }, ['a'], 'Required value')).toBeUndefined();
  expect(culpritOf({ a: 1 }, ['a'], reason('bool'))).toBeUndefined();
  expect(culpritOf({ a: 1 }, ['b', 'c'], reason('number'))).toBeUndefined();
  expect(culpritOf({}, ['constructor'], reason('object'))).toBeUndefined();
});
