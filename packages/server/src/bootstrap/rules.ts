import type { PolicyRule } from '@gantry/api/generated/types';

export const READ = 'get,list,watch';
export const WRITE = 'create,delete,deletecollection,patch,update';
export const READ_WRITE = 'create,delete,deletecollection,get,list,patch,update,watch';

/**
 * A rule from compact text: verbs and groups by comma (`core` is the core group), resources and names by space.
 * Written so, a page shows a role.
 */
export function allow(verbs: string, groups: string, resources: string, names?: string): PolicyRule {
  return {
    apiGroups: groups.split(',').map((group) => (group === 'core' ? '' : group)),
    resources: resources.split(' '),
    ...(names === undefined ? {} : { resourceNames: names.split(' ') }),
    verbs: verbs.split(','),
  };
}

/** A rule on URL paths, by space. */
export const urls = (verbs: string, paths: string): PolicyRule => ({
  nonResourceURLs: paths.split(' '),
  verbs: verbs.split(','),
});

/** The right to report events, which nearly every component needs. */
export const EVENTS = allow('create,patch,update', 'core,events.k8s.io', 'events');
