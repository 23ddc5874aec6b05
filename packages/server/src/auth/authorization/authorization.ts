import type { PolicyRule } from '@gantry/api/generated/types';
import type { Authorizer, Decision, UserInfo } from '../../request.ts';
import { SUPERUSERS } from '../users.ts';
import { createNodeAuthorizer } from './node-authorizer.ts';
import { NodeGraph } from './node-graph.ts';
import { createRbac, type Rbac } from './rbac.ts';
import { RbacIndex } from './rbac-index.ts';
import type { StateListener } from './source.ts';

const SUPERUSER: Decision = Object.freeze({ allowed: true, reason: '' });

export interface Authorization extends Authorizer {
  /** What the core must feed before the first request and then with each change. */
  readonly listener: StateListener;
  readonly rules: Rbac;
  /** Whether rules can't be listed in full: a node's rights depend on its pods. */
  rulesIncomplete(user: UserInfo): boolean;
}

/**
 * Node authorizer, then RBAC; a member of `system:masters` may do everything, so that a broken role can be mended.
 * `nodeRules` are those of the bootstrap role `system:node`.
 */
export function createAuthorization(nodeRules: readonly PolicyRule[]): Authorization {
  const index = new RbacIndex();
  const graph = new NodeGraph();
  const rules = createRbac(index);
  const nodes = createNodeAuthorizer(graph, nodeRules);
  return {
    rules,
    listener: {
      resources: [...index.resources, ...graph.resources],
      onChange(resource, object, old) {
        (index.resources.includes(resource) ? index : graph).onChange(resource, object, old);
      },
    },
    rulesIncomplete: (user) => user.groups.includes('system:nodes'),
    authorize(user, attributes) {
      if (user.groups.includes(SUPERUSERS)) return SUPERUSER;
      const node = nodes.authorize(user, attributes);
      if (node.allowed) return node;
      const rbac = rules.authorize(user, attributes);
      return rbac.allowed || node.reason === '' ? rbac : node;
    },
  };
}
