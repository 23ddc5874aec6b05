import { describe, expect, it } from 'vitest';
import { parseConfig } from './apply-body.ts';

const read = (text: string): unknown => parseConfig(Buffer.from(text)).value;

describe('the body of a server-side apply', () => {
  it('is read as JSON where it is JSON', () => {
    const text = '{"data":{"a":"\\u0041\\/b"}}';
    expect(parseConfig(Buffer.from(text))).toEqual({ text, value: { data: { a: 'A/b' } } });
  });

  it.each([
    ['{"data":{"a":"b",},}', { data: { a: 'b' } }],
    ['{\n\t"items": [\n\t\t{"a": 1,},\n\t],\n}', { items: [{ a: 1 }] }],
    ['{data: {a: b}}', { data: { a: 'b' } }],
  ])("takes YAML's wider flow style: %s", (text, value) => {
    expect(read(text)).toEqual(value);
  });

  it.each(['{"a":', '{', '{"a":"b" "c":"d"}', '{}x'])("refuses %s in a YAML reader's words", (text) => {
    expect(() => read(text)).toThrow('error decoding YAML: error converting YAML to JSON: yaml: ');
  });
});
