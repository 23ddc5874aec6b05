import { array, bytes, int32, ref, string, struct } from '../../../schema/dsl.ts';

export const ServiceReference = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference',
  {
    name: string({ required: true, description: 'Name of the Service.' }),
    namespace: string({ required: true, description: 'Namespace of the Service.' }),
    path: string({ description: 'Path of the request.' }),
    port: int32({ default: 443, description: 'Port of the Service. Default: 443.' }),
  },
  { description: 'A Service that a webhook is behind.' },
);

export const WebhookClientConfig = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig',
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

export const WebhookConversion = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion',
  {
    clientConfig: ref(() => WebhookClientConfig, { description: 'Where the webhook is.' }),
    conversionReviewVersions: array(string(), {
      required: true,
      listType: 'atomic',
      description: 'Versions of ConversionReview that the webhook knows, the best first.',
    }),
  },
  { description: 'A webhook that converts objects.' },
);

export const CustomResourceConversion = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion',
  {
    strategy: string({
      required: true,
      description: 'None changes apiVersion only, Webhook asks a webhook. Default: None.',
    }),
    webhook: ref(() => WebhookConversion, {
      description: 'The webhook. Only and always with strategy Webhook.',
    }),
  },
  { description: 'How objects are converted between versions.' },
);
