import { readFileSync } from 'node:fs';

/**
 * Field numbers and types of every message of the API, as the facts of Kubernetes 1.36 have them. A line a message:
 * its name, then `field:NUMBER TYPE FLAGS` without blanks in the order of the numbers; `# package apiVersion` begins a
 * package.
 *
 * TYPE is `[]` (repeated) or `{}` (map of strings) and then a scalar's letter or a message's name (`package.Name` for
 * one of another package). `~` as the field's name: JSON shows the fields of that message as if they were this
 * message's own. FLAGS: `?` may be absent, so that a zero value is meant; `!` JSON shows a zero value.
 */
const TABLE = new URL('./messages.txt', import.meta.url);

/** Letters of the table for what is no message, or a message that is a scalar in JSON. */
export type ScalarCode = 's' | 'b' | 'i' | 'l' | 'd' | 'B' | 't' | 'u' | 'q' | 'x' | 'f' | 'r';

export interface MessageField {
  /** Name in JSON; '~' for a message whose fields JSON shows in this one. */
  readonly name: string;
  readonly number: number;
  readonly shape: 'one' | 'list' | 'map';
  readonly type: ScalarCode | MessageType;
  /** Absent and zero are different. */
  readonly optional: boolean;
  /** JSON shows a zero value. */
  readonly shown: boolean;
}

/** One message. Fields are read from the table on first use: most messages are never needed. */
export interface MessageType {
  /** `package.Name`. */
  readonly name: string;
  /** A message with the one list `items`, which JSON shows as a list. */
  readonly list: boolean;
  readonly fields: readonly MessageField[];
}

const FIELD = /^([^:]+):(\d+)(\[\]|\{\})?([\w.]+)([?!]*)$/;
const WRAPPED_LIST = ' = []s';

let messages: Map<string, MessageType> | undefined;
/** apiVersion → package. */
const packages = new Map<string, string>();

function load(): Map<string, MessageType> {
  const table = new Map<string, MessageType>();
  let prefix = '';
  for (const line of readFileSync(TABLE, 'utf8').split('\n')) {
    if (line.startsWith('# ')) {
      const [, name = '', apiVersion = ''] = line.split(' ');
      prefix = name;
      packages.set(apiVersion, name);
    } else if (line !== '') {
      const message = new TableMessage(prefix, line);
      table.set(message.name, message);
    }
  }
  return table;
}

class TableMessage implements MessageType {
  readonly name: string;
  readonly list: boolean;
  readonly #package: string;
  readonly #line: string;
  #fields: readonly MessageField[] | undefined;

  constructor(prefix: string, line: string) {
    this.#package = prefix;
    this.#line = line;
    this.list = line.endsWith(WRAPPED_LIST);
    const blank = line.indexOf(' ');
    this.name = `${prefix}.${blank < 0 ? line : line.slice(0, blank)}`;
  }

  get fields(): readonly MessageField[] {
    this.#fields ??= this.list
      ? []
      : this.#line
          .split(' ')
          .slice(1)
          .map((word) => this.#field(word));
    return this.#fields;
  }

  #field(word: string): MessageField {
    const [, name = '', number = '', shape, type = '', flags = ''] = FIELD.exec(word) ?? [];
    if (name === '') throw new Error(`messages.txt: bad field ${word} of ${this.name}`);
    return {
      name,
      number: Number(number),
      shape: shape === '[]' ? 'list' : shape === '{}' ? 'map' : 'one',
      type:
        type.length === 1
          ? (type as ScalarCode)
          : messageNamed(type.includes('.') ? type : `${this.#package}.${type}`),
      optional: flags.includes('?'),
      shown: flags.includes('!'),
    };
  }
}

function table(): Map<string, MessageType> {
  messages ??= load();
  return messages;
}

/** By `package.Name`. Throws when the table has none: a fault of ours. */
export function messageNamed(name: string): MessageType {
  const message = table().get(name);
  if (message === undefined) throw new Error(`messages.txt has no ${name}`);
  return message;
}

/** Kinds that are known in every group version. */
const EVERYWHERE = new Set([
  'DeleteOptions',
  'CreateOptions',
  'UpdateOptions',
  'PatchOptions',
  'GetOptions',
  'ListOptions',
]);
/** Kinds of `v1` that live among the metadata. */
const META = 'meta.v1';

/** The message of a kind, as the body of a request or an answer names it; undefined for one without a binary form. */
export function messageOfKind(apiVersion: string, kind: string): MessageType | undefined {
  const known = table();
  if (EVERYWHERE.has(kind)) return known.get(`${META}.${kind}`);
  const found = known.get(`${packages.get(apiVersion) ?? ''}.${kind}`);
  return found ?? (apiVersion === 'v1' ? known.get(`${META}.${kind}`) : undefined);
}
