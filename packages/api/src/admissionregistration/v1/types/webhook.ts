import { array, bytes, int32, ref, string, struct } from '../../../schema/dsl.ts';

export const ServiceReference = struct('io.k8s.api.admissionregistration.v1.ServiceReference', {
  name: string({ required: true }),
  namespace: string({ required: true }),
  path: string(),
  port: int32({ default: 443 }),
});

export const WebhookClientConfig = struct('io.k8s.api.admissionregistration.v1.WebhookClientConfig', {
  caBundle: bytes(),
  service: ref(() => ServiceReference),
  url: string(),
});

export const RuleWithOperations = struct('io.k8s.api.admissionregistration.v1.RuleWithOperations', {
  apiGroups: array(string(), { listType: 'atomic' }),
  apiVersions: array(string(), { listType: 'atomic' }),
  operations: array(string(), { listType: 'atomic' }),
  resources: array(string(), { listType: 'atomic' }),
  scope: string({ default: '*' }),
});
