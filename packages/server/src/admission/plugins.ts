import type { Authorization } from '../auth/authorization/authorization.ts';
import { createEscalationCheck } from '../auth/authorization/escalation.ts';
import type { WebhookClient } from '../outbound/webhook-client.ts';
import type { AdmissionPlugin } from '../request.ts';
import { createApplicationGuard } from './application-guard.ts';
import {
  certificateSubjectRestriction,
  createCertificateApproval,
  createCertificateSigning,
} from './certificates.ts';
import { createClaimStatusCheck } from './claim-status.ts';
import { defaultIngressClass } from './default-ingress-class.ts';
import { createDefaultTolerationSeconds, type TolerationSeconds } from './default-toleration-seconds.ts';
import { limitRanger } from './limit-ranger.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { nodeDeclaredFeatureValidator } from './node-declared-features.ts';
import { nodeRestriction } from './node-restriction.ts';
import { alwaysDeny } from './optional/always.ts';
import { alwaysPullImages } from './optional/always-pull-images.ts';
import { denyServiceExternalIps } from './optional/deny-service-external-ips.ts';
import { createEventRateLimit, type EventLimit } from './optional/event-rate-limit.ts';
import { extendedResourceToleration } from './optional/extended-resource-toleration.ts';
import { createImagePolicy, type ImagePolicyOptions } from './optional/image-policy.ts';
import {
  createNamespaceAutoProvision,
  type ProvisionNamespace,
} from './optional/namespace-auto-provision.ts';
import { namespaceExists } from './optional/namespace-exists.ts';
import { createOwnerReferencesPermissionEnforcement } from './optional/owner-references.ts';
import { limitPodHardAntiAffinityTopology } from './optional/pod-anti-affinity.ts';
import { podNodeSelector } from './optional/pod-node-selector.ts';
import {
  createPodTolerationRestriction,
  type PodTolerationOptions,
} from './optional/pod-toleration-restriction.ts';
import { createPlanGuard } from './plan-guard.ts';
import { podResizeValidator } from './pod-resize.ts';
import { createPodSecurity, type PodSecurityOptions } from './pod-security/plugin.ts';
import { podTopologyLabels } from './pod-topology-labels.ts';
import { createMutatingPolicies } from './policy/mutating.ts';
import { createParamAccess } from './policy/param-access.ts';
import { createValidatingPolicies } from './policy/validating.ts';
import { priority } from './priority.ts';
import { createRepositoryGuard } from './repository-guard.ts';
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
  readonly podSecurity?: Partial<PodSecurityOptions>;
  readonly tolerationSeconds?: TolerationSeconds;
  readonly podTolerations?: PodTolerationOptions;
  /** What EventRateLimit needs; absent: the plugin is not there. */
  readonly eventLimits?: readonly EventLimit[];
  /** What NamespaceAutoProvision needs. */
  readonly provisionNamespace?: ProvisionNamespace;
  /** What ImagePolicyWebhook needs. */
  readonly imagePolicy?: ImagePolicyOptions;
  /** Names of plugins that are on beyond, or off in spite of, the default. */
  readonly enable?: readonly string[];
  readonly disable?: readonly string[];
}

/** Off unless they are asked for, as in the original. */
const OFF_BY_DEFAULT = new Set([
  'NamespaceAutoProvision',
  'NamespaceExists',
  'ImagePolicyWebhook',
  'PodTolerationRestriction',
  'EventRateLimit',
  'LimitPodHardAntiAffinityTopology',
  'AlwaysPullImages',
  'PodNodeSelector',
  'ExtendedResourceToleration',
  'OwnerReferencesPermissionEnforcement',
  'DenyServiceExternalIPs',
  'AlwaysDeny',
]);

/**
 * All built-in plugins, in the original's order; what is configured by objects after those that are built in, and the
 * quota last, so that it counts what the others made of an object.
 */
export function createAdmissionPlugins(options: AdmissionOptions): readonly AdmissionPlugin[] {
  const { authorization, now = Date.now, webhooks, enable = [], disable = [] } = options;
  const conditions = { authorizer: authorization };
  const { provisionNamespace, imagePolicy, eventLimits } = options;
  const all: AdmissionPlugin[] = [
    ...(provisionNamespace === undefined ? [] : [createNamespaceAutoProvision(provisionNamespace)]),
    namespaceLifecycle,
    namespaceExists,
    limitPodHardAntiAffinityTopology,
    limitRanger,
    createServiceAccountPlugin(now),
    nodeRestriction,
    taintNodesByCondition,
    alwaysPullImages,
    ...(imagePolicy === undefined ? [] : [createImagePolicy(imagePolicy)]),
    createPodSecurity(options.podSecurity),
    podNodeSelector,
    priority,
    createDefaultTolerationSeconds(options.tolerationSeconds),
    createPodTolerationRestriction(options.podTolerations),
    ...(eventLimits === undefined ? [] : [createEventRateLimit(eventLimits, now)]),
    extendedResourceToleration,
    defaultStorageClass,
    storageObjectInUseProtection,
    createOwnerReferencesPermissionEnforcement(authorization),
    persistentVolumeClaimResize,
    runtimeClass,
    createCertificateApproval(authorization),
    createCertificateSigning(authorization),
    certificateSubjectRestriction,
    defaultIngressClass,
    denyServiceExternalIps,
    podTopologyLabels,
    nodeDeclaredFeatureValidator,
    podResizeValidator,
    createEscalationCheck(authorization),
    createClaimStatusCheck(authorization),
    createApplicationGuard(authorization),
    createPlanGuard(authorization),
    createRepositoryGuard(authorization),
    createParamAccess(authorization),
    createMutatingPolicies(authorization),
    createValidatingPolicies(authorization),
  ];
  if (webhooks !== undefined)
    all.push(createMutatingWebhooks(webhooks, conditions), createValidatingWebhooks(webhooks, conditions));
  all.push(createResourceQuota(now), alwaysDeny);
  checkNames(all, enable, disable);
  return all.filter(
    ({ name }) => enable.includes(name) || (!OFF_BY_DEFAULT.has(name) && !disable.includes(name)),
  );
}

/** Throws Error in the words of the flags. */
function checkNames(
  all: readonly AdmissionPlugin[],
  enable: readonly string[],
  disable: readonly string[],
): void {
  const known = new Set(all.map(({ name }) => name));
  for (const [flag, names] of [
    ['enable', enable],
    ['disable', disable],
  ] as const) {
    const unknown = names.find(
      (name) => !known.has(name) && (flag === 'enable' || !OFF_BY_DEFAULT.has(name)),
    );
    if (unknown !== undefined && OFF_BY_DEFAULT.has(unknown))
      throw new Error(
        `failed to initialize admission: couldn't init admission plugin ${JSON.stringify(unknown)}: no config specified`,
      );
    if (unknown !== undefined)
      throw new Error(`--${flag}-admission-plugins: plugin ${JSON.stringify(unknown)} is unknown`);
  }
  const both = enable.find((name) => disable.includes(name));
  if (both !== undefined)
    throw new Error(`[${both}] in enable-admission-plugins and disable-admission-plugins overlapped`);
}
