import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { schemasAreOwn } from './values-schemas.ts';

let chart = '';
beforeEach(() => {
  chart = mkdtempSync(join(tmpdir(), 'gantry-chart-'));
  mkdirSync(join(chart, 'charts/sub'), { recursive: true });
});
afterEach(() => rmSync(chart, { recursive: true, force: true }));

const write = (path: string, schema: unknown): void =>
  writeFileSync(join(chart, path), typeof schema === 'string' ? schema : JSON.stringify(schema));

test('a schema that refers to itself and to the language of schemas is used', async () => {
  write('values.schema.json', {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://example.com/values.json',
    properties: { port: { $ref: '#/definitions/port' } },
  });
  expect(await schemasAreOwn(chart)).toBe(true);
});

test.each(['file:///etc/passwd', 'http://127.0.0.1:8080/x', 'other.json', '//host/x'])(
  'one that leads to %s is not, in subcharts too',
  async ($ref) => {
    write('charts/sub/values.schema.json', { properties: { a: { items: [{ $ref }] } } });
    expect(await schemasAreOwn(chart)).toBe(false);
  },
);

test('those of packed subcharts are not', async () => {
  write('charts/redis-1.0.0.tgz', 'packed');
  expect(await schemasAreOwn(chart)).toBe(false);
});
