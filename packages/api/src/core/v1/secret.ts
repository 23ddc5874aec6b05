import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { boolean, bytes, map, ref, string, struct } from '../../schema/dsl.ts';
import { secretColumns } from './core-columns.ts';
import { secretRules } from './secret-rules.ts';

export const Secret = struct(
  'io.k8s.api.core.v1.Secret',
  {
    apiVersion: string(),
    data: map(bytes(), { description: 'Values, base64. At most 1 MiB in all.' }),
    immutable: boolean({ description: 'When true, the data can never change again. Default: false.' }),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    stringData: map(string(), { description: 'Values as text, merged into data on write; never read back.' }),
    type: string({
      default: 'Opaque',
      description: 'Kind of content; some types require certain keys. Can not change. Default: Opaque.',
    }),
  },
  { description: 'Confidential data as keys and values, for pods to read.' },
);

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
