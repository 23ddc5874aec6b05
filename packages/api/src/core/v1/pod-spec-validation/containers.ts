import {
  duplicate,
  forbidden,
  invalid,
  notFoundValue,
  notSupported,
  notSupportedInOrder,
  required,
} from '@gantry/machinery/field-error';
import { isDNS1123Label, isPortName, isPortNumber } from '@gantry/machinery/validation';
import type {
  Container,
  ContainerPort,
  EphemeralContainer,
  PodSpec,
  Volume,
  VolumeMount,
} from '../../../generated/types.ts';
import { isSent } from '../../../schema/emptied.ts';
import { check, type Errors, oneOf, relativePath } from '../../../validation/common.ts';
import { validateEnv, validateEnvFrom } from './env.ts';
import { validateLifecycle, validateProbes } from './probes.ts';
import { validateResources } from './resources.ts';
import { validateInitRestart, validateResizePolicy, validateRestart } from './restart.ts';
import { validateSecurity } from './security.ts';
import { validateVolumeDevices } from './volume-devices.ts';

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const READ_ONLY_MODES = ['Disabled', 'Enabled', 'IfPossible'];
const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None'];
const NOT_FOR_INIT = 'may not be set for init containers without restartPolicy=Always';
const RESOURCE_FIELDS = ['limits', 'requests', 'claims'];
const NOT_FOR_EPHEMERAL = 'cannot be set for an Ephemeral Container';
const FORBIDDEN_FOR_EPHEMERAL = [
  'ports',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
] as const;

export interface PodFacts {
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly claims: ReadonlySet<string>;
  readonly gracePeriod: number | undefined;
  readonly restartPolicy: string | undefined;
  /** The pod shares the user namespace of its node. */
  readonly hostUsers: boolean;
  /** In a pod, not in a template. */
  readonly isPod: boolean;
}

export function validateContainers(spec: PodSpec, facts: PodFacts, path: string, errors: Errors): void {
  const containers = spec.containers ?? [];
  if (containers.length === 0) {
    errors.push(required(path));
    return;
  }
  const names = new Set<string>();
  for (const [index, container] of containers.entries()) {
    const at = `${path}[${index}]`;
    validateCommon(container, facts, at, errors);
    if (names.has(container.name)) errors.push(duplicate(`${at}.name`, container.name));
    names.add(container.name);
    validateHooks(container, facts, at, errors);
    validateRestart(container, at, errors);
  }
  hostPortConflicts(containers, path, errors);
}

function validateHooks(container: Container, facts: PodFacts, path: string, errors: Errors): void {
  if (container.lifecycle !== undefined)
    validateLifecycle(container.lifecycle, facts.gracePeriod, `${path}.lifecycle`, errors);
  validateProbes(container, facts.gracePeriod, path, errors);
}

export function validateInitContainers(spec: PodSpec, facts: PodFacts, path: string, errors: Errors): void {
  const names = new Set((spec.containers ?? []).map((container) => container.name));
  for (const [index, container] of (spec.initContainers ?? []).entries()) {
    const at = `${path}[${index}]`;
    validateCommon(container, facts, at, errors);
    validateInitRestart(container, at, errors);
    if (names.has(container.name)) errors.push(duplicate(`${at}.name`, container.name));
    if (container.name) names.add(container.name);
    hostPortConflicts([container], path, errors);
    if (container.restartPolicy === 'Always') validateHooks(container, facts, at, errors);
    else
      for (const field of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const)
        if (container[field] !== undefined) errors.push(forbidden(`${at}.${field}`, NOT_FOR_INIT));
  }
}

export function validateEphemeralContainers(
  spec: PodSpec,
  facts: PodFacts,
  path: string,
  errors: Errors,
): void {
  const targets = new Set(
    [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(({ name }) => name),
  );
  const names = new Set(targets);
  for (const [index, container] of (spec.ephemeralContainers ?? []).entries()) {
    const at = `${path}[${index}]`;
    validateCommon(container, facts, at, errors);
    if (names.has(container.name)) errors.push(duplicate(`${at}.name`, container.name));
    names.add(container.name);
    const target = container.targetContainerName;
    if (target && !targets.has(target)) errors.push(notFoundValue(`${at}.targetContainerName`, target));
    for (const field of FORBIDDEN_FOR_EPHEMERAL)
      if (container[field] !== undefined) errors.push(forbidden(`${at}.${field}`, NOT_FOR_EPHEMERAL));
    if (RESOURCE_FIELDS.some((field) => isSent(container.resources ?? {}, field)))
      errors.push(forbidden(`${at}.resources`, NOT_FOR_EPHEMERAL));
    for (const [number, mount] of (container.volumeMounts ?? []).entries())
      for (const field of ['subPath', 'subPathExpr'] as const)
        if (mount[field]) errors.push(forbidden(`${at}.volumeMounts[${number}].${field}`, NOT_FOR_EPHEMERAL));
  }
}

function validateCommon(
  container: Container | EphemeralContainer,
  facts: PodFacts,
  path: string,
  errors: Errors,
): void {
  if (!container.name) errors.push(required(`${path}.name`));
  else check(isDNS1123Label(container.name), `${path}.name`, container.name, errors);
  if (!container.image) errors.push(required(`${path}.image`));
  const messages = container.terminationMessagePolicy;
  if (!messages) errors.push(required(`${path}.terminationMessagePolicy`));
  else if (!MESSAGE_POLICIES.includes(messages))
    errors.push(notSupportedInOrder(`${path}.terminationMessagePolicy`, messages, MESSAGE_POLICIES));
  validatePorts(container.ports, `${path}.ports`, errors);
  validateEnv(container.env, `${path}.env`, errors);
  validateEnvFrom(container.envFrom, `${path}.envFrom`, errors);
  validateMounts(container, facts.volumes, path, errors);
  oneOf(container.imagePullPolicy, PULL_POLICIES, `${path}.imagePullPolicy`, errors);
  validateResources(container.resources, facts.claims, `${path}.resources`, errors);
  validateResizePolicy(container, facts.restartPolicy, `${path}.resizePolicy`, errors);
  if (container.securityContext !== undefined)
    validateSecurity(container.securityContext, `${path}.securityContext`, errors, facts.hostUsers);
  const image = container.image ?? '';
  if (image.trim() !== image)
    errors.push(invalid(`${path}.image`, image, 'must not have leading or trailing whitespace'));
}

function validatePorts(ports: readonly ContainerPort[] | undefined, path: string, errors: Errors): void {
  const names = new Set<string>();
  for (const [index, port] of (ports ?? []).entries()) {
    const at = `${path}[${index}]`;
    if (port.name) {
      const problems = isPortName(port.name);
      if (problems.length > 0) check(problems, `${at}.name`, port.name, errors);
      else if (names.has(port.name)) errors.push(duplicate(`${at}.name`, port.name));
      names.add(port.name);
    }
    if (!port.containerPort) errors.push(required(`${at}.containerPort`));
    else check(isPortNumber(port.containerPort), `${at}.containerPort`, port.containerPort, errors);
    if (port.hostPort) check(isPortNumber(port.hostPort), `${at}.hostPort`, port.hostPort, errors);
    oneOf(port.protocol, PROTOCOLS, `${at}.protocol`, errors);
  }
}

function hostPortConflicts(containers: readonly Container[], path: string, errors: Errors): void {
  const taken = new Set<string>();
  for (const [index, container] of containers.entries())
    for (const [number, port] of (container.ports ?? []).entries()) {
      if (!port.hostPort) continue;
      const key = `${port.protocol ?? ''}/${port.hostIP ?? ''}/${port.hostPort}`;
      if (taken.has(key)) errors.push(duplicate(`${path}[${index}].ports[${number}].hostPort`, key));
      taken.add(key);
    }
}

function validateMounts(
  container: Container | EphemeralContainer,
  volumes: ReadonlyMap<string, Volume>,
  path: string,
  errors: Errors,
): void {
  const points = new Set<string>();
  const devices = container.volumeDevices ?? [];
  for (const [index, mount] of (container.volumeMounts ?? []).entries()) {
    const at = `${path}.volumeMounts[${index}]`;
    if (!mount.name) errors.push(required(`${at}.name`));
    if (!volumes.has(mount.name)) errors.push(notFoundValue(`${at}.name`, mount.name));
    if (!mount.mountPath) errors.push(required(`${at}.mountPath`));
    if (points.has(mount.mountPath))
      errors.push(invalid(`${at}.mountPath`, mount.mountPath, 'must be unique'));
    points.add(mount.mountPath);
    if (devices.some(({ name }) => name === mount.name))
      errors.push(invalid(`${at}.name`, mount.name, 'must not already exist in volumeDevices'));
    if (devices.some(({ devicePath }) => devicePath === mount.mountPath))
      errors.push(
        invalid(`${at}.mountPath`, mount.mountPath, 'must not already exist as a path in volumeDevices'),
      );
    validateSubPath(mount, at, errors);
    validatePropagation(mount, container, `${path}.volumeMounts`, errors);
  }
  validateVolumeDevices(container, volumes, `${path}.volumeDevices`, errors);
}

/** Paths without an index, as in the original. */
function validatePropagation(
  mount: VolumeMount,
  container: Container | EphemeralContainer,
  path: string,
  errors: Errors,
): void {
  const { mountPropagation: propagation, recursiveReadOnly: readOnly } = mount;
  const where = `${path}.mountPropagation`;
  if (propagation !== undefined && !PROPAGATIONS.includes(propagation))
    errors.push(notSupported(where, propagation, PROPAGATIONS));
  if (propagation === 'Bidirectional' && container.securityContext?.privileged !== true)
    errors.push(
      forbidden(where, 'Bidirectional mount propagation is available only to privileged containers'),
    );
  if (readOnly === undefined || readOnly === 'Disabled') return;
  const at = `${path}.recursiveReadOnly`;
  if (!READ_ONLY_MODES.includes(readOnly)) {
    errors.push(notSupported(at, readOnly, READ_ONLY_MODES));
    return;
  }
  if (mount.readOnly !== true) errors.push(forbidden(at, 'may only be specified when readOnly is true'));
  if (propagation !== undefined && propagation !== 'None')
    errors.push(forbidden(at, 'may only be specified when mountPropagation is None or not specified'));
}

function validateSubPath(mount: VolumeMount, path: string, errors: Errors): void {
  // The original leaves the index out of these two paths.
  const list = path.replace(/\[\d+\]$/, '');
  if (mount.subPath) relativePath(mount.subPath, `${list}.subPath`, errors);
  if (!mount.subPathExpr) return;
  if (mount.subPath)
    errors.push(
      invalid(`${path}.subPathExpr`, mount.subPathExpr, 'subPathExpr and subPath are mutually exclusive'),
    );
  relativePath(mount.subPathExpr, `${list}.subPathExpr`, errors);
}
