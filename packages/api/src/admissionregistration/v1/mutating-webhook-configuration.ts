import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, ref, string, struct } from '../../schema/dsl.ts';
import { webhookConfigurationColumns } from './admission-columns.ts';
import { MatchCondition } from './types/match.ts';
import { RuleWithOperations, WebhookClientConfig } from './types/webhook.ts';
import { webhookConfigurationRules } from './webhook-configuration-rules.ts';

export const MutatingWebhook = struct(
  'io.k8s.api.admissionregistration.v1.MutatingWebhook',
  {
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
    matchConditions: array(
      ref(() => MatchCondition),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'Further conditions, all of which must hold. At most 64.',
      },
    ),
    matchPolicy: string({
      default: 'Equivalent',
      description:
        'Exact: only the groups and versions stated; Equivalent: the same objects in others too. Default: Equivalent.',
    }),
    name: string({
      required: true,
      description: 'Name of the webhook, with at least two dots, such as a.example.com.',
    }),
    namespaceSelector: ref(() => LabelSelector, {
      default: {},
      description:
        'Labels of the namespace of the object. Empty: all. Cluster-wide objects always match, but for namespaces.',
    }),
    objectSelector: ref(() => LabelSelector, {
      default: {},
      description: 'Labels of the object, old or new. Empty: all.',
    }),
    reinvocationPolicy: string({
      default: 'Never',
      description:
        'IfNeeded: may be called again when a later step changed the object; Never: once. Default: Never.',
    }),
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
  },
  { description: 'A webhook that may change requests.' },
);

export const MutatingWebhookConfiguration = struct(
  'io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    webhooks: array(
      ref(() => MutatingWebhook),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'The webhooks.',
      },
    ),
  },
  { description: 'Webhooks that change objects before they are stored.' },
);

export const mutatingWebhookConfiguration = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingWebhookConfiguration',
  plural: 'mutatingwebhookconfigurations',
  singular: 'mutatingwebhookconfiguration',
  namespaced: false,
  categories: ['api-extensions'],
  generation: true,
  columns: webhookConfigurationColumns,
  type: MutatingWebhookConfiguration,
  rules: webhookConfigurationRules,
});
