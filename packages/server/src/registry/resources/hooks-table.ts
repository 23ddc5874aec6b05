import type { ResourceKey } from '@gantry/store/port';
import { definitionHooks } from '../../crd/deletion.ts';
import type { ResourceHooks } from '../hooks.ts';
import { certificateSigningRequestHooks } from './certificate-signing-request.ts';
import { namespaceHooks } from './namespace.ts';
import { podHooks } from './pod.ts';
import { resourceClaimHooks, resourceClaimTemplateHooks } from './resource-claim.ts';
import { type ServiceRanges, serviceHooks } from './service.ts';
import { ipAddressHooks } from './service-ranges.ts';

const createOnUpdate: ResourceHooks = { createOnUpdate: true };
const versionRequired: ResourceHooks = { versionRequired: true };

const JOB_ORPHANS =
  'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning';

/** What is special about each storage resource. */
export function resourceHooks(ranges: ServiceRanges): Readonly<Record<ResourceKey, ResourceHooks>> {
  return {
    namespaces: namespaceHooks,
    'certificatesigningrequests.certificates.k8s.io': certificateSigningRequestHooks,
    'customresourcedefinitions.apiextensions.k8s.io': definitionHooks,
    pods: podHooks,
    'resourceclaims.resource.k8s.io': resourceClaimHooks,
    'resourceclaimtemplates.resource.k8s.io': resourceClaimTemplateHooks,
    services: serviceHooks(ranges),
    'ipaddresses.networking.k8s.io': ipAddressHooks,
    replicationcontrollers: { orphansByDefault: true },
    'jobs.batch': { orphansByDefault: true, orphanWarning: JOB_ORPHANS },
    limitranges: createOnUpdate,
    endpoints: createOnUpdate,
    events: createOnUpdate,
    'leases.coordination.k8s.io': { createOnUpdate: true, versionRequired: true },
    'roles.rbac.authorization.k8s.io': createOnUpdate,
    'rolebindings.rbac.authorization.k8s.io': createOnUpdate,
    'clusterroles.rbac.authorization.k8s.io': createOnUpdate,
    'clusterrolebindings.rbac.authorization.k8s.io': createOnUpdate,
    'runtimeclasses.node.k8s.io': { createOnUpdate: true, versionRequired: true },
    'poddisruptionbudgets.policy': versionRequired,
    'volumeattachments.storage.k8s.io': versionRequired,
    'csinodes.storage.k8s.io': versionRequired,
    'csidrivers.storage.k8s.io': versionRequired,
    'csistoragecapacities.storage.k8s.io': versionRequired,
    'validatingwebhookconfigurations.admissionregistration.k8s.io': versionRequired,
    'mutatingwebhookconfigurations.admissionregistration.k8s.io': versionRequired,
    'validatingadmissionpolicies.admissionregistration.k8s.io': versionRequired,
    'validatingadmissionpolicybindings.admissionregistration.k8s.io': versionRequired,
    'mutatingadmissionpolicies.admissionregistration.k8s.io': versionRequired,
    'mutatingadmissionpolicybindings.admissionregistration.k8s.io': versionRequired,
    'apiservices.apiregistration.k8s.io': versionRequired,
  };
}
