import type { PriorityClass as Stored } from '../../generated/types.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { boolean, int32, ref, string, struct } from '../../schema/dsl.ts';
import { ageColumn, boolean as booleanColumn, integer, nameColumn, text } from '../../tables/columns.ts';
import { priorityClassRules } from './priority-class-rules.ts';

export const PriorityClass = struct(
  'io.k8s.api.scheduling.v1.PriorityClass',
  {
    apiVersion: string(),
    description: string({ description: 'When to use the class, for people.' }),
    globalDefault: boolean({
      description: 'Whether pods without a class get this one. At most one class. Default: false.',
    }),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    preemptionPolicy: string({
      default: 'PreemptLowerPriority',
      description:
        'PreemptLowerPriority displaces less important pods, Never waits. Default: PreemptLowerPriority.',
    }),
    value: int32({
      published: 0,
      description: 'Priority of the pods; higher is more important. At most 1000000000. Can not change.',
    }),
  },
  { description: 'A name for a priority of pods.' },
);

export const priorityClass = defineKind<Stored>({
  group: 'scheduling.k8s.io',
  version: 'v1',
  kind: 'PriorityClass',
  plural: 'priorityclasses',
  singular: 'priorityclass',
  namespaced: false,
  shortNames: ['pc'],
  type: PriorityClass,
  rules: priorityClassRules,
  generation: 'once',
  columns: [
    nameColumn,
    integer('Value', 'Priority of the pods; higher is more important.', ({ value }) => value ?? 0),
    booleanColumn(
      'Global-Default',
      'Whether pods without a class get this one.',
      ({ globalDefault }) => globalDefault ?? false,
    ),
    ageColumn,
    text(
      'PreemptionPolicy',
      'Whether less important pods are displaced.',
      ({ preemptionPolicy }) => preemptionPolicy ?? '',
    ),
  ],
});
