import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';
import { ipAddressRules } from './address-rules.ts';
import { ipAddressColumns } from './networking-columns.ts';

export const ParentReference = struct(
  'io.k8s.api.networking.v1.ParentReference',
  {
    group: string({ description: 'Group of the object; empty for the core group.' }),
    name: string({ required: true, published: null, description: 'Name of the object.' }),
    namespace: string({ description: 'Namespace of the object.' }),
    resource: string({
      required: true,
      published: null,
      description: 'Resource of the object, such as services.',
    }),
  },
  { description: 'An object that an address is given to.' },
);

export const IPAddressSpec = struct(
  'io.k8s.api.networking.v1.IPAddressSpec',
  {
    parentRef: ref(() => ParentReference, {
      required: true,
      byValue: false,
      description: 'The object that the address is given to.',
    }),
  },
  { description: 'What uses an address.' },
);

export const IPAddress = struct(
  'io.k8s.api.networking.v1.IPAddress',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => IPAddressSpec, { required: true, description: 'What uses the address.' }),
  },
  { description: 'One address that is taken from a ServiceCIDR.' },
);

export const ipAddress = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IPAddress',
  plural: 'ipaddresses',
  singular: 'ipaddress',
  namespaced: false,
  shortNames: ['ip'],
  type: IPAddress,
  nameRule: 'any',
  rules: ipAddressRules,
  columns: ipAddressColumns,
});
