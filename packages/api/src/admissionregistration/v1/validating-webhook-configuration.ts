import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, ref, string, struct } from '../../schema/dsl.ts';
import { webhookConfigurationColumns } from './admission-columns.ts';
import { MatchCondition } from './types/match.ts';
import { RuleWithOperations, WebhookClientConfig } from './types/webhook.ts';
import { webhookConfigurationRules } from './webhook-configuration-rules.ts';

export const ValidatingWebhook = struct('io.k8s.api.admissionregistration.v1.ValidatingWebhook', {
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
  rules: array(
    ref(() => RuleWithOperations),
    { listType: 'atomic' },
  ),
  sideEffects: string({ required: true, published: null }),
  timeoutSeconds: int32({ default: 10 }),
});

export const ValidatingWebhookConfiguration = struct(
  'io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    webhooks: array(
      ref(() => ValidatingWebhook),
      { listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge', patchMergeKey: 'name' },
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
