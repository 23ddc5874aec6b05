import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { boolean, bytes, map, ref, string, struct } from '../../schema/dsl.ts';
import { configMapRules } from './config-map-rules.ts';
import { configMapColumns } from './core-columns.ts';

export const ConfigMap = struct(
  'io.k8s.api.core.v1.ConfigMap',
  {
    apiVersion: string(),
    binaryData: map(bytes(), { description: 'Values that are not text, base64. No key may be in data too.' }),
    data: map(string(), { description: 'Values that are text. All data together is at most 1 MiB.' }),
    immutable: boolean({ description: 'When true, the data can never change again. Default: false.' }),
    kind: string(),
    metadata: ref(() => ObjectMeta),
  },
  { description: 'Configuration as keys and values, for pods to read.' },
);

export const configMap = defineKind({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  namespaced: true,
  shortNames: ['cm'],
  type: ConfigMap,
  rules: configMapRules,
  columns: configMapColumns,
});
