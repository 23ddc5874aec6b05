import { isIP } from 'node:net';
import {
  duplicate,
  forbidden,
  invalid,
  notSupported,
  required,
  tooLong,
} from '@gantry/machinery/field-error';
import { validateLegacyIp } from '@gantry/machinery/ip';
import { isDNS1123Label, isDNS1123Subdomain, isQualifiedName } from '@gantry/machinery/validation';
import type { Container, ContainerStatus, Pod, PodSpec, PodStatus } from '../../generated/types.ts';
import { check, type Errors, inRange } from '../../validation/common.ts';

const SYSTEM_CONDITIONS: ReadonlySet<string> = new Set(['PodScheduled', 'Ready', 'Initialized']);
const HEALTH = ['Healthy', 'Unhealthy', 'Unknown'];
const MAX_ID = 2 ** 31 - 1;
const MAX_HEALTH_MESSAGE = 1024;

/** What the API does not serve (yet) goes; the quality of service is for ever (see podStatusErrors). */
export function prepareStatusUpdate(pod: Pod, old: Pod): void {
  // A client that sends none clears all but what is for ever.
  pod.status ??= {};
  const { status } = pod;
  if (!status.qosClass && old.status?.qosClass !== undefined) status.qosClass = old.status.qosClass;
  keepGenerations(status, old.status ?? {});
  const first = status.podIPs?.[0]?.ip;
  // Where the two differ, the older field holds.
  if (status.podIP && status.podIP !== first) status.podIPs = [{ ip: status.podIP }];
  else if (!status.podIP && first) status.podIP = first;
  delete status.nodeAllocatableResourceClaimStatuses;
  for (const list of [
    status.containerStatuses,
    status.initContainerStatuses,
    status.ephemeralContainerStatuses,
  ])
    for (const { volumeMounts = [] } of list ?? [])
      for (const mount of volumeMounts) delete mount.volumeStatus;
}

/** What a client clears that knows of no generations stays. Conditions of the same type are paired in their order. */
function keepGenerations(status: PodStatus, was: PodStatus): void {
  if (!status.observedGeneration && was.observedGeneration)
    status.observedGeneration = was.observedGeneration;
  if (was.conditions?.some(({ observedGeneration }) => observedGeneration) !== true) return;
  const known = new Map<string, number[]>();
  for (const { type, observedGeneration = 0 } of was.conditions ?? [])
    known.set(type, [...(known.get(type) ?? []), observedGeneration]);
  for (const condition of status.conditions ?? []) {
    const before = known.get(condition.type)?.shift();
    if (before && !condition.observedGeneration) condition.observedGeneration = before;
  }
}

/** Rules of `status`, which nodes write. */
export function podStatusErrors(pod: Pod, old: Pod): Errors {
  const errors: Errors = [];
  const { status = {}, spec } = pod;
  const was = old.status ?? {};
  for (const [index, { type, observedGeneration = 0 }] of (status.conditions ?? []).entries()) {
    const at = `status.conditions[${index}]`;
    if (observedGeneration < 0) errors.push(negative(`${at}.observedGeneration`, observedGeneration));
    if (!SYSTEM_CONDITIONS.has(type)) check(isQualifiedName(type), `${at}.Type`, type, errors);
  }
  const node = status.nominatedNodeName;
  if (node && node !== was.nominatedNodeName)
    check(isDNS1123Subdomain(node), 'status.nominatedNodeName', node, errors);
  if (old.spec.nodeName && node && node !== was.nominatedNodeName)
    errors.push(
      forbidden('status.nominatedNodeName', 'may not be set on pods that are already bound to a node'),
    );
  if ((status.observedGeneration ?? 0) < 0)
    errors.push(negative('status.observedGeneration', status.observedGeneration ?? 0));
  if (status.qosClass !== was.qosClass)
    errors.push(invalid('status.qosClass', status.qosClass, 'field is immutable'));
  stateErrors(pod, old, errors);
  claimErrors(pod, errors);
  extendedErrors(status.extendedResourceClaimStatus, spec, errors);
  addressErrors(status.podIPs, was.podIPs, 'status.podIPs', errors);
  hostErrors(status, was, errors);
  const lists = [
    ['containerStatuses', spec.containers],
    ['initContainerStatuses', spec.initContainers],
    ['ephemeralContainerStatuses', undefined],
  ] as const;
  for (const [field] of lists) userErrors(status[field], `status.${field}`, spec.os?.name, errors);
  for (const [field, containers] of lists)
    resourceErrors(status[field] ?? [], `status.${field}`, containers, errors);
  return errors;
}

const negative = (path: string, value: number): Errors[number] =>
  invalid(path, value, 'must be a non-negative integer');

/** Whether a container that ended with this code is started again. */
function mayRestart(container: Container | undefined, spec: PodSpec, exitCode: number): boolean {
  if (container === undefined) return false;
  if (container.restartPolicy !== undefined)
    for (const { action, exitCodes } of container.restartPolicyRules ?? []) {
      const isListed = exitCodes?.values?.includes(exitCode) === true;
      if (exitCodes !== undefined && isListed === (exitCodes.operator === 'In'))
        return action === 'Restart' || policyRestarts(container.restartPolicy, exitCode);
    }
  return policyRestarts(container.restartPolicy ?? spec.restartPolicy, exitCode);
}

const policyRestarts = (policy: string | undefined, exitCode: number): boolean =>
  policy === 'OnFailure' ? exitCode !== 0 : policy !== 'Never';

/** What ended for good stays so. */
function stateErrors(pod: Pod, old: Pod, errors: Errors): void {
  const { spec } = old;
  for (const [field, containers] of [
    ['containerStatuses', spec.containers],
    ['initContainerStatuses', spec.initContainers ?? []],
    ['ephemeralContainerStatuses', []],
  ] as const)
    for (const [index, { name, state }] of (old.status?.[field] ?? []).entries()) {
      if (state?.terminated === undefined) continue;
      const now = pod.status?.[field]?.find((one) => one.name === name);
      if (now === undefined || now.state?.terminated !== undefined) continue;
      const container = containers.find((one) => one.name === name);
      if (!mayRestart(container, spec, state.terminated.exitCode))
        errors.push(
          forbidden(`status.${field}[${index}].state`, 'may not be transitioned to non-terminated state'),
        );
    }
}

function claimErrors({ status, spec }: Pod, errors: Errors): void {
  const seen = new Set<string>();
  for (const [index, { name, resourceClaimName }] of (status?.resourceClaimStatuses ?? []).entries()) {
    const at = `status.resourceClaimStatuses[${index}]`;
    if (spec.resourceClaims?.some((claim) => claim.name === name) !== true)
      errors.push(invalid(`${at}.name`, name, 'must match the name of an entry in `spec.resourceClaims`'));
    if (seen.has(name)) errors.push(duplicate(`${at}.name`, name));
    seen.add(name);
    if (resourceClaimName !== undefined)
      check(isDNS1123Subdomain(resourceClaimName), `${at}.resourceClaimName`, resourceClaimName, errors);
  }
}

function extendedErrors(
  status: NonNullable<Pod['status']>['extendedResourceClaimStatus'],
  spec: PodSpec,
  errors: Errors,
): void {
  if (status === undefined) return;
  const path = 'status.extendedResourceClaimStatus';
  const mappings = status.requestMappings ?? [];
  if (mappings.length === 0)
    errors.push(required(`${path}.requestMappings`, 'at least one request mapping is required'));
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  const seen = new Set<string>();
  for (const [index, { containerName, resourceName, requestName }] of mappings.entries()) {
    const at = `${path}.requestMappings[${index}]`;
    const container = containers.find(({ name }) => name === containerName);
    if (container === undefined)
      errors.push(
        invalid(
          `${at}.containerName`,
          containerName,
          'must match the name of an entry in spec.initContainers.name or spec.containers.name',
        ),
      );
    else if (!Object.hasOwn(container.resources?.requests ?? {}, resourceName))
      errors.push(
        invalid(
          `${at}.resourceName`,
          resourceName,
          'must match the extended resource name of an entry in spec.initContainers.resources.requests or spec.containers.resources.requests',
        ),
      );
    check(isDNS1123Label(requestName), `${path}.requestName`, requestName, errors);
    const key = JSON.stringify([containerName, resourceName, requestName]);
    if (seen.has(key))
      errors.push(
        duplicate(`${at}.containerName`, containerName),
        duplicate(`${at}.resourceName`, resourceName),
        duplicate(`${at}.requestName`, requestName),
      );
    seen.add(key);
  }
  const { resourceClaimName: claim } = status;
  if (!claim) errors.push(required(`${path}.resourceClaimName`));
  else check(isDNS1123Subdomain(claim), `${path}.resourceClaimName`, claim, errors);
}

interface Address {
  readonly ip?: string;
}

/** One address, or one of each family. Those that were there before are kept, whatever they look like. */
function addressErrors(
  now: readonly Address[] | undefined,
  was: readonly Address[] | undefined,
  path: string,
  errors: Errors,
): void {
  const ips = (now ?? []).map(({ ip = '' }) => ip);
  for (const [index, ip] of ips.entries())
    if (was?.some((one) => one.ip === ip) !== true)
      errors.push(...validateLegacyIp(ip, `${path}[${index}]`, true));
  if (ips.length < 2) return;
  if (ips.length > 2 || new Set(ips.map((ip) => isIP(ip))).size !== 2)
    errors.push(
      invalid(
        path,
        ips.map((ip) => ({ IP: ip })),
        'may specify no more than one IP for each IP family',
      ),
    );
}

function hostErrors(
  { hostIP = '', hostIPs = [] }: NonNullable<Pod['status']>,
  was: NonNullable<Pod['status']>,
  errors: Errors,
): void {
  const first = hostIPs[0];
  if (first === undefined) return;
  if (hostIP !== (first.ip ?? ''))
    errors.push(invalid('status.hostIPs[0].ip', first.ip ?? '', 'must be equal to `hostIP`'));
  addressErrors(hostIPs, was.hostIPs, 'status.hostIPs', errors);
}

function userErrors(
  statuses: readonly ContainerStatus[] | undefined,
  path: string,
  os: string | undefined,
  errors: Errors,
): void {
  for (const [index, { user }] of (statuses ?? []).entries()) {
    if (user?.linux === undefined) continue;
    const at = `${path}[${index}].user.linux`;
    if (os === 'windows') {
      errors.push(forbidden(at, 'cannot be set for a windows pod'));
      continue;
    }
    inRange(user.linux.uid, 0, MAX_ID, `${at}.uid`, errors);
    inRange(user.linux.gid, 0, MAX_ID, `${at}.gid`, errors);
    for (const [group, id] of (user.linux.supplementalGroups ?? []).entries())
      inRange(id, 0, MAX_ID, `${at}.supplementalGroups[${group}]`, errors);
  }
}

/** `containers` undefined: of ephemeral containers, which have no resources. */
function resourceErrors(
  statuses: readonly ContainerStatus[],
  path: string,
  containers: readonly Container[] | undefined,
  errors: Errors,
): void {
  const isEphemeral = path.endsWith('ephemeralContainerStatuses');
  for (const [index, { name, allocatedResourcesStatus = [] }] of statuses.entries()) {
    const at = `${path}[${index}].allocatedResourcesStatus`;
    if (isEphemeral) {
      if (allocatedResourcesStatus.length > 0)
        errors.push(forbidden(at, 'must not be specified in container status'));
      continue;
    }
    const container = containers?.find((one) => one.name === name);
    for (const [number, one] of allocatedResourcesStatus.entries()) {
      if (container !== undefined) namedResource(one.name, container, `${at}[${number}].name`, errors);
      healthErrors(one.resources ?? [], `${at}[${number}].resources`, errors);
    }
  }
}

function namedResource(name: string, { resources = {} }: Container, path: string, errors: Errors): void {
  const isClaim = name.startsWith('claim:');
  const isKnown = isClaim
    ? (resources.claims ?? []).some(
        (claim) => name === `claim:${claim.name}${claim.request ? `/${claim.request}` : ''}`,
      )
    : Object.hasOwn(resources.requests ?? {}, name);
  if (isKnown) return;
  const detail = isClaim
    ? "must match one of the container's resource claims in a format 'claim:<claimName>/<request>' or 'claim:<claimName>' if request is empty"
    : "must match one of the container's resource requests";
  errors.push(invalid(path, name, detail));
}

function healthErrors(
  resources: readonly { readonly resourceID?: string; readonly health?: string; readonly message?: string }[],
  path: string,
  errors: Errors,
): void {
  const seen = new Set<string>();
  for (const [index, { resourceID = '', health = '', message }] of resources.entries()) {
    const at = `${path}[${index}]`;
    if (!HEALTH.includes(health)) errors.push(notSupported(`${at}.health`, health, HEALTH));
    if (message === '') errors.push(required(`${at}.message`, 'must be non-empty if specified'));
    else if (message !== undefined && Buffer.byteLength(message) > MAX_HEALTH_MESSAGE)
      errors.push(tooLong(`${at}.message`, MAX_HEALTH_MESSAGE));
    if (seen.has(resourceID)) errors.push(duplicate(`${at}.resourceID`, resourceID));
    seen.add(resourceID);
  }
}
