import type { PolicyRule } from '@gantry/api/generated/types';
import { LRUCache } from 'lru-cache';
import type { Authorizer, Decision, RequestAttributes, UserInfo } from '../../request.ts';
import { joinFaults } from '../join-faults.ts';
import { NODES, SUPERUSERS } from '../users.ts';
import type { AbacPolicies } from './abac.ts';
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
export type AuthorizationMode =
  | 'Node'
  | 'RBAC'
  | 'AlwaysAllow'
  | 'AlwaysDeny'
  | AbacPolicies
  | WebhookAuthorizer;

/** The modes in their order; a function where they may change while the server runs. */
export type AuthorizationModes = readonly AuthorizationMode[] | (() => readonly AuthorizationMode[]);

export interface Authorization extends Authorizer {
  /** What the core must feed before the first request and then with each change. */
  readonly listener: StateListener;
  readonly rules: Rbac;
  /** All that the modes allow somebody in a namespace, and why that may not be all; '' = it is. */
  rulesFor(
    user: UserInfo,
    namespace: string,
  ): { readonly rules: readonly PolicyRule[]; readonly fault: string };
}

const isAbac = (mode: AuthorizationMode): mode is AbacPolicies =>
  typeof mode === 'object' && 'type' in mode && mode.type === 'ABAC';
const isWebhook = (mode: AuthorizationMode): mode is WebhookAuthorizer =>
  typeof mode === 'object' && !isAbac(mode);

/** What the webhooks of these modes said of a request, in their order. */
interface Asked {
  readonly modes: readonly AuthorizationMode[];
  readonly opinions: readonly Opinion[];
}

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

const ANY_RESOURCE: PolicyRule = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
const ANY_PATH: PolicyRule = { verbs: ['*'], nonResourceURLs: ['*'] };

function rulesOfModes(
  modes: readonly AuthorizationMode[],
  rbac: Rbac,
  user: UserInfo,
  namespace: string,
): ReturnType<Authorization['rulesFor']> {
  const rules: PolicyRule[] = [];
  const faults: string[] = [];
  for (const mode of modes) {
    if (mode === 'RBAC') rules.push(...rbac.rulesFor(user, namespace));
    else if (mode === 'AlwaysAllow') rules.push(ANY_RESOURCE, ANY_PATH);
    else if (isAbac(mode)) rules.push(...mode.rulesFor(user, namespace));
    else if (isWebhook(mode)) faults.push('webhook authorizer does not support user rule resolution');
    else if (mode === 'Node' && user.groups.includes(NODES))
      faults.push('node authorizer does not support user rule resolution');
  }
  return { rules, fault: joinFaults(faults) };
}

/**
 * The modes one after the other; by default the Node authorizer, then RBAC. A member of `system:masters` may do
 * everything, so that a broken role can be mended. `nodeRules` are those of the bootstrap role `system:node`.
 */
export function createAuthorization(
  nodeRules: readonly PolicyRule[],
  modes: AuthorizationModes = ['Node', 'RBAC'],
): Authorization {
  const index = new RbacIndex();
  const graph = new NodeGraph();
  const rules = createRbac(index);
  const nodes = createNodeAuthorizer(graph, nodeRules);
  const current = typeof modes === 'function' ? modes : () => modes;
  const prepared = new WeakMap<RequestAttributes, Asked>();
  const recent = new LRUCache<string, Asked>({ max: MAX_PREPARED, ttl: PREPARED_MS });
  const mayAsk = typeof modes === 'function' || modes.some(isWebhook);

  const builtIn = (mode: AuthorizationMode, user: UserInfo, attributes: RequestAttributes): Opinion => {
    if (mode === 'RBAC') return rules.authorize(user, attributes);
    if (mode === 'Node') return nodes.authorize(user, attributes);
    if (isAbac(mode)) return mode.authorize(user, attributes);
    return mode === 'AlwaysAllow' ? ALWAYS : NEVER;
  };

  const decide = (user: UserInfo, attributes: RequestAttributes): Decision => {
    if (user.groups.includes(SUPERUSERS)) return SUPERUSER;
    // A request is decided by the modes that were asked about it, even when others came meanwhile.
    const asked = mayAsk ? (prepared.get(attributes) ?? recent.get(keyOf(user, attributes))) : undefined;
    let reason = '';
    let errors: string[] | undefined;
    let at = 0;
    for (const mode of asked?.modes ?? current()) {
      const opinion = isWebhook(mode) ? asked?.opinions[at++] : builtIn(mode, user, attributes);
      if (opinion === undefined) continue;
      if (opinion.allowed || opinion.denied === true) return opinion;
      if (opinion.error !== undefined) {
        errors ??= [];
        errors.push(opinion.error);
      }
      if (opinion.reason !== '') reason = reason === '' ? opinion.reason : `${reason}\n${opinion.reason}`;
    }
    return errors === undefined
      ? { allowed: false, reason }
      : { allowed: false, reason, error: joinFaults(errors) };
  };

  /** Asks the webhooks in turn, until one decides, or a built-in mode before it does. */
  const prepare = async (user: UserInfo, attributes: RequestAttributes): Promise<void> => {
    if (user.groups.includes(SUPERUSERS) || prepared.has(attributes)) return;
    const asking = current();
    if (!asking.some(isWebhook)) return;
    const opinions: Opinion[] = [];
    for (const mode of asking) {
      const opinion = isWebhook(mode)
        ? await mode.authorize(user, attributes)
        : builtIn(mode, user, attributes);
      if (isWebhook(mode)) opinions.push(opinion);
      if (opinion.allowed || opinion.denied === true) break;
    }
    const asked: Asked = { modes: asking, opinions };
    prepared.set(attributes, asked);
    recent.set(keyOf(user, attributes), asked);
  };

  return {
    rules,
    listener: {
      resources: [...index.resources, ...graph.resources],
      onChange(resource, object, old) {
        (index.resources.includes(resource) ? index : graph).onChange(resource, object, old);
      },
    },
    rulesFor: (user, namespace) => rulesOfModes(current(), rules, user, namespace),
    authorize: decide,
    ...(mayAsk ? { prepare } : {}),
  };
}
