import { bench } from 'vitest';
import { deepClone } from '../json.ts';
import type { AnyObject } from '../object.ts';
import { deploymentView } from '../testing/schema.ts';
import { trackUpdate } from './track-update.ts';

const container = (name: string) => ({
  name,
  image: 'registry/image:tag',
  command: ['a', 'b'],
  ports: [
    { containerPort: 80, protocol: 'TCP' },
    { containerPort: 443, protocol: 'TCP' },
  ],
  resources: { limits: { cpu: '1', memory: '1Gi', 'ephemeral-storage': '1Gi' } },
});
const labels = Object.fromEntries(
  Array.from({ length: 8 }, (_, i) => [`app.kubernetes.io/label-${i}`, `value-${i}`]),
);
const object = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default', labels, annotations: { ...labels } },
  spec: {
    replicas: 1,
    selector: { matchLabels: labels },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
    template: {
      metadata: { labels },
      spec: { containers: [container('a'), container('b'), container('c')] },
    },
  },
} as unknown as AnyObject;
const options = {
  schema: deploymentView,
  manager: 'kubectl',
  operation: 'Update',
  subresource: '',
  now: '2024-01-01T00:00:00Z',
  apiVersion: 'apps/v1',
} as const;
const managedFields = trackUpdate({ ...options, before: undefined, after: object }) ?? [];
const before: AnyObject = { ...object, metadata: { ...object.metadata, uid: 'u', managedFields } };
const same = deepClone(before);
const scaled = {
  ...deepClone(before),
  spec: { ...(deepClone(object).spec as object), replicas: 2 },
} as AnyObject;

bench('create, 2 KB', () => {
  trackUpdate({ ...options, before: undefined, after: object });
});
bench('update, nothing changed', () => {
  trackUpdate({ ...options, before, after: same });
});
bench('update, one field', () => {
  trackUpdate({ ...options, before, after: scaled, manager: 'hpa' });
});
