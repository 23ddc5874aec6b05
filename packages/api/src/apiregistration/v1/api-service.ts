import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, bytes, int32, ref, string, struct, time } from '../../schema/dsl.ts';
import { apiServiceColumns } from './api-service-columns.ts';
import { apiServiceRules } from './api-service-rules.ts';

export const ServiceReference = struct(
  'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference',
  {
    name: string(),
    namespace: string(),
    port: int32({ default: 443 }),
  },
);

export const APIServiceCondition = struct(
  'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition',
  {
    lastTransitionTime: time(),
    message: string(),
    reason: string(),
    status: string({ required: true }),
    type: string({ required: true }),
  },
);

export const APIServiceSpec = struct('io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec', {
  caBundle: bytes({ listType: 'atomic' }),
  group: string(),
  groupPriorityMinimum: int32({ required: true }),
  insecureSkipTLSVerify: boolean(),
  service: ref(() => ServiceReference),
  version: string(),
  versionPriority: int32({ required: true }),
});

export const APIServiceStatus = struct(
  'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus',
  {
    conditions: array(
      ref(() => APIServiceCondition),
      { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
    ),
  },
);

export const APIService = struct(
  'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => APIServiceSpec),
    status: ref(() => APIServiceStatus),
  },
  { description: 'A group and version of the API, and who serves it.' },
);

export const apiService = defineKind({
  group: 'apiregistration.k8s.io',
  version: 'v1',
  kind: 'APIService',
  plural: 'apiservices',
  singular: 'apiservice',
  namespaced: false,
  categories: ['api-extensions'],
  subresources: { status: true },
  generation: false,
  columns: apiServiceColumns,
  type: APIService,
  nameRule: 'pathSegment',
  rules: apiServiceRules,
});
