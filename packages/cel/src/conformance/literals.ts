/** Values of the corpus (messages of cel.expr.Value as JSON) as expressions that make them. */

export interface CorpusValue {
  readonly [kind: string]: unknown;
}

/** Undefined: a protobuf message or an enum, which this implementation has none of. */
export function literalOf(value: CorpusValue): string | undefined {
  const [kind = '', content] = Object.entries(value)[0] ?? [];
  switch (kind) {
    case 'int64Value':
    case 'boolValue':
    case 'typeValue':
      return String(content);
    case 'uint64Value':
      return `${content}u`;
    case 'nullValue':
      return 'null';
    case 'doubleValue':
      return `double("${content}")`.replace('"0"', Object.is(content, -0) ? '"-0"' : '"0"');
    case 'stringValue':
      return JSON.stringify(content);
    case 'bytesValue':
      return bytesLiteral(content as string);
    case 'objectValue':
      return objectLiteral(content as { '@type': string; value: string });
    default:
      return aggregateLiteral(kind, content);
  }
}

function bytesLiteral(base64: string): string {
  return `b"${[...Buffer.from(base64, 'base64')].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}"`;
}

function objectLiteral(object: { '@type': string; value: string }): string | undefined {
  const name = /\.(Timestamp|Duration)$/.exec(object['@type'])?.[1];
  return name && `${name.toLowerCase()}("${object.value}")`;
}

function aggregateLiteral(kind: string, content: unknown): string | undefined {
  const { values = [], entries = [] } = content as {
    values?: CorpusValue[];
    entries?: { key: CorpusValue; value: CorpusValue }[];
  };
  const dynamic = (value: CorpusValue) => literalOf(value) && `dyn(${literalOf(value)})`;
  const parts =
    kind === 'listValue'
      ? values.map(dynamic)
      : entries.map(
          ({ key, value }) => dynamic(key) && dynamic(value) && `${dynamic(key)}:${dynamic(value)}`,
        );
  if (!['listValue', 'mapValue'].includes(kind) || parts.includes(undefined)) {
    return undefined;
  }
  return kind === 'listValue' ? `[${parts}]` : `{${parts}}`;
}
