import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { boolean, bytes, map, ref, string, struct } from '../../schema/dsl.ts';
import { secretColumns } from './core-columns.ts';
import { secretRules } from './secret-rules.ts';

export const Secret = struct('io.k8s.api.core.v1.Secret', {
  apiVersion: string(),
  data: map(bytes()),
  immutable: boolean(),
  kind: string(),
  metadata: ref(() => ObjectMeta),
  stringData: map(string()),
  type: string({ default: 'Opaque' }),
});

export const secret = defineKind({
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  singular: 'secret',
  namespaced: true,
  type: Secret,
  rules: secretRules,
  columns: secretColumns,
  selectableFields: {
    type: ({ type }) => type ?? '',
  },
});
