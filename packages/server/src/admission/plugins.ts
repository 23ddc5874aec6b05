import type { Authorization } from '../auth/authorization/authorization.ts';
import { createEscalationCheck } from '../auth/authorization/escalation.ts';
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

/** All built-in plugins, in the original's order; the quota last, so that it counts what the others made of an object. */
export function createAdmissionPlugins(options: {
  readonly authorization: Authorization;
  readonly now?: () => number;
}): readonly AdmissionPlugin[] {
  const { authorization, now = Date.now } = options;
  return [
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
    createResourceQuota(now),
  ];
}
