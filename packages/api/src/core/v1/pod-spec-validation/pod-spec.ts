import {
  duplicate,
  forbidden,
  invalid,
  notFoundValue,
  notSupported,
  notSupportedInOrder,
  required,
  tooLong,
} from '@gantry/machinery/field-error';
import { validateAnnotations, validateLabels } from '@gantry/machinery/object-meta';
import { isDNS1123Label, isDNS1123Subdomain, isQualifiedName } from '@gantry/machinery/validation';
import type { PodSpec, PodTemplateSpec } from '../../../generated/types.ts';
import { isSent } from '../../../schema/emptied.ts';
import { check, type Errors, inRange, oneOf, validIP } from '../../../validation/common.ts';
import { validateVolumes } from '../volume-validation/volumes.ts';
import {
  type PodFacts,
  validateContainers,
  validateEphemeralContainers,
  validateInitContainers,
} from './containers.ts';
import { validateResources } from './resources.ts';
import { validateAffinity, validateGates, validateSpread, validateTolerations } from './scheduling.ts';
import { validateHostUsers, validatePodSecurity } from './security.ts';
import { validateHostProcesses, validateSystem } from './windows.ts';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const SYSTEMS = ['linux', 'windows'];
const MAX_HOSTNAME = 64;
const RELAXED_PATTERN = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*';
const RELAXED = new RegExp(`^(?:${RELAXED_PATTERN})$`);
const MAX_INT32 = 2 ** 31 - 1;

/** Rules of a pod's spec, in a pod or a template. `path` is `spec` or `spec.template.spec`. */
export function validatePodSpec(
  spec: PodSpec,
  path: string,
  errors: Errors,
  isPod = false,
  podName = '',
): void {
  const facts: PodFacts = {
    volumes: validateVolumes(spec.volumes, `${path}.volumes`, errors, podName),
    claims: new Set((spec.resourceClaims ?? []).map((claim) => claim.name)),
    gracePeriod: spec.terminationGracePeriodSeconds,
    restartPolicy: spec.restartPolicy,
    hostUsers: spec.hostUsers !== false,
    isPod,
  };
  if (spec.terminationGracePeriodSeconds === undefined)
    errors.push(required(`${path}.terminationGracePeriodSeconds`));
  validateResourceClaims(spec, `${path}.resourceClaims`, errors);
  validateContainers(spec, facts, `${path}.containers`, errors);
  validateInitContainers(spec, facts, `${path}.initContainers`, errors);
  validateEphemeralContainers(spec, facts, `${path}.ephemeralContainers`, errors);
  validatePodResources(spec, facts.claims, `${path}.resources`, errors);
  if (spec.hostNetwork === true) validateHostPorts(spec, isPod, path, errors);
  oneOf(spec.restartPolicy, RESTART_POLICIES, `${path}.restartPolicy`, errors, notSupportedInOrder);
  oneOf(spec.dnsPolicy, DNS_POLICIES, `${path}.dnsPolicy`, errors, notSupportedInOrder);
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
  validateHostProcesses(spec, path, errors);
  validateHostUsers(spec, path, errors);
  validateHostnameOverride(spec, `${path}.hostnameOverride`, errors);
  validateNames(spec, path, errors);
  inRange(spec.activeDeadlineSeconds, 1, MAX_INT32, `${path}.activeDeadlineSeconds`, errors);
  validateTolerations(spec.tolerations, `${path}.tolerations`, errors);
  if (spec.preemptionPolicy !== undefined)
    oneOf(
      spec.preemptionPolicy,
      ['PreemptLowerPriority', 'Never'],
      `${path}.preemptionPolicy`,
      errors,
      notSupportedInOrder,
    );
  if (spec.overhead !== undefined)
    validateResources({ limits: spec.overhead }, new Set(), path.concat('.overhead'), errors);
  if (spec.os !== undefined)
    if (!spec.os.name) errors.push(required(`${path}.os.name`));
    else if (!SYSTEMS.includes(spec.os.name)) errors.push(notSupported(`${path}.os`, spec.os.name, SYSTEMS));
    else validateSystem(spec, path, errors);
  validateFileKeyVolumes(spec, path, errors);
}

/** Keys of files are read from volumes that the pod's own containers fill. */
function validateFileKeyVolumes(spec: PodSpec, path: string, errors: Errors): void {
  const volumes = new Map((spec.volumes ?? []).map((volume) => [volume.name, volume]));
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const)
    for (const [index, container] of (spec[list] ?? []).entries())
      for (const [number, env] of (container.env ?? []).entries()) {
        const ref = env.valueFrom?.fileKeyRef;
        if (ref === undefined) continue;
        const at = `${path}.${list}[${index}].env[${number}].valueFrom.fileKeyRef.volumeName`;
        const name = ref.volumeName ?? '';
        const volume = volumes.get(name);
        if (volume === undefined) errors.push(notFoundValue(at, name));
        else if (volume.emptyDir === undefined)
          errors.push(invalid(at, name, 'referenced volume must be of type emptyDir'));
      }
}

/** KEP-4762. */
function validateHostnameOverride(spec: PodSpec, path: string, errors: Errors): void {
  const name = spec.hostnameOverride;
  if (name === undefined) return;
  if (spec.setHostnameAsFQDN === true)
    errors.push(forbidden(path, 'may not be specified when setHostnameAsFQDN is true'));
  if (spec.hostNetwork === true)
    errors.push(forbidden(path, 'may not be specified when hostNetwork is true'));
  if (Buffer.byteLength(name) > MAX_HOSTNAME) errors.push(tooLong(path, MAX_HOSTNAME));
  check(isDNS1123Subdomain(name), path, name, errors);
}

/** A DNS subdomain in which underscores count too, as search domains may have them. */
function isRelaxedDNSName(name: string): string[] {
  if (RELAXED.test(name) && name.length <= 253) return [];
  return isDNS1123Subdomain(name.length > 253 ? name : '').map((text) =>
    text
      .replace("characters, '-' or '.'", "characters, '_', '-' or '.'")
      .replace(/used for validation is '.*'/, `used for validation is '${RELAXED_PATTERN}'`),
  );
}

/** KEP-2837. */
function validatePodResources(
  { resources }: PodSpec,
  claims: ReadonlySet<string>,
  path: string,
  errors: Errors,
): void {
  if (resources === undefined) return;
  if (isSent(resources, 'claims'))
    errors.push(forbidden(`${path}.claims`, 'claims may not be set for Resources at pod-level'));
  validateResources(resources, claims, path, errors, true);
}

/** KEP-4381: the claims of a pod, each by one of two names. */
function validateResourceClaims(spec: PodSpec, path: string, errors: Errors): void {
  const names = new Set<string>();
  for (const [index, claim] of (spec.resourceClaims ?? []).entries()) {
    const at = `${path}[${index}]`;
    if (!claim.name) errors.push(required(`${at}.name`));
    else if (names.has(claim.name)) errors.push(duplicate(`${at}.name`, claim.name));
    else check(isDNS1123Label(claim.name), `${at}.name`, claim.name, errors);
    names.add(claim.name);
    const given = (['resourceClaimName', 'resourceClaimTemplateName'] as const).filter(
      (field) => claim[field] !== undefined,
    );
    const shown = {
      Name: claim.name,
      ResourceClaimName: claim.resourceClaimName ?? null,
      ResourceClaimTemplateName: claim.resourceClaimTemplateName ?? null,
    };
    if (given.length > 1)
      errors.push(
        invalid(
          at,
          shown,
          'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified',
        ),
      );
    if (given.length === 0)
      errors.push(
        invalid(at, shown, 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`'),
      );
    for (const field of given)
      check(isDNS1123Subdomain(claim[field] ?? ''), `${at}.${field}`, claim[field], errors);
  }
}

function validateNames(spec: PodSpec, path: string, errors: Errors): void {
  for (const field of ['serviceAccountName', 'nodeName', 'priorityClassName', 'runtimeClassName'] as const) {
    const name = spec[field];
    // An empty one is there only behind a pointer.
    if (name || (field === 'runtimeClassName' && name !== undefined))
      check(isDNS1123Subdomain(name), `${path}.${field}`, name, errors);
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
  for (const [index, search] of searches.entries())
    if (search !== '.')
      check(
        isRelaxedDNSName(search.replace(/\.$/, '')),
        `${path}.searches[${index}]`,
        search.replace(/\.$/, ''),
        errors,
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
