import { array, bytes, int32, ref, string, struct } from '../../../schema/dsl.ts';

export const ServiceReference = struct(
  'io.k8s.api.admissionregistration.v1.ServiceReference',
  {
    name: string({ required: true, description: 'Name of the Service.' }),
    namespace: string({ required: true, description: 'Namespace of the Service.' }),
    path: string({ description: 'Path of the request.' }),
    port: int32({ default: 443, description: 'Port of the Service. Default: 443.' }),
  },
  { description: 'A Service that a webhook is behind.' },
);

export const WebhookClientConfig = struct(
  'io.k8s.api.admissionregistration.v1.WebhookClientConfig',
  {
    caBundle: bytes({
      description:
        'PEM certificates of the authorities that signed that of the webhook. Unset: those of the system.',
    }),
    service: ref(() => ServiceReference, { description: 'A Service in the cluster.' }),
    url: string({ description: 'HTTPS URL, without user, query and fragment.' }),
  },
  { description: 'Where a webhook is; exactly one of service and url is set.' },
);

export const RuleWithOperations = struct(
  'io.k8s.api.admissionregistration.v1.RuleWithOperations',
  {
    apiGroups: array(string(), { listType: 'atomic', description: 'Groups of the resources; * for all.' }),
    apiVersions: array(string(), {
      listType: 'atomic',
      description: 'Versions of the resources; * for all.',
    }),
    operations: array(string(), {
      listType: 'atomic',
      description: 'CREATE, UPDATE, DELETE, CONNECT, or * for all.',
    }),
    resources: array(string(), {
      listType: 'atomic',
      description: 'Resources, with the subresource after a slash; * for all but subresources, */* for all.',
    }),
    scope: string({ default: '*', description: 'Cluster, Namespaced, or * for both. Default: *.' }),
  },
  { description: 'A choice of requests by operation and resource.' },
);
