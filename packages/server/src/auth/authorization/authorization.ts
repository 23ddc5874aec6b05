import type { PolicyRule } from '@gantry/api/generated/types';
import { LRUCache } from 'lru-cache';
import type { Authorizer, Decision, RequestAttributes, UserInfo } from '../../request.ts';
import { SUPERUSERS } from '../users.ts';
import { createNodeAuthorizer } from './node-authorizer.ts';
import { NodeGraph } from './node-graph.ts';
import { createRbac, type Rbac } from './rbac.ts';
import { RbacIndex } from './rbac-index.ts';
import type { StateListener } from './source.ts';
import type { Opinion, WebhookAuthorizer } from './webhook-authorizer.ts';

const SUPERUSER: Decision = Object.freeze({ allowed: true, reason: '' });
const ALWAYS: Decision = SUPERUSER;
const NEVER: Decision = Object.freeze({ allowed: false, reason: 'Everything is forbidden.' });

/** One authorizer of `--authorization-mode` or of an AuthorizationConfiguration. */
export type AuthorizationMode = 'Node' | 'RBAC' | 'AlwaysAllow' | 'AlwaysDeny' | WebhookAuthorizer;

export interface Authorization extends Authorizer {
  /** What the core must feed before the first request and then with each change. */
  readonly listener: StateListener;
  readonly rules: Rbac;
  /** Why rules can't be listed in full; '' = they can. */
  rulesIncomplete(user: UserInfo): string;
}

const isWebhook = (mode: AuthorizationMode): mode is WebhookAuthorizer => typeof mode === 'object';

/** Answers that webhooks gave moments ago, for who asks the same again while a request runs. */
const MAX_PREPARED = 4_096;
const PREPARED_MS = 10_000;

const keyOf = (user: UserInfo, attributes: RequestAttributes): string => {
  const { verb, group, version, resource, subresource, namespace, name, path } = attributes;
  return JSON.stringify([
    ...[user.name, user.groups, user.uid, user.extra, attributes.isResourceRequest],
    ...[verb, group, version, resource, subresource, namespace, name, path],
    ...[attributes.fieldSelector, attributes.labelSelector],
  ]);
};

/**
 * The modes one after the other; by default the Node authorizer, then RBAC. A member of `system:masters` may do
 * everything, so that a broken role can be mended. `nodeRules` are those of the bootstrap role `system:node`.
 */
export function createAuthorization(
  nodeRules: readonly PolicyRule[],
  modes: readonly AuthorizationMode[] = ['Node', 'RBAC'],
): Authorization {
  const index = new RbacIndex();
  const graph = new NodeGraph();
  const rules = createRbac(index);
  const nodes = createNodeAuthorizer(graph, nodeRules);
  const webhooks = modes.filter(isWebhook);
  const prepared = new WeakMap<RequestAttributes, readonly Opinion[]>();
  const recent = new LRUCache<string, readonly Opinion[]>({ max: MAX_PREPARED, ttl: PREPARED_MS });

  const builtIn = (mode: AuthorizationMode, user: UserInfo, attributes: RequestAttributes): Opinion => {
    if (mode === 'RBAC') return rules.authorize(user, attributes);
    if (mode === 'Node') return nodes.authorize(user, attributes);
    return mode === 'AlwaysAllow' ? ALWAYS : NEVER;
  };

  const decide = (user: UserInfo, attributes: RequestAttributes): Decision => {
    if (user.groups.includes(SUPERUSERS)) return SUPERUSER;
    const opinions =
      webhooks.length === 0 ? [] : (prepared.get(attributes) ?? recent.get(keyOf(user, attributes)) ?? []);
    let reason = '';
    let asked = 0;
    for (const mode of modes) {
      const opinion = isWebhook(mode) ? opinions[asked++] : builtIn(mode, user, attributes);
      if (opinion === undefined) continue;
      if (opinion.allowed || opinion.denied === true) return opinion;
      if (opinion.reason !== '') reason = reason === '' ? opinion.reason : `${reason}\n${opinion.reason}`;
    }
    return { allowed: false, reason };
  };

  /** Asks the webhooks in turn, until one decides, or a built-in mode before it does. */
  const prepare = async (user: UserInfo, attributes: RequestAttributes): Promise<void> => {
    if (user.groups.includes(SUPERUSERS) || prepared.has(attributes)) return;
    const opinions: Opinion[] = [];
    for (const mode of modes) {
      const opinion = isWebhook(mode)
        ? await mode.authorize(user, attributes)
        : builtIn(mode, user, attributes);
      if (isWebhook(mode)) opinions.push(opinion);
      if (opinion.allowed || opinion.denied === true) break;
    }
    prepared.set(attributes, opinions);
    recent.set(keyOf(user, attributes), opinions);
  };

  return {
    rules,
    listener: {
      resources: [...index.resources, ...graph.resources],
      onChange(resource, object, old) {
        (index.resources.includes(resource) ? index : graph).onChange(resource, object, old);
      },
    },
    rulesIncomplete(user) {
      const reasons = [
        ...(modes.includes('Node') && user.groups.includes('system:nodes')
          ? ['node authorizer does not support user rule resolution']
          : []),
        ...webhooks.map(() => 'webhook authorizer does not support user rule resolution'),
      ];
      const [only = ''] = reasons;
      return reasons.length < 2 ? only : `[${[...new Set(reasons)].join(', ')}]`;
    },
    authorize: decide,
    ...(webhooks.length === 0 ? {} : { prepare }),
  };
}
