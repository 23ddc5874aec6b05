import {
  array,
  bytes,
  int32,
  ref,
  type Schema,
  type StructType,
  string,
  struct,
} from '../../../schema/dsl.ts';
import { matchConditions, matchPolicy, namespaceSelector, objectSelector } from './match.ts';

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

/** What a webhook of either kind says. */
const COMMON: Readonly<Record<string, Schema>> = {
  admissionReviewVersions: array(string(), {
    required: true,
    listType: 'atomic',
    description: 'Versions of AdmissionReview that the webhook knows, the best first.',
  }),
  clientConfig: ref(() => WebhookClientConfig, { required: true, description: 'Where the webhook is.' }),
  failurePolicy: string({
    default: 'Fail',
    description:
      'When the webhook does not answer properly: Fail refuses the request, Ignore goes on. Default: Fail.',
  }),
  matchConditions,
  matchPolicy,
  name: string({
    required: true,
    description: 'Name of the webhook, with at least two dots, such as a.example.com.',
  }),
  namespaceSelector,
  objectSelector,
  rules: array(
    ref(() => RuleWithOperations),
    {
      listType: 'atomic',
      description: 'Requests that the webhook is asked about: one of these is enough.',
    },
  ),
  sideEffects: string({
    required: true,
    published: null,
    description: 'None, or NoneOnDryRun: whether the webhook changes anything besides the object.',
  }),
  timeoutSeconds: int32({
    default: 10,
    description: 'Seconds to wait for an answer, 1 to 30. Default: 10.',
  }),
};

/** A type of webhooks: what all say, and what it alone does (`own`), by name. */
export function webhookType(name: string, description: string, own: Record<string, Schema> = {}): StructType {
  const fields = Object.entries({ ...COMMON, ...own }).sort(([a], [b]) => (a < b ? -1 : 1));
  return struct(name, Object.fromEntries(fields), { description });
}
