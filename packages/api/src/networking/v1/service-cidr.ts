import { defineKind } from '../../kind.ts';
import { Condition, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, ref, string, struct } from '../../schema/dsl.ts';
import { serviceCIDRRules } from './address-rules.ts';
import { serviceCIDRColumns } from './networking-columns.ts';

export const ServiceCIDRSpec = struct(
  'io.k8s.api.networking.v1.ServiceCIDRSpec',
  {
    cidrs: array(string(), {
      listType: 'atomic',
      description:
        'Ranges that Services get their addresses from, at most one of each family. A second one may be added; else they can not change.',
    }),
  },
  { description: 'Where addresses of Services come from.' },
);

export const ServiceCIDRStatus = struct(
  'io.k8s.api.networking.v1.ServiceCIDRStatus',
  {
    conditions: array(
      ref(() => Condition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'What is going on, such as Ready.',
      },
    ),
  },
  { description: 'What was last seen of the ranges.' },
);

export const ServiceCIDR = struct(
  'io.k8s.api.networking.v1.ServiceCIDR',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ServiceCIDRSpec, { description: 'The ranges.' }),
    status: ref(() => ServiceCIDRStatus, { description: 'Seen state: whether the ranges are in use.' }),
  },
  { description: 'A range that cluster addresses of Services come from.' },
);

export const serviceCIDR = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'ServiceCIDR',
  plural: 'servicecidrs',
  singular: 'servicecidr',
  namespaced: false,
  type: ServiceCIDR,
  rules: serviceCIDRRules,
  subresources: {
    status: true,
  },
  generation: false,
  columns: serviceCIDRColumns,
});
