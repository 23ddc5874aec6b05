import type { ResourceKey } from '@gantry/store/port';
import type { ResourceHooks } from '../hooks.ts';
import { namespaceHooks } from './namespace.ts';
import { podHooks } from './pod.ts';
import { type ServiceRanges, serviceHooks } from './service.ts';

const returnsDeleted: ResourceHooks = { returnsDeleted: true };
const createOnUpdate: ResourceHooks = { createOnUpdate: true };
const versionRequired: ResourceHooks = { versionRequired: true };

/** What is special about each storage resource. */
export function resourceHooks(ranges: ServiceRanges): Readonly<Record<ResourceKey, ResourceHooks>> {
  return {
    namespaces: namespaceHooks,
    pods: podHooks,
    services: serviceHooks(ranges),
    replicationcontrollers: { orphansByDefault: true },
    'jobs.batch': { orphansByDefault: true },
    podtemplates: returnsDeleted,
    serviceaccounts: returnsDeleted,
    resourcequotas: { returnsDeleted: true, createOnUpdate: true },
    persistentvolumes: returnsDeleted,
    persistentvolumeclaims: returnsDeleted,
    limitranges: createOnUpdate,
    endpoints: createOnUpdate,
    events: createOnUpdate,
    'leases.coordination.k8s.io': { createOnUpdate: true, versionRequired: true },
    'roles.rbac.authorization.k8s.io': createOnUpdate,
    'rolebindings.rbac.authorization.k8s.io': createOnUpdate,
    'clusterroles.rbac.authorization.k8s.io': createOnUpdate,
    'clusterrolebindings.rbac.authorization.k8s.io': createOnUpdate,
    'runtimeclasses.node.k8s.io': createOnUpdate,
    'poddisruptionbudgets.policy': versionRequired,
    'volumeattachments.storage.k8s.io': versionRequired,
    'csinodes.storage.k8s.io': versionRequired,
    'csidrivers.storage.k8s.io': versionRequired,
  };
}
