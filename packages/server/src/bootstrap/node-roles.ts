import type { PolicyRule } from '@gantry/api/generated/types';
import { allow, EVENTS, READ } from './rules.ts';

/** Roles of nodes and of what reaches them. */
export const nodeRoles: Readonly<Record<string, readonly PolicyRule[]>> = {
  'system:kubelet-api-admin': [
    allow(READ, 'core', 'nodes'),
    allow('proxy', 'core', 'nodes'),
    allow('*', 'core', 'nodes/log nodes/metrics nodes/proxy nodes/stats'),
    allow('*', 'core', 'nodes/configz nodes/healthz nodes/pods'),
  ],
  'system:node': [
    allow('create', 'authentication.k8s.io', 'tokenreviews'),
    allow('create', 'authorization.k8s.io', 'localsubjectaccessreviews subjectaccessreviews'),
    allow(READ, 'core', 'services'),
    allow('create,get,list,watch', 'core', 'nodes'),
    allow('patch,update', 'core', 'nodes/status'),
    allow('patch,update', 'core', 'nodes'),
    EVENTS,
    allow(READ, 'core', 'pods'),
    allow('create,delete', 'core', 'pods'),
    allow('patch,update', 'core', 'pods/status'),
    allow('create', 'core', 'pods/eviction'),
    allow(READ, 'core', 'configmaps secrets'),
    allow('get', 'core', 'persistentvolumeclaims persistentvolumes'),
    allow('get', 'core', 'endpoints'),
    allow('create,get,list,watch', 'certificates.k8s.io', 'certificatesigningrequests'),
    allow('create,delete,get,patch,update', 'coordination.k8s.io', 'leases'),
    allow('get', 'storage.k8s.io', 'volumeattachments'),
    allow('create', 'core', 'serviceaccounts/token'),
    allow('get,patch,update', 'core', 'persistentvolumeclaims/status'),
    allow(READ, 'storage.k8s.io', 'csidrivers'),
    allow('create,delete,get,patch,update', 'storage.k8s.io', 'csinodes'),
    allow(READ, 'node.k8s.io', 'runtimeclasses'),
    allow('get', 'resource.k8s.io', 'resourceclaims'),
    allow('deletecollection', 'resource.k8s.io', 'resourceslices'),
    allow('get', 'core', 'serviceaccounts'),
  ],
  'system:node-bootstrapper': [
    allow('create,get,list,watch', 'certificates.k8s.io', 'certificatesigningrequests'),
  ],
  'system:node-problem-detector': [
    allow('get', 'core', 'nodes'),
    allow('patch', 'core', 'nodes/status'),
    EVENTS,
  ],
  'system:node-proxier': [
    allow('list,watch', 'core', 'endpoints services'),
    allow(READ, 'core', 'nodes'),
    EVENTS,
    allow('list,watch', 'networking.k8s.io', 'servicecidrs'),
    allow('list,watch', 'discovery.k8s.io', 'endpointslices'),
  ],
};
