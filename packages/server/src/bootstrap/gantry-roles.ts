import type { PolicyRule } from '@gantry/api/generated/types';
import { controllerRoles } from './controller-roles.ts';
import { allow, EVENTS, READ, READ_WRITE, WRITE } from './rules.ts';

const GITOPS = 'gitops.gantry.dev';

/** Each rule once: many controllers need the same. */
function union(roles: Readonly<Record<string, readonly PolicyRule[]>>): PolicyRule[] {
  const rules = new Map<string, PolicyRule>();
  for (const rule of Object.values(roles).flat()) rules.set(JSON.stringify(rule), rule);
  return [...rules.values()];
}

/** Roles that the original lacks. */
export const gantryRoles: Readonly<Record<string, readonly PolicyRule[]>> = {
  // All controllers run under one identity, so that it needs what they need together.
  'gantry:controller-manager': [
    ...union(controllerRoles),
    allow(READ_WRITE, 'coordination.k8s.io', 'leases'),
    // The local-path provisioner.
    allow('create,get,patch,update', 'core', 'persistentvolumeclaims persistentvolumes'),
    allow(
      'get,list,watch,create,update,patch',
      'networking.k8s.io',
      'servicecidrs ipaddresses servicecidrs/status',
    ),
    allow('delete', 'networking.k8s.io', 'ipaddresses'),
  ],
  'gantry:sync': [
    allow('impersonate', 'core', 'users groups serviceaccounts'),
    allow('impersonate', 'authentication.k8s.io', 'uids userextras/*'),
    allow('*', GITOPS, '*'),
    allow(READ, '*', '*'),
    EVENTS,
    allow('create', 'core', 'namespaces'),
    allow('create', 'authorization.k8s.io', 'subjectaccessreviews'),
    allow(READ_WRITE, 'coordination.k8s.io', 'leases'),
  ],
  // The service proxy, DNS and pod network run inside the node agent.
  'gantry:node-network': [
    allow(READ, 'core', 'services endpoints namespaces'),
    // A node gets its own Node object alone, as in the original; routes need the others.
    allow('list,watch', 'core', 'nodes'),
    allow(READ, 'discovery.k8s.io', 'endpointslices'),
    allow(READ, 'networking.k8s.io', 'networkpolicies servicecidrs'),
  ],
  // Folders of the local-path provisioner go when no volume refers to them any more.
  'gantry:node-volumes': [allow('list', 'core', 'persistentvolumes')],
  // A set gives no right of its own: each object in it is authorized like a single request.
  'gantry:applyset-user': [allow('create', GITOPS, 'applysets')],
};

/** Rules for `view` and `edit` on Applications. */
export const gantryAggregateRoles: Readonly<Record<string, readonly PolicyRule[]>> = {
  'gantry:aggregate-to-view': [
    allow(
      READ,
      GITOPS,
      'applications applications/status plans plans/status repositories repositories/status',
    ),
    allow('get,list', GITOPS, 'ledgerentries'),
  ],
  'gantry:aggregate-to-edit': [allow(WRITE, GITOPS, 'applications plans repositories')],
};
