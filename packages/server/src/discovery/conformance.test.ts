import { gaFacts } from '@gantry/api/conformance/facts';
import { leftOut } from '@gantry/api/conformance/left-out';
import { builtinKinds } from '@gantry/api/kinds';
import { formatGroupVersion } from '@gantry/machinery/object';
import { expect, test } from 'vitest';
import { resourceLines } from './resource-lists.ts';

test('discovery lists the resources of the GA API of Kubernetes 1.36', () => {
  const ours = new Map<string, unknown>();
  for (const kind of builtinKinds.filter(({ group }) => !group.endsWith('gantry.dev')))
    for (const { name, ...line } of resourceLines([kind]))
      ours.set(`${formatGroupVersion(kind.group, kind.version)} ${name}`, line);
  const theirs = new Map(Object.entries(gaFacts().resources));
  const wrong = [...new Set([...ours.keys(), ...theirs.keys()])].filter((key) => {
    if (leftOut[`resource ${key}`] !== undefined) return false;
    return JSON.stringify(sorted(ours.get(key))) !== JSON.stringify(sorted(theirs.get(key)));
  });
  expect(wrong.map((key) => [key, ours.get(key), theirs.get(key)])).toEqual([]);
});

const sorted = (value: unknown): [string, unknown][] =>
  Object.entries(value ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
