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
    description: string(),
    globalDefault: boolean(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    preemptionPolicy: string({ default: 'PreemptLowerPriority' }),
    value: int32({ published: 0 }),
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
  generation: true,
  columns: [
    nameColumn,
    integer('Value', ({ value }) => value ?? 0),
    booleanColumn('Global-Default', ({ globalDefault }) => globalDefault ?? false),
    ageColumn,
    text('PreemptionPolicy', ({ preemptionPolicy }) => preemptionPolicy ?? ''),
  ],
});
