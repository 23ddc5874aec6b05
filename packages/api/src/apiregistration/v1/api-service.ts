import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, bytes, int32, ref, string, struct, time } from '../../schema/dsl.ts';
import { apiServiceColumns } from './api-service-columns.ts';
import { apiServiceRules } from './api-service-rules.ts';

export const ServiceReference = struct(
  'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference',
  {
    name: string({ description: 'Name of the Service.' }),
    namespace: string({ description: 'Namespace of the Service.' }),
    port: int32({ default: 443, description: 'Port of the Service. Default: 443.' }),
  },
  { description: 'A Service that a server is behind.' },
);

export const APIServiceCondition = struct(
  'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition',
  {
    lastTransitionTime: time({ description: 'When the status last changed.' }),
    message: string({ description: 'Why, for people.' }),
    reason: string({ description: 'Why, in one word.' }),
    status: string({ required: true, description: 'True, False or Unknown.' }),
    type: string({ required: true, description: 'Available.' }),
  },
  { description: 'One aspect of the state of an APIService.' },
);

export const APIServiceSpec = struct(
  'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec',
  {
    caBundle: bytes({
      listType: 'atomic',
      description:
        'PEM certificates of the authorities that signed that of the server. Unset: those of the system.',
    }),
    group: string({ description: 'Group that is served; empty for the core group.' }),
    groupPriorityMinimum: int32({
      required: true,
      description: 'Place of the group in discovery, 1 to 20000; higher is earlier.',
    }),
    insecureSkipTLSVerify: boolean({
      description:
        'Whether the certificate of the server is not checked. Not together with caBundle. Default: false.',
    }),
    service: ref(() => ServiceReference, {
      description: 'Service of the server. Unset: this server itself.',
    }),
    version: string({ description: 'Version that is served.' }),
    versionPriority: int32({
      required: true,
      description: 'Place of the version in its group, 1 to 1000; higher is earlier.',
    }),
  },
  { description: 'Where a group and version is served.' },
);

export const APIServiceStatus = struct(
  'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus',
  {
    conditions: array(
      ref(() => APIServiceCondition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'What is going on.',
      },
    ),
  },
  { description: 'What was last seen of an APIService.' },
);

export const APIService = struct(
  'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => APIServiceSpec, { description: 'Which group and version, and where it is served.' }),
    status: ref(() => APIServiceStatus, { description: 'Seen state: whether the server can be reached.' }),
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
