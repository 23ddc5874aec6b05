import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, ref, string, struct } from '../../schema/dsl.ts';
import { webhookConfigurationColumns } from './admission-columns.ts';
import { MatchCondition } from './types/match.ts';
import { RuleWithOperations, WebhookClientConfig } from './types/webhook.ts';
import { webhookConfigurationRules } from './webhook-configuration-rules.ts';

export const ValidatingWebhook = struct(
  'io.k8s.api.admissionregistration.v1.ValidatingWebhook',
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
      description: 'None, or NoneOnDryRun: whether the webhook changes anything.',
    }),
    timeoutSeconds: int32({
      default: 10,
      description: 'Seconds to wait for an answer, 1 to 30. Default: 10.',
    }),
  },
  { description: 'A webhook that may refuse requests.' },
);

export const ValidatingWebhookConfiguration = struct(
  'io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    webhooks: array(
      ref(() => ValidatingWebhook),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'The webhooks.',
      },
    ),
  },
  { description: 'Webhooks that accept or refuse objects.' },
);

export const validatingWebhookConfiguration = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingWebhookConfiguration',
  plural: 'validatingwebhookconfigurations',
  singular: 'validatingwebhookconfiguration',
  namespaced: false,
  categories: ['api-extensions'],
  generation: true,
  columns: webhookConfigurationColumns,
  type: ValidatingWebhookConfiguration,
  rules: webhookConfigurationRules,
});
