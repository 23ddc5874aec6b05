import { forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { validateAnnotations, validateLabels } from '@gantry/machinery/object-meta';
import { isDNS1123Label, isDNS1123Subdomain, isQualifiedName } from '@gantry/machinery/validation';
import type { PodSpec, PodTemplateSpec } from '../../../generated/types.ts';
import { check, type Errors, inRange, oneOf, validIP } from '../../../validation/common.ts';
import {
  type PodFacts,
  validateContainers,
  validateEphemeralContainers,
  validateInitContainers,
} from './containers.ts';
import { validateResources } from './resources.ts';
import { validateAffinity, validateGates, validateSpread, validateTolerations } from './scheduling.ts';
import { validateVolumes } from './volumes.ts';

const RESTART_POLICIES = ['Always', 'Never', 'OnFailure'];
const DNS_POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'];
const MAX_INT32 = 2 ** 31 - 1;

/** Rules of a pod's spec, in a pod or a template. `path` is `spec` or `spec.template.spec`. */
export function validatePodSpec(spec: PodSpec, path: string, errors: Errors, isPod = false): void {
  const facts: PodFacts = {
    volumes: validateVolumes(spec.volumes, `${path}.volumes`, errors),
    claims: new Set((spec.resourceClaims ?? []).map((claim) => claim.name)),
    gracePeriod: spec.terminationGracePeriodSeconds,
  };
  validateContainers(spec, facts, `${path}.containers`, errors);
  validateInitContainers(spec, facts, `${path}.initContainers`, errors);
  validateEphemeralContainers(spec, facts, `${path}.ephemeralContainers`, errors);
  if (spec.resources !== undefined)
    validateResources(spec.resources, facts.claims, `${path}.resources`, errors);
  if (spec.hostNetwork === true) validateHostPorts(spec, isPod, path, errors);
  oneOf(spec.restartPolicy, RESTART_POLICIES, `${path}.restartPolicy`, errors);
  oneOf(spec.dnsPolicy, DNS_POLICIES, `${path}.dnsPolicy`, errors);
  errors.push(...validateLabels(spec.nodeSelector ?? {}, `${path}.nodeSelector`));
  validatePodSecurity(spec, path, errors);
  validateAffinity(spec.affinity, `${path}.affinity`, errors);
  validateDNSConfig(spec, `${path}.dnsConfig`, errors);
  for (const [index, gate] of (spec.readinessGates ?? []).entries())
    check(
      isQualifiedName(gate.conditionType),
      `${path}.readinessGates[${index}].conditionType`,
      gate.conditionType,
      errors,
    );
  validateGates(spec, `${path}.schedulingGates`, errors);
  validateSpread(spec.topologySpreadConstraints, `${path}.topologySpreadConstraints`, errors);
  validateNames(spec, path, errors);
  inRange(spec.activeDeadlineSeconds, 1, MAX_INT32, `${path}.activeDeadlineSeconds`, errors);
  validateTolerations(spec.tolerations, `${path}.tolerations`, errors);
  if (spec.preemptionPolicy !== undefined)
    oneOf(spec.preemptionPolicy, ['Never', 'PreemptLowerPriority'], `${path}.preemptionPolicy`, errors);
  if (spec.os !== undefined) oneOf(spec.os.name, ['linux', 'windows'], `${path}.os.name`, errors);
}

function validateNames(spec: PodSpec, path: string, errors: Errors): void {
  for (const field of ['serviceAccountName', 'nodeName', 'priorityClassName', 'runtimeClassName'] as const) {
    const name = spec[field];
    if (name) check(isDNS1123Subdomain(name), `${path}.${field}`, name, errors);
  }
  for (const field of ['hostname', 'subdomain'] as const) {
    const name = spec[field];
    if (name) check(isDNS1123Label(name), `${path}.${field}`, name, errors);
  }
  for (const [index, alias] of (spec.hostAliases ?? []).entries()) {
    const at = `${path}.hostAliases[${index}]`;
    validIP(alias.ip, `${at}.ip`, errors);
    for (const [number, name] of (alias.hostnames ?? []).entries())
      check(isDNS1123Subdomain(name), `${at}.hostnames[${number}]`, name, errors);
  }
}

function validateHostPorts(spec: PodSpec, isPod: boolean, path: string, errors: Errors): void {
  for (const [index, container] of (spec.containers ?? []).entries())
    for (const [number, port] of (container.ports ?? []).entries()) {
      const hostPort = port.hostPort ?? 0;
      if ((isPod || hostPort !== 0) && hostPort !== port.containerPort)
        errors.push(
          invalid(
            `${path}.containers[${index}].ports[${number}].hostPort`,
            hostPort,
            'must match `containerPort` when `hostNetwork` is true',
          ),
        );
    }
}

function validatePodSecurity(spec: PodSpec, path: string, errors: Errors): void {
  const context = spec.securityContext;
  const at = `${path}.securityContext`;
  inRange(context?.runAsUser, 0, MAX_INT32, `${at}.runAsUser`, errors);
  inRange(context?.runAsGroup, 0, MAX_INT32, `${at}.runAsGroup`, errors);
  inRange(context?.fsGroup, 0, MAX_INT32, `${at}.fsGroup`, errors);
  for (const [index, group] of (context?.supplementalGroups ?? []).entries())
    inRange(group, 0, MAX_INT32, `${at}.supplementalGroups[${index}]`, errors);
  const policy = context?.fsGroupChangePolicy;
  if (policy !== undefined && !['Always', 'OnRootMismatch'].includes(policy))
    errors.push(notSupported(`${at}.fsGroupChangePolicy`, policy, ['Always', 'OnRootMismatch']));
  if (spec.shareProcessNamespace === true && spec.hostPID === true)
    errors.push(
      invalid(
        `${path}.shareProcessNamespace`,
        true,
        'ShareProcessNamespace and HostPID cannot both be enabled',
      ),
    );
  if (spec.hostUsers === false) {
    if (spec.hostPID === true) errors.push(forbidden(`${path}.HostPID`, 'when `hostUsers` is false'));
    if (spec.hostIPC === true) errors.push(forbidden(`${path}.HostIPC`, 'when `hostUsers` is false'));
  }
}

function validateDNSConfig(spec: PodSpec, path: string, errors: Errors): void {
  const config = spec.dnsConfig;
  const servers = config?.nameservers ?? [];
  if (spec.dnsPolicy === 'None') {
    if (config === undefined)
      return void errors.push(required(path, 'must provide `dnsConfig` when `dnsPolicy` is None'));
    if (servers.length === 0)
      return void errors.push(
        required(`${path}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None'),
      );
  }
  if (servers.length > 3)
    errors.push(invalid(`${path}.nameservers`, servers, 'must not have more than 3 nameservers'));
  for (const [index, server] of servers.entries()) validIP(server, `${path}.nameservers[${index}]`, errors);
  const searches = config?.searches ?? [];
  if (searches.length > 32)
    errors.push(invalid(`${path}.searches`, searches, 'must not have more than 32 search paths'));
  if (searches.join(' ').length > 2048)
    errors.push(
      invalid(
        `${path}.searches`,
        searches,
        'must not have more than 2048 characters (including spaces) in the search list',
      ),
    );
  for (const [index, option] of (config?.options ?? []).entries())
    if (!option.name) errors.push(required(`${path}.options[${index}]`, 'must not be empty'));
}

/** Rules of a pod template at `path`, e.g. `spec.template`. */
export function validatePodTemplate(
  template: PodTemplateSpec | undefined,
  path: string,
  errors: Errors,
): void {
  errors.push(...validateLabels(template?.metadata?.labels ?? {}, `${path}.labels`));
  errors.push(...validateAnnotations(template?.metadata?.annotations ?? {}, `${path}.annotations`));
  const spec = template?.spec ?? { containers: [] };
  validatePodSpec(spec, `${path}.spec`, errors);
  if ((spec.ephemeralContainers ?? []).length > 0)
    errors.push(
      forbidden(`${path}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template'),
    );
}
