import type { Authorization } from '../auth/authorization/authorization.ts';
import { createEscalationCheck } from '../auth/authorization/escalation.ts';
import type { WebhookClient } from '../outbound/webhook-client.ts';
import type { AdmissionPlugin } from '../request.ts';
import { createApplicationGuard } from './application-guard.ts';
import { defaultIngressClass } from './default-ingress-class.ts';
import { defaultTolerationSeconds } from './default-toleration-seconds.ts';
import { limitRanger } from './limit-ranger.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { nodeRestriction } from './node-restriction.ts';
import { podSecurity } from './pod-security/plugin.ts';
import { priority } from './priority.ts';
import { createResourceQuota } from './resource-quota.ts';
import { runtimeClass } from './runtime-class.ts';
import { createServiceAccountPlugin } from './service-account.ts';
import { defaultStorageClass, persistentVolumeClaimResize, storageObjectInUseProtection } from './storage.ts';
import { taintNodesByCondition } from './taint-nodes.ts';
import { createMutatingWebhooks } from './webhook/mutating.ts';
import { createValidatingWebhooks } from './webhook/validating.ts';

export interface AdmissionOptions {
  readonly authorization: Authorization;
  readonly now?: () => number;
  /** Absent: no admission webhooks. */
  readonly webhooks?: WebhookClient;
  /** Names of plugins that are on beyond, or off in spite of, the default. */
  readonly enable?: readonly string[];
  readonly disable?: readonly string[];
}

/** Off unless they are asked for, as in the original. */
const OFF_BY_DEFAULT = new Set<string>([]);

/**
 * All built-in plugins, in the original's order; what is configured by objects after those that are built in, and the
 * quota last, so that it counts what the others made of an object.
 */
export function createAdmissionPlugins(options: AdmissionOptions): readonly AdmissionPlugin[] {
  const { authorization, now = Date.now, webhooks, enable = [], disable = [] } = options;
  const conditions = { authorizer: authorization };
  const all: AdmissionPlugin[] = [
    namespaceLifecycle,
    limitRanger,
    createServiceAccountPlugin(now),
    nodeRestriction,
    taintNodesByCondition,
    podSecurity,
    priority,
    defaultTolerationSeconds,
    defaultStorageClass,
    storageObjectInUseProtection,
    persistentVolumeClaimResize,
    runtimeClass,
    defaultIngressClass,
    createEscalationCheck(authorization),
    createApplicationGuard(authorization),
  ];
  if (webhooks !== undefined)
    all.push(createMutatingWebhooks(webhooks, conditions), createValidatingWebhooks(webhooks, conditions));
  all.push(createResourceQuota(now));
  return all.filter(
    ({ name }) => enable.includes(name) || (!OFF_BY_DEFAULT.has(name) && !disable.includes(name)),
  );
}
