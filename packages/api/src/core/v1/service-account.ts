import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, ref, string, struct } from '../../schema/dsl.ts';
import { serviceAccountColumns } from './core-columns.ts';
import { serviceAccountRules } from './service-account-rules.ts';
import { LocalObjectReference, ObjectReference } from './types/common.ts';

export const ServiceAccount = struct(
  'io.k8s.api.core.v1.ServiceAccount',
  {
    apiVersion: string(),
    automountServiceAccountToken: boolean({
      description: 'Whether pods get a token by default. A pod can say otherwise. Default: true.',
    }),
    imagePullSecrets: array(
      ref(() => LocalObjectReference),
      { listType: 'atomic', description: 'Secrets for pulling images, given to pods that name none.' },
    ),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    secrets: array(
      ref(() => ObjectReference),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description:
          'Secrets that pods of this account may use. Enforced only by an old annotation; deprecated.',
      },
    ),
  },
  { description: 'An identity for processes in pods.' },
);

export const serviceAccount = defineKind({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  namespaced: true,
  shortNames: ['sa'],
  type: ServiceAccount,
  returnsDeleted: true,
  subresources: {
    others: {
      token: { verbs: ['create'], kind: 'TokenRequest', group: 'authentication.k8s.io' },
    },
  },
  rules: serviceAccountRules,
  columns: serviceAccountColumns,
});
