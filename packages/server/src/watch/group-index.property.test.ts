import { pod } from '@gantry/api/core/v1/pod';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Entry } from '../cache/entry.ts';
import type { CacheEvent } from '../cache/resource-cache.ts';
import { ResourceTable } from '../registry/resource.ts';
import { type Selection, selectionFor } from '../registry/selection.ts';
import { selectEvent } from './frames.ts';
import { GroupIndex } from './group-index.ts';

const pods = new ResourceTable([pod], {}).of(pod);
const letter = fc.constantFrom('a', 'b', 'c');
const anyOrLetter = fc.constantFrom('', 'a', 'b', 'c');

const selection: fc.Arbitrary<Selection> = fc
  .record({
    namespace: anyOrLetter,
    name: anyOrLetter,
    node: anyOrLetter,
    phase: fc.constantFrom('', '!=Running'),
    label: anyOrLetter,
  })
  .map(({ namespace, name, node, phase, label }) => {
    const fields: string[] = [];
    if (name !== '') fields.push(`metadata.name=${name}`);
    if (phase !== '') fields.push(`status.phase${phase}`);
    if (node !== '') fields.push(`spec.nodeName=${node}`);
    const query = new URLSearchParams({
      fieldSelector: fields.join(','),
      labelSelector: label && `l=${label}`,
    });
    return selectionFor(pods, namespace, query);
  });

const entry = (namespace: string, name: string, node: string, label: string, revision: number): Entry => {
  const metadata = `{"name":"${name}","namespace":"${namespace}","resourceVersion":"","labels":{"l":"${label}"}}`;
  const body = `{"metadata":${metadata},"spec":{"nodeName":"${node}"}}`;
  return Entry.fromBody({ resource: 'pods', namespace, name }, 'u', revision, body);
};

const event: fc.Arbitrary<CacheEvent> = fc
  .record({
    type: fc.constantFrom('create', 'update', 'delete'),
    namespace: letter,
    name: letter,
    nodes: fc.tuple(anyOrLetter, anyOrLetter),
    labels: fc.tuple(letter, letter),
  })
  .map(({ type, namespace, name, nodes, labels }) => ({
    type: type as CacheEvent['type'],
    revision: 2,
    entry: entry(namespace, name, nodes[1], labels[1], 2),
    previous: type === 'create' ? undefined : entry(namespace, name, nodes[0], labels[0], 1),
  }));

it('finds every group that an event concerns, and gives it these events in order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(selection, { maxLength: 12, selector: ({ key }) => key }),
      fc.array(event, { maxLength: 8 }),
      fc.nat({ max: 12 }),
      (selections, events, gone) => {
        const index = new GroupIndex<{ readonly selection: Selection }>();
        for (const one of selections) index.add(one.key, { selection: one });
        for (const one of selections.slice(0, gone)) index.delete(one.key);
        const left = selections.slice(gone);
        const found = new Map([...index.concerned(events)].map(([group, own]) => [group.selection.key, own]));
        for (const one of left) {
          const wanted = events.filter((each) => selectEvent(each, one) !== undefined);
          const own = (found.get(one.key) ?? []).filter((each) => selectEvent(each, one) !== undefined);
          expect(own).toEqual(wanted);
        }
        const known = new Set(left.map(({ key }) => key));
        expect([...found.keys()].every((key) => known.has(key))).toBe(true);
      },
    ),
  );
});
