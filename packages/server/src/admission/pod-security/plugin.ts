import type { Namespace, Pod } from '@gantry/api/generated/types';
import { formatFieldError } from '@gantry/machinery/field-error';
import { internal, invalid } from '@gantry/machinery/status';
import { readObject } from '../../auth/state.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../../request.ts';
import { denied, isResource } from '../denial.ts';
import { violations } from './evaluate.ts';
import { warnAboutExisting } from './existing-pods.ts';
import { type Defaults, formatLevel, isStricter, NO_DEFAULTS, type Policy, policyOf } from './policy.ts';
import { containersOf, type PodLike, type Violation } from './text.ts';

/** Who is not looked at. */
export interface Exemptions {
  readonly usernames: readonly string[];
  readonly namespaces: readonly string[];
  readonly runtimeClasses: readonly string[];
}

export interface PodSecurityOptions {
  /** For namespaces without labels. */
  readonly defaults: Defaults;
  readonly exemptions: Exemptions;
}

const NO_EXEMPTIONS: Exemptions = { usernames: [], namespaces: [], runtimeClasses: [] };

/** Kinds whose pods are made from a template: they are warned about, and refused only as pods. */
const TEMPLATES = new Set([
  'replicationcontrollers.',
  'podtemplates.',
  'replicasets.apps',
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'cronjobs.batch',
]);
const POD_SUBRESOURCES = new Set(['', 'ephemeralcontainers', 'resize']);
const AUDIT = 'pod-security.kubernetes.io/';

const describe = (found: readonly Violation[]): string =>
  found.map(({ reason, detail }) => (detail === '' ? reason : `${reason} (${detail})`)).join(', ');

/** Only images and containers that are new can make a running pod worse. */
function isSignificant(pod: Pod, old: Pod): boolean {
  const images = (one: Pod): string =>
    JSON.stringify(containersOf(one).map(({ name, image }) => [name, image]));
  return images(pod) !== images(old);
}

function templateOf(object: unknown): PodLike | undefined {
  const { template, spec } = object as {
    readonly template?: PodLike;
    readonly spec?: {
      readonly template?: PodLike;
      readonly jobTemplate?: { readonly spec?: { readonly template?: PodLike } };
    };
  };
  const found = template ?? spec?.template ?? spec?.jobTemplate?.spec?.template;
  return found?.spec?.containers === undefined ? undefined : found;
}

class PodSecurity {
  readonly #options: PodSecurityOptions;

  constructor(options: PodSecurityOptions) {
    this.#options = options;
  }

  /** Whether the request is left alone, with a note of why in the audit event. */
  #isExempt(request: AdmissionRequest, pod?: PodLike): boolean {
    const { usernames, namespaces, runtimeClasses } = this.#options.exemptions;
    const name = pod?.spec.runtimeClassName;
    const reason = namespaces.includes(request.attributes.namespace)
      ? 'namespace'
      : usernames.includes(request.user.name)
        ? 'user'
        : name && runtimeClasses.includes(name)
          ? 'runtimeClass'
          : undefined;
    if (reason !== undefined) request.annotate?.(`${AUDIT}exempt`, reason);
    return reason !== undefined;
  }

  #policyFor(request: AdmissionRequest): Policy | undefined {
    const found = readObject<Namespace>(request.state, 'namespaces', '', request.attributes.namespace);
    return found && policyOf(found.metadata.labels ?? {}, this.#options.defaults);
  }

  checkPod(request: AdmissionRequest): void {
    const pod = request.object as unknown as Pod;
    if (request.operation === 'UPDATE' && !isSignificant(pod, request.oldObject as unknown as Pod)) return;
    if (this.#isExempt(request, pod)) return;
    const policy = this.#policyFor(request);
    if (policy === undefined)
      throw internal(`failed to lookup namespace ${JSON.stringify(request.attributes.namespace)}`);
    const { enforce } = policy;
    const found = violations(pod, enforce);
    request.annotate?.(`${AUDIT}enforce-policy`, `${enforce.level}:${enforce.version}`);
    const denial =
      found.length > 0
        ? denied(request, `violates PodSecurity ${formatLevel(enforce)}: ${describe(found)}`)
        : undefined;
    this.#report(request, pod, policy, denial === undefined);
    if (denial !== undefined) throw denial;
  }

  checkTemplate(request: AdmissionRequest): void {
    const template = templateOf(request.object);
    if (template === undefined || this.#isExempt(request, template)) return;
    const policy = this.#policyFor(request);
    if (policy !== undefined) this.#report(request, template, policy, true);
  }

  /** What audit and warn have to say. */
  #report(request: AdmissionRequest, pod: PodLike, policy: Policy, warns: boolean): void {
    const { audit, warn, errors } = policy;
    if (errors.length > 0)
      request.annotate?.(
        `${AUDIT}error`,
        `Failed to parse policy: ${errors.map(formatFieldError).join(', ')}`,
      );
    const audited = request.annotate === undefined ? [] : violations(pod, audit);
    if (audited.length > 0)
      request.annotate?.(
        `${AUDIT}audit-violations`,
        `would violate PodSecurity ${formatLevel(audit)}: ${describe(audited)}`,
      );
    const warned = warns ? violations(pod, warn) : [];
    if (warned.length > 0)
      request.warn(`would violate PodSecurity ${formatLevel(warn)}: ${describe(warned)}`);
  }

  checkNamespace(request: AdmissionRequest): void {
    const { defaults, exemptions } = this.#options;
    const { metadata } = request.object as unknown as Namespace;
    const old = request.oldObject as unknown as Namespace | undefined;
    const policy = policyOf(metadata.labels ?? {}, defaults);
    const before = policyOf(old?.metadata.labels ?? {}, defaults);
    if (policy.errors.length > 0 && JSON.stringify(policy.errors) !== JSON.stringify(before.errors))
      throw invalid('', 'Namespace', metadata.name, policy.errors);
    const exempt = exemptions.namespaces.includes(metadata.name);
    if (old === undefined) {
      if (exempt) this.#warnExempt(request, metadata.labels ?? {}, policy);
      return;
    }
    const { enforce } = policy;
    const isSame = enforce.level === before.enforce.level && enforce.version === before.enforce.version;
    const isLaxer =
      enforce.version === before.enforce.version && !isStricter(enforce.level, before.enforce.level);
    if (isSame || isLaxer || enforce.level === 'privileged') return;
    if (exempt) this.#warnExempt(request, metadata.labels ?? {}, policy);
    else warnAboutExisting(request, metadata.name, enforce, exemptions.runtimeClasses);
  }

  /** Labels of an exempt namespace do nothing: whoever sets them should know. */
  #warnExempt(request: AdmissionRequest, labels: Readonly<Record<string, string>>, policy: Policy): void {
    const modes = (['enforce', 'audit', 'warn'] as const).filter(
      (mode) =>
        policy[mode].level !== 'privileged' &&
        (labels[AUDIT + mode] !== undefined || labels[`${AUDIT}${mode}-version`] !== undefined),
    );
    if (modes.length === 0) return;
    const text = modes.map((mode) => `${mode}=${policy[mode].level}:${policy[mode].version}`).join(', ');
    const { name } = (request.object as unknown as Namespace).metadata;
    request.warn(
      `namespace ${JSON.stringify(name)} is exempt from Pod Security, and the policy (${text}) will be ignored`,
    );
  }
}

/** The three levels of the Pod Security Standards, by namespace label: enforce refuses, audit notes, warn warns. */
export function createPodSecurity({
  defaults = NO_DEFAULTS,
  exemptions = NO_EXEMPTIONS,
}: Partial<PodSecurityOptions> = {}): AdmissionPlugin {
  const security = new PodSecurity({ defaults, exemptions });
  return {
    name: 'PodSecurity',
    handles(kind, operation, subresource) {
      if (operation !== 'CREATE' && operation !== 'UPDATE') return false;
      if (isResource(kind, '', 'pods')) return POD_SUBRESOURCES.has(subresource);
      if (subresource !== '') return false;
      return isResource(kind, '', 'namespaces') || TEMPLATES.has(`${kind.plural}.${kind.group}`);
    },
    validate(request) {
      if (isResource(request.kind, '', 'pods')) security.checkPod(request);
      else if (isResource(request.kind, '', 'namespaces')) security.checkNamespace(request);
      else security.checkTemplate(request);
    },
  };
}
