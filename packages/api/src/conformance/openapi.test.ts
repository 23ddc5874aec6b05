import { describe, expect, test } from 'vitest';
import { builtinKinds } from '../kinds.ts';
import { openApiV2 } from '../openapi/v2.ts';
import { openApiV3 } from '../openapi/v3.ts';
import { gaFacts } from './facts.ts';
import { leftOut } from './left-out.ts';
import { schemaFact } from './openapi-facts.ts';

type Json = Record<string, unknown>;
interface Document {
  readonly paths: Record<string, Record<string, Json>>;
  readonly components: { readonly schemas: Record<string, Json> };
}

const facts = gaFacts();
const originals = builtinKinds.filter(({ group }) => !group.endsWith('gantry.dev'));
const documents = [...new Map(originals.map((kind) => [`${kind.group}/${kind.version}`, kind])).values()].map(
  (kind) => openApiV3(builtinKinds, kind) as unknown as Document,
);

/** Sorted lists of names and of kinds, so that order does not matter where it means nothing. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => {
    if (Array.isArray(inner) && inner.every((one) => typeof one === 'string')) return [...inner].sort();
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });

const isLeftOut = (key: string): boolean =>
  Object.keys(leftOut).some((one) => key === one || key.startsWith(`${one}.`));

/** Lines `key: ours, theirs` of all that differs, but for what is left out on purpose. */
function difference(ours: ReadonlyMap<string, string>, theirs: ReadonlyMap<string, string>): string[] {
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .filter((key) => ours.get(key) !== theirs.get(key) && !isLeftOut(key))
    .map((key) => `${key}: ${ours.get(key) ?? 'absent'} instead of ${theirs.get(key) ?? 'absent'}`);
}

function stale(prefix: string, ours: ReadonlyMap<string, string>, theirs: ReadonlyMap<string, string>) {
  return Object.keys(leftOut).filter((key) => key.startsWith(prefix) && ours.get(key) === theirs.get(key));
}

function compare(prefix: string, ours: ReadonlyMap<string, string>, theirs: ReadonlyMap<string, string>) {
  expect(difference(ours, theirs)).toEqual([]);
  expect(stale(prefix, ours, theirs), 'no longer left out').toEqual([]);
}

/** Options and events are repeated under each group's own name: only the first name is compared. */
const REPEATED = /\.(DeleteOptions|WatchEvent)$/;

const schemaLines = (schemas: readonly (readonly [string, Json])[]): Map<string, string> => {
  const lines = new Map<string, string>();
  for (const [name, { gvk, fields, ...rest }] of schemas) {
    const names = REPEATED.test(name) ? (gvk as string[]).slice(0, 1) : gvk;
    lines.set(`schema ${name}`, plain({ gvk: names, ...rest }));
    for (const [field, fact] of Object.entries(fields ?? {}))
      lines.set(`schema ${name}.${field}`, plain(fact));
  }
  return lines;
};

const ourSchemas = new Map(documents.flatMap(({ components }) => Object.entries(components.schemas)));

describe('the GA API of Kubernetes 1.36', () => {
  test('every schema: fields, types, required, defaults, list types, merge keys', () => {
    compare(
      'schema',
      schemaLines([...ourSchemas].map(([name, schema]) => [name, schemaFact(schema) as Json])),
      schemaLines(Object.entries(facts.schemas) as [string, Json][]),
    );
  });

  const operations = documents.flatMap(({ paths }) =>
    Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([, operation]) => operation['x-kubernetes-action'] !== undefined)
        .map(([method, operation]) => ({ path, method, operation, item })),
    ),
  );

  test('every operation: method, path, action', () => {
    const ours = new Map<string, string[]>();
    for (const { path, method, operation } of operations) {
      const line = `${method.toUpperCase()}:${String(operation['x-kubernetes-action'])}`;
      ours.set(`operation ${path}`, [...(ours.get(`operation ${path}`) ?? []), line]);
    }
    compare(
      'operation',
      new Map([...ours].map(([path, lines]) => [path, plain(lines)])),
      new Map(
        Object.entries(facts.operations).map(([path, line]) => [`operation ${path}`, plain(line.split(' '))]),
      ),
    );
  });

  test('query parameters of every operation', () => {
    const wrong: string[] = [];
    for (const { path, method, operation, item } of operations) {
      const action = String(operation['x-kubernetes-action']);
      const last = path.split('/').findLast((part) => !part.startsWith('{')) ?? '';
      const key = action === 'connect' ? `connect ${last}` : last === 'log' ? 'get log' : action;
      const names = [item.parameters, operation.parameters]
        .flatMap((list) => (list ?? []) as { name: string; in: string }[])
        .filter((one) => one.in === 'query')
        .map(({ name }) => name)
        .sort()
        .join(' ');
      const expected = (facts.parameters[key] ?? '')
        .split(' ')
        .filter((name) => leftOut[`parameter ${name}`] === undefined)
        .join(' ');
      if (names !== expected) wrong.push(`${method} ${path}: ${names} instead of ${expected}`);
    }
    expect(wrong).toEqual([]);
  });

  test('version 2 of the document has the same definitions', () => {
    const { definitions } = openApiV2(originals) as unknown as { definitions: Record<string, Json> };
    const different = [...ourSchemas].filter(([name, schema]) => {
      const fieldsOf = (one: Json | undefined) => Object.keys((one?.properties ?? {}) as object);
      return plain(fieldsOf(definitions[name])) !== plain(fieldsOf(schema));
    });
    expect(different.map(([name]) => name)).toEqual([]);
  });
});
