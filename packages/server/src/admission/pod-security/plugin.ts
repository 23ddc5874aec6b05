import type { Namespace, Pod } from '@gantry/api/generated/types';
import { invalid } from '@gantry/machinery/status';
import { listObjects, readObject } from '../../auth/state.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../../request.ts';
import { denied, isResource } from '../denial.ts';
import { baselineChecks } from './baseline.ts';
import { formatLevel, isStricter, type Level, type LevelVersion, policyOf } from './policy.ts';
import { restrictedChecks } from './restricted.ts';
import { containersOf, type PodLike, type Violation } from './text.ts';

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
const POD_SUBRESOURCES = new Set(['', 'ephemeralcontainers']);
const MAX_PODS_CHECKED = 3_000;

const violations = (pod: PodLike, level: Level): Violation[] => {
  if (level === 'privileged') return [];
  const checks = level === 'baseline' ? baselineChecks : restrictedChecks;
  return checks.map((check) => check(pod)).filter((found): found is Violation => found !== undefined);
};

const describe = (found: readonly Violation[]): string =>
  found.map(({ reason, detail }) => (detail === '' ? reason : `${reason} (${detail})`)).join(', ');

function warnAbout(request: AdmissionRequest, pod: PodLike, warn: LevelVersion): void {
  const found = violations(pod, warn.level);
  if (found.length > 0) request.warn(`would violate PodSecurity ${formatLevel(warn)}: ${describe(found)}`);
}

/** Only images and containers that are new can make a running pod worse. */
function isSignificant(pod: Pod, old: Pod): boolean {
  const images = (one: Pod): string =>
    JSON.stringify(containersOf(one).map(({ name, image }) => [name, image]));
  return images(pod) !== images(old);
}

function checkPod(request: AdmissionRequest): void {
  const pod = request.object as unknown as Pod;
  if (request.operation === 'UPDATE' && !isSignificant(pod, request.oldObject as unknown as Pod)) return;
  const namespace = readObject<Namespace>(request.state, 'namespaces', '', request.attributes.namespace);
  const { enforce, warn } = policyOf(namespace?.metadata.labels ?? {});
  const found = violations(pod, enforce.level);
  if (found.length > 0)
    throw denied(request, `violates PodSecurity ${formatLevel(enforce)}: ${describe(found)}`);
  warnAbout(request, pod, warn);
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

function checkTemplate(request: AdmissionRequest): void {
  const namespace = readObject<Namespace>(request.state, 'namespaces', '', request.attributes.namespace);
  const { warn } = policyOf(namespace?.metadata.labels ?? {});
  const template = warn.level === 'privileged' ? undefined : templateOf(request.object);
  if (template !== undefined) warnAbout(request, template, warn);
}

/** Says which running pods a stricter level would have refused, grouped by what is wrong. */
function warnAboutExisting(request: AdmissionRequest, name: string, enforce: LevelVersion): void {
  const pods = listObjects<Pod>(request.state, 'pods', name);
  const checked = pods.slice(0, MAX_PODS_CHECKED);
  const byReason = new Map<string, string[]>();
  for (const pod of checked) {
    const found = violations(pod, enforce.level);
    if (found.length === 0) continue;
    const reason = found.map((one) => one.reason).join(', ');
    byReason.set(reason, [...(byReason.get(reason) ?? []), pod.metadata.name]);
  }
  if (checked.length < pods.length) {
    request.warn(
      `new PodSecurity enforce level only checked against the first ${checked.length} of ${pods.length} existing pods`,
    );
  }
  if (byReason.size === 0) return;
  request.warn(
    `existing pods in namespace ${JSON.stringify(name)} violate the new PodSecurity enforce level ${formatLevel(enforce)}`,
  );
  const lines = [...byReason].map(([reason, names]) => {
    const [first = ''] = names.sort();
    const others = names.length - 1;
    if (others === 0) return `${first}: ${reason}`;
    return `${first} (and ${others} other ${others === 1 ? 'pod' : 'pods'}): ${reason}`;
  });
  for (const line of lines.sort()) request.warn(line);
}

function checkNamespace(request: AdmissionRequest): void {
  const { metadata } = request.object as unknown as Namespace;
  const old = request.oldObject as unknown as Namespace | undefined;
  const policy = policyOf(metadata.labels ?? {});
  const before = policyOf(old?.metadata.labels ?? {});
  if (policy.errors.length > 0 && JSON.stringify(policy.errors) !== JSON.stringify(before.errors)) {
    throw invalid('', 'Namespace', metadata.name, policy.errors);
  }
  if (old !== undefined && isStricter(policy.enforce.level, before.enforce.level)) {
    warnAboutExisting(request, metadata.name, policy.enforce);
  }
}

/** The three levels of the Pod Security Standards, by namespace label: enforce refuses, warn warns. */
export const podSecurity: AdmissionPlugin = {
  name: 'PodSecurity',
  handles(kind, operation, subresource) {
    if (operation !== 'CREATE' && operation !== 'UPDATE') return false;
    if (isResource(kind, '', 'pods')) return POD_SUBRESOURCES.has(subresource);
    if (subresource !== '') return false;
    return isResource(kind, '', 'namespaces') || TEMPLATES.has(`${kind.plural}.${kind.group}`);
  },
  validate(request) {
    if (isResource(request.kind, '', 'pods')) checkPod(request);
    else if (isResource(request.kind, '', 'namespaces')) checkNamespace(request);
    else checkTemplate(request);
  },
};
