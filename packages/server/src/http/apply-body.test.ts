import { describe, expect, it } from 'vitest';
import { parseConfig } from './apply-body.ts';
import { parsedApart } from './yaml-apart.ts';

const read = async (text: string): Promise<unknown> => (await parseConfig(Buffer.from(text))).value;

describe('the body of a server-side apply', () => {
  it('is read as JSON where it is JSON', async () => {
    const text = '{"data":{"a":"\\u0041\\/b"}}';
    expect(await parseConfig(Buffer.from(text))).toEqual({ text, value: { data: { a: 'A/b' } } });
  });

  it.each([
    ['{"data":{"a":"b",},}', { data: { a: 'b' } }],
    ['{\n\t"items": [\n\t\t{"a": 1,},\n\t],\n}', { items: [{ a: 1 }] }],
    ['{data: {a: b}}', { data: { a: 'b' } }],
  ])("takes YAML's wider flow style: %s", async (text, value) => {
    expect(await read(text)).toEqual(value);
  });

  it.each(['{"a":', '{', '{"a":"b" "c":"d"}', '{}x'])("refuses %s in a YAML reader's words", async (text) => {
    await expect(read(text)).rejects.toThrow('error decoding YAML: error converting YAML to JSON: yaml: ');
  });

  it('that is long and only begins like JSON is read in a thread', async () => {
    const keys = Array.from({ length: 5_000 }, (_, index) => `k${index}: 1`);
    const bytes = Buffer.from(`{${keys.join(', ')}}`);
    expect(Object.keys((await parseConfig(bytes)).value as object)).toHaveLength(5_000);
    expect(parsedApart(bytes)).toBeDefined();
  });
});
