import type { PolicyRule } from '@gantry/api/generated/types';
import { LRUCache } from 'lru-cache';
import type { Authorizer, Decision, RequestAttributes, UserInfo } from '../../request.ts';
import type { Held, HeldRule, RbacIndex } from './rbac-index.ts';
import { ruleAllows, ruleMatchesKind } from './rules.ts';

const MAX_USERS = 1_024;
const MAX_ANSWERS_A_USER = 512;

const NO_MATCH: Decision = Object.freeze({ allowed: false, reason: '' });

/** A denial tells of bindings that lead nowhere. */
const denied = (missing: readonly string[]): Decision => ({
  allowed: false,
  reason: `RBAC: ${missing.length === 1 ? (missing[0] ?? '') : `[${missing.join(', ')}]`}`,
});

/** What one user may do, compiled at one generation of the index. */
interface UserRights {
  readonly generation: number;
  readonly scopes: Map<string, Held>;
  readonly answers: Map<string, Answer>;
}

/** What is known for all names at once, and the rules that allow some names. Names are many; this is kept without them. */
interface Answer {
  readonly decision: Decision;
  readonly named: readonly HeldRule[];
}

export interface Rbac extends Authorizer {
  /** Rules held in a namespace, the cluster's included; '' = the cluster's alone. */
  rulesFor(user: UserInfo, namespace: string): readonly PolicyRule[];
  /** Roles that the user is bound to and that do not exist. */
  missingFor(user: UserInfo, namespace: string): readonly string[];
}

/**
 * Decides from the index. Per user, the rules of each scope are gathered once and answers kept, until a role or binding changes.
 * A denial carries no reason but roles that are missing, as the original's.
 */
export function createRbac(index: RbacIndex): Rbac {
  // Authenticators hand out the same object for the same credential, so most look-ups end at the weak map.
  const byObject = new WeakMap<UserInfo, UserRights>();
  const byName = new LRUCache<string, UserRights>({ max: MAX_USERS });

  const rightsOf = (user: UserInfo): UserRights => {
    let rights = byObject.get(user);
    if (rights?.generation === index.generation) return rights;
    const key = JSON.stringify([user.name, user.groups]);
    rights = byName.get(key);
    if (rights?.generation !== index.generation) {
      rights = { generation: index.generation, scopes: new Map(), answers: new Map() };
      byName.set(key, rights);
    }
    byObject.set(user, rights);
    return rights;
  };

  const held = (user: UserInfo, rights: UserRights, scope: string): Held => {
    let found = rights.scopes.get(scope);
    if (found === undefined) {
      found = index.rulesIn(user, scope);
      if (rights.scopes.size >= MAX_ANSWERS_A_USER) rights.scopes.clear();
      rights.scopes.set(scope, found);
    }
    return found;
  };

  const allowedBy = ({ source }: HeldRule): Decision => ({
    allowed: true,
    reason: `RBAC: allowed by ${source()}`,
  });

  const decide = (user: UserInfo, rights: UserRights, attributes: RequestAttributes): Answer => {
    const scopes = attributes.namespace === '' ? [''] : ['', attributes.namespace];
    const named: HeldRule[] = [];
    const missing: string[] = [];
    for (const scope of scopes) {
      const found = held(user, rights, scope);
      missing.push(...found.missing);
      for (const one of found.rules) {
        if (attributes.isResourceRequest && (one.rule.resourceNames?.length ?? 0) > 0) {
          if (ruleMatchesKind(one.rule, attributes)) named.push(one);
        } else if (ruleAllows(one.rule, attributes)) return { decision: allowedBy(one), named: [] };
      }
    }
    return { decision: missing.length === 0 ? NO_MATCH : denied(missing), named };
  };

  const scopesOf = (namespace: string): readonly string[] => (namespace === '' ? [''] : ['', namespace]);

  return {
    missingFor(user, namespace) {
      const rights = rightsOf(user);
      return scopesOf(namespace).flatMap((scope) => held(user, rights, scope).missing);
    },
    authorize(user, attributes) {
      const rights = rightsOf(user);
      const { verb, group, resource, subresource, namespace, name, path } = attributes;
      // Reviews ask about any text: a path must not be taken for a resource that is written alike.
      const key = attributes.isResourceRequest
        ? `resource ${verb} ${group} ${resource}/${subresource} ${namespace}`
        : `path ${verb} ${path}`;
      let answer = rights.answers.get(key);
      if (answer === undefined) {
        answer = decide(user, rights, attributes);
        if (rights.answers.size >= MAX_ANSWERS_A_USER) rights.answers.clear();
        rights.answers.set(key, answer);
      }
      for (const one of answer.named) if (one.rule.resourceNames?.includes(name)) return allowedBy(one);
      return answer.decision;
    },
    rulesFor(user, namespace) {
      const rights = rightsOf(user);
      return scopesOf(namespace).flatMap((scope) => held(user, rights, scope).rules.map(({ rule }) => rule));
    },
  };
}
