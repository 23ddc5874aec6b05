import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, ref, string, struct } from '../../schema/dsl.ts';
import { webhookConfigurationColumns } from './admission-columns.ts';
import { webhookType } from './types/webhook.ts';
import { webhookConfigurationRules } from './webhook-configuration-rules.ts';

export const MutatingWebhook = webhookType(
  'io.k8s.api.admissionregistration.v1.MutatingWebhook',
  'A webhook that may change requests.',
  {
    reinvocationPolicy: string({
      default: 'Never',
      description:
        'IfNeeded: may be called again when a later step changed the object; Never: once. Default: Never.',
    }),
  },
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
