import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';
import { resourceClaimRules } from './resource-claim-rules.ts';
import { resourceClaimColumns } from './resource-columns.ts';
import { ResourceClaimStatus } from './types/allocation.ts';
import { ResourceClaimSpec } from './types/device-claim.ts';

export const ResourceClaim = struct(
  'io.k8s.api.resource.v1.ResourceClaim',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ResourceClaimSpec, {
      required: true,
      description: 'Devices that are asked for. Can not change.',
    }),
    status: ref(() => ResourceClaimStatus, { description: 'What was allocated, and for whom.' }),
  },
  { description: 'Asks for devices.' },
);

export const resourceClaim = defineKind({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'ResourceClaim',
  plural: 'resourceclaims',
  singular: 'resourceclaim',
  namespaced: true,
  subresources: { status: true },
  generation: false,
  columns: resourceClaimColumns,
  type: ResourceClaim,
  returnsDeleted: true,
  rules: resourceClaimRules,
});
