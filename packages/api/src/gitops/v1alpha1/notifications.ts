import { array, ref, string, struct } from '../../schema/dsl.ts';

export const NotificationSecret = struct(
  'dev.gantry.gitops.v1alpha1.NotificationSecret',
  {
    name: string({ required: true, description: 'Name of a Secret in the same namespace.' }),
    key: string({ default: 'token', description: 'Its key that holds the shared secret.' }),
  },
  { description: 'The Secret with the address or the credentials.' },
);

export const Notification = struct(
  'dev.gantry.gitops.v1alpha1.Notification',
  {
    url: string({
      required: true,
      description:
        'http(s) address that gets a POST of JSON. Link-local addresses are refused, redirects are not followed.',
    }),
    secretRef: ref(() => NotificationSecret, {
      description:
        'Signs the body: X-Gantry-Signature-256 is "sha256=" and the HMAC-SHA256 of the body in hexadecimal.',
    }),
    events: array(
      string({
        enum: ['Synced', 'SyncFailed', 'Healthy', 'Degraded', 'PruneHeld', 'RolledBack'],
      }),
      { listType: 'set', description: 'What is told. Default: everything.' },
    ),
  },
  { description: 'Someone who is told what becomes of an Application.' },
);
