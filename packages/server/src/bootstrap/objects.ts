import type { ConfigMap, Namespace, PriorityClass, ServiceCIDR } from '@gantry/api/generated/types';
import type { AnyObject, KubeObject } from '@gantry/machinery/object';
import { DEFAULT_SERVICE_CIDR } from './default-range.ts';
import {
  type ApiServerAddress,
  kubernetesEndpointSlice,
  kubernetesEndpoints,
  kubernetesService,
} from './kubernetes-service.ts';
import {
  bootstrapClusterRoleBindings,
  bootstrapClusterRoles,
  bootstrapRoleBindings,
  bootstrapRoles,
} from './rbac.ts';

export interface BootstrapOptions extends ApiServerAddress {
  /** PEM of the CA that signs client certificates, for extension servers. */
  readonly clientCa?: string;
  /** PEM of the CA that signs the certificate with which this server vouches for users. */
  readonly requestHeaderCa?: string;
}

/** How a start treats an object that is there already. */
export type Reconcile =
  /** Left as it is. */
  | 'create'
  /** Rules and subjects that are missing are added, and other rules of our own roles go, unless `autoupdate` is "false". */
  | 'rbac'
  /** The fields named are put back. */
  | { readonly fields: readonly string[] };

export interface BootstrapObject {
  readonly object: AnyObject;
  readonly reconcile: Reconcile;
}

const namespaces = (): Namespace[] =>
  ['default', 'kube-node-lease', 'kube-public', 'kube-system'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
    spec: {},
  }));

const priorityClass = (name: string, value: number, description: string): PriorityClass => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  ...{ value, description },
});

const priorityClasses = (): PriorityClass[] => [
  priorityClass(
    'system-node-critical',
    2_000_001_000,
    'Used for system critical pods that must not be moved from their current node.',
  ),
  priorityClass(
    'system-cluster-critical',
    2_000_000_000,
    'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  ),
];

const serviceCidr = (cidr: string): ServiceCIDR => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'ServiceCIDR',
  metadata: { name: DEFAULT_SERVICE_CIDR },
  spec: { cidrs: [cidr] },
});

/** Whom aggregated API servers may believe, and how users are told to them. */
const authenticationMap = (clientCa: string, requestHeaderCa: string | undefined): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'extension-apiserver-authentication', namespace: 'kube-system' },
  data: {
    'client-ca-file': clientCa,
    ...(requestHeaderCa === undefined
      ? {}
      : {
          'requestheader-allowed-names': '["front-proxy-client"]',
          'requestheader-client-ca-file': requestHeaderCa,
          'requestheader-extra-headers-prefix': '["X-Remote-Extra-"]',
          'requestheader-group-headers': '["X-Remote-Group"]',
          'requestheader-uid-headers': '["X-Remote-Uid"]',
          'requestheader-username-headers': '["X-Remote-User"]',
        }),
  },
});

/** Since when uses of tokens in Secrets are marked: their cleaner goes by it. */
const tokenTracking = (now: Date): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'kube-apiserver-legacy-service-account-token-tracking', namespace: 'kube-system' },
  data: { since: now.toISOString().slice(0, 10) },
});

/** What must exist in every cluster: first the namespaces, then what may lie in them, in any order. */
export function bootstrapObjects(options: BootstrapOptions): {
  readonly first: readonly BootstrapObject[];
  readonly rest: readonly BootstrapObject[];
} {
  const as = (objects: readonly KubeObject[], reconcile: Reconcile): BootstrapObject[] =>
    objects.map((object) => ({ object: object as AnyObject, reconcile }));
  return {
    first: as(namespaces(), 'create'),
    rest: [
      ...as(bootstrapClusterRoles(), 'rbac'),
      ...as(bootstrapClusterRoleBindings(), 'rbac'),
      ...as(bootstrapRoles(), 'rbac'),
      ...as(bootstrapRoleBindings(), 'rbac'),
      ...as([tokenTracking(new Date())], 'create'),
      ...as(priorityClasses(), 'create'),
      ...as([serviceCidr(options.serviceCidr)], 'create'),
      ...as([kubernetesService(options)], 'create'),
      // A server that only its own machine reaches is no endpoint for anybody.
      ...(options.advertiseAddress.startsWith('127.')
        ? []
        : [
            ...as([kubernetesEndpoints(options)], { fields: ['subsets'] }),
            ...as([kubernetesEndpointSlice(options)], { fields: ['endpoints', 'ports'] }),
          ]),
      ...(options.clientCa === undefined
        ? []
        : as([authenticationMap(options.clientCa, options.requestHeaderCa)], { fields: ['data'] })),
    ],
  };
}
