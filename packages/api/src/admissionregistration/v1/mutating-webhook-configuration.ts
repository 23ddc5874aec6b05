import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, ref, string, struct } from '../../schema/dsl.ts';
import { webhookConfigurationColumns } from './admission-columns.ts';
import { MatchCondition } from './types/match.ts';
import { RuleWithOperations, WebhookClientConfig } from './types/webhook.ts';
import { webhookConfigurationRules } from './webhook-configuration-rules.ts';

export const MutatingWebhook = struct('io.k8s.api.admissionregistration.v1.MutatingWebhook', {
  admissionReviewVersions: array(string(), { required: true, listType: 'atomic' }),
  clientConfig: ref(() => WebhookClientConfig, { required: true }),
  failurePolicy: string({ default: 'Fail' }),
  matchConditions: array(
    ref(() => MatchCondition),
    { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge', patchMergeKey: 'name' },
  ),
  matchPolicy: string({ default: 'Equivalent' }),
  name: string({ required: true }),
  namespaceSelector: ref(() => LabelSelector, { default: {} }),
  objectSelector: ref(() => LabelSelector, { default: {} }),
  reinvocationPolicy: string({ default: 'Never' }),
  rules: array(
    ref(() => RuleWithOperations),
    { listType: 'atomic' },
  ),
  sideEffects: string({ required: true, published: null }),
  timeoutSeconds: int32({ default: 10 }),
});

export const MutatingWebhookConfiguration = struct(
  'io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    webhooks: array(
      ref(() => MutatingWebhook),
      { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge', patchMergeKey: 'name' },
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
