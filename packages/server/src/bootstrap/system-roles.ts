import type { PolicyRule } from '@gantry/api/generated/types';
import { allow, EVENTS, READ, READ_WRITE, urls } from './rules.ts';

/** Roles of everybody, of the system's components and of add-ons. */
export const systemRoles: Readonly<Record<string, readonly PolicyRule[]>> = {
  'cluster-admin': [allow('*', '*', '*'), urls('*', '*')],
  'system:auth-delegator': [
    allow('create', 'authentication.k8s.io', 'tokenreviews'),
    allow('create', 'authorization.k8s.io', 'subjectaccessreviews'),
  ],
  'system:basic-user': [
    allow('create', 'authorization.k8s.io', 'selfsubjectaccessreviews selfsubjectrulesreviews'),
    allow('create', 'authentication.k8s.io', 'selfsubjectreviews'),
  ],
  'system:certificates.k8s.io:certificatesigningrequests:nodeclient': [
    allow('create', 'certificates.k8s.io', 'certificatesigningrequests/nodeclient'),
  ],
  'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient': [
    allow('create', 'certificates.k8s.io', 'certificatesigningrequests/selfnodeclient'),
  ],
  'system:certificates.k8s.io:kube-apiserver-client-approver': [
    allow('approve', 'certificates.k8s.io', 'signers', 'kubernetes.io/kube-apiserver-client'),
  ],
  'system:certificates.k8s.io:kube-apiserver-client-kubelet-approver': [
    allow('approve', 'certificates.k8s.io', 'signers', 'kubernetes.io/kube-apiserver-client-kubelet'),
  ],
  'system:certificates.k8s.io:kubelet-serving-approver': [
    allow('approve', 'certificates.k8s.io', 'signers', 'kubernetes.io/kubelet-serving'),
  ],
  'system:certificates.k8s.io:legacy-unknown-approver': [
    allow('approve', 'certificates.k8s.io', 'signers', 'kubernetes.io/legacy-unknown'),
  ],
  'system:discovery': [
    urls('get', '/api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/'),
  ],
  'system:heapster': [
    allow(READ, 'core', 'events namespaces nodes pods'),
    allow(READ, 'extensions', 'deployments'),
  ],
  'system:kube-aggregator': [allow(READ, 'core', 'endpoints services')],
  'system:kube-controller-manager': [
    EVENTS,
    allow('create', 'coordination.k8s.io', 'leases'),
    allow('get,update', 'coordination.k8s.io', 'leases', 'kube-controller-manager'),
    allow('create', 'core', 'secrets serviceaccounts'),
    allow('delete', 'core', 'secrets'),
    allow('get', 'core', 'configmaps namespaces secrets serviceaccounts'),
    allow('update', 'core', 'secrets serviceaccounts'),
    allow('create', 'authentication.k8s.io', 'tokenreviews'),
    allow('create', 'authorization.k8s.io', 'subjectaccessreviews'),
    allow('list,watch', '*', '*'),
    allow('create', 'core', 'serviceaccounts/token'),
  ],
  'system:kube-dns': [allow('list,watch', 'core', 'endpoints services')],
  'system:kube-scheduler': [
    EVENTS,
    allow('create', 'coordination.k8s.io', 'leases'),
    allow('get,list,update,watch', 'coordination.k8s.io', 'leases', 'kube-scheduler'),
    allow(READ_WRITE, 'coordination.k8s.io', 'leasecandidates'),
    allow(READ, 'core', 'nodes'),
    allow('delete,get,list,watch', 'core', 'pods'),
    allow('create', 'core', 'bindings pods/binding'),
    allow('patch,update', 'core', 'pods/status'),
    allow(READ, 'core', 'replicationcontrollers services'),
    allow(READ, 'apps,extensions', 'replicasets'),
    allow(READ, 'apps', 'statefulsets'),
    allow(READ, 'policy', 'poddisruptionbudgets'),
    allow(READ, 'core', 'persistentvolumeclaims persistentvolumes'),
    allow('create', 'authentication.k8s.io', 'tokenreviews'),
    allow('create', 'authorization.k8s.io', 'subjectaccessreviews'),
    allow(READ, 'storage.k8s.io', 'csinodes'),
    allow(READ, 'storage.k8s.io', 'volumeattachments'),
    allow(READ, 'core', 'namespaces'),
    allow(READ, 'storage.k8s.io', 'csidrivers'),
    allow(READ, 'storage.k8s.io', 'csistoragecapacities'),
    allow(READ, 'resource.k8s.io', 'deviceclasses'),
    allow('get,list,patch,update,watch', 'resource.k8s.io', 'resourceclaims'),
    allow('get,list,patch,update,watch', 'resource.k8s.io', 'resourceclaims/status'),
    allow('update', 'core', 'pods/finalizers'),
    allow(READ, 'resource.k8s.io', 'resourceslices'),
    allow('create,delete', 'resource.k8s.io', 'resourceclaims'),
    allow('patch,update', 'resource.k8s.io', 'resourceclaims/binding'),
  ],
  'system:monitoring': [
    urls(
      'get',
      '/flagz /healthz /healthz/* /livez /livez/* /metrics /metrics/slis /readyz /readyz/* /statusz',
    ),
    allow('get', 'core', 'nodes/metrics'),
  ],
  'system:persistent-volume-provisioner': [
    allow('create,delete,get,list,watch', 'core', 'persistentvolumes'),
    allow('get,list,update,watch', 'core', 'persistentvolumeclaims'),
    allow(READ, 'storage.k8s.io', 'storageclasses'),
    allow('watch', 'core', 'events'),
    EVENTS,
  ],
  'system:public-info-viewer': [urls('get', '/healthz /livez /readyz /version /version/')],
  'system:service-account-issuer-discovery': [
    urls(
      'get',
      '/.well-known/openid-configuration /.well-known/openid-configuration/ /openid/v1/jwks /openid/v1/jwks/',
    ),
  ],
  'system:volume-scheduler': [
    allow('get,list,patch,update,watch', 'core', 'persistentvolumes'),
    allow(READ, 'storage.k8s.io', 'storageclasses'),
    allow('get,list,patch,update,watch', 'core', 'persistentvolumeclaims'),
  ],
};
