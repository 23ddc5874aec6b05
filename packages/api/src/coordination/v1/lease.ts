import type { Lease as Stored } from '../../generated/types.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { int32, microTime, ref, string, struct } from '../../schema/dsl.ts';
import { ageColumn, nameColumn, text } from '../../tables/columns.ts';
import { leaseRules } from './lease-rules.ts';

export const LeaseSpec = struct(
  'io.k8s.api.coordination.v1.LeaseSpec',
  {
    acquireTime: microTime({ description: 'When the holder got the lease.' }),
    holderIdentity: string({ description: 'Who holds the lease.' }),
    leaseDurationSeconds: int32({ description: 'Seconds after renewTime until others may take the lease.' }),
    leaseTransitions: int32({ description: 'How often the lease changed hands.' }),
    preferredHolder: string({ description: 'Who should take the lease next. Needs strategy.' }),
    renewTime: microTime({ description: 'When the holder last renewed the lease.' }),
    strategy: string({
      description: 'How holders are elected, such as OldestEmulationVersion. Unset: whoever is first.',
    }),
  },
  { description: 'Who holds a lease, and until when.' },
);

export const Lease = struct(
  'io.k8s.api.coordination.v1.Lease',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => LeaseSpec, { description: 'Who holds the lease, and until when.' }),
  },
  { description: 'A claim with an expiry: heartbeats and leader election.' },
);

export const lease = defineKind<Stored>({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  singular: 'lease',
  namespaced: true,
  type: Lease,
  retention: 'busy',
  rules: leaseRules,
  columns: [
    nameColumn,
    text('Holder', 'Who holds the lease.', ({ spec }) => spec.holderIdentity ?? ''),
    ageColumn,
  ],
});
