import { encodeOpenApiV2 } from '@gantry/api/openapi/v2-protobuf';
import { expect, test } from 'vitest';
import { WireReader } from '../http/protobuf/wire-reader.ts';

/** Fields of a message by number; all that the encoder writes is of wire type 2. */
function fields(message: Buffer): Map<number, Buffer[]> {
  const reader = new WireReader(message);
  const found = new Map<number, Buffer[]>();
  while (reader.at < message.length) {
    const tag = reader.uint();
    expect(tag % 8).toBe(2);
    found.set(tag >> 3, [...(found.get(tag >> 3) ?? []), reader.slice()]);
  }
  return found;
}
const at = (message: Buffer, ...path: readonly number[]): string => {
  let here = message;
  for (const field of path) here = fields(here).get(field)?.[0] ?? Buffer.alloc(0);
  return here.toString();
};

test('definitions are encoded in the messages of gnostic', () => {
  const encoded = encodeOpenApiV2({
    swagger: '2.0',
    info: { title: 'Kubernetes', version: 'v1' },
    definitions: {
      'example.Widget': {
        type: 'object',
        description: 'x'.repeat(200),
        required: ['a', 'b'],
        properties: { a: { type: 'array', items: { $ref: '#/definitions/other' } } },
        'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Widget' }],
      },
    },
  });
  const definition = [9, 1, 2] as const;
  expect(at(encoded, 1)).toBe('2.0');
  expect(at(encoded, 9, 1, 1)).toBe('example.Widget');
  expect(at(encoded, ...definition, 4)).toHaveLength(200);
  expect(at(encoded, ...definition, 22, 1)).toBe('object');
  expect(at(encoded, ...definition, 25, 1, 1)).toBe('a');
  expect(at(encoded, ...definition, 25, 1, 2, 23, 1, 1)).toBe('#/definitions/other');
  expect(at(encoded, ...definition, 31, 1)).toBe('x-kubernetes-group-version-kind');
  expect(JSON.parse(at(encoded, ...definition, 31, 2, 2))).toEqual([
    { group: '', version: 'v1', kind: 'Widget' },
  ]);
});
