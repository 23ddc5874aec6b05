import { array, bytes, int32, ref, string, struct } from '../../../schema/dsl.ts';

export const ServiceReference = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference',
  {
    name: string({ required: true }),
    namespace: string({ required: true }),
    path: string(),
    port: int32({ default: 443 }),
  },
);

export const WebhookClientConfig = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig',
  {
    caBundle: bytes(),
    service: ref(() => ServiceReference),
    url: string(),
  },
);

export const WebhookConversion = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion',
  {
    clientConfig: ref(() => WebhookClientConfig),
    conversionReviewVersions: array(string(), { required: true, listType: 'atomic' }),
  },
);

export const CustomResourceConversion = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion',
  {
    strategy: string({ required: true }),
    webhook: ref(() => WebhookConversion),
  },
);
