import {
  duplicate,
  forbidden,
  invalid,
  notFoundValue,
  notSupported,
  required,
} from '@gantry/machinery/field-error';
import { isDNS1123Label, isPortName, isPortNumber } from '@gantry/machinery/validation';
import type {
  Container,
  ContainerPort,
  EphemeralContainer,
  PodSpec,
  SecurityContext,
  Volume,
  VolumeMount,
} from '../../../generated/types.ts';
import { check, type Errors, inRange, oneOf, relativePath } from '../../../validation/common.ts';
import { validateEnv, validateEnvFrom } from './env.ts';
import { validateLifecycle, validateProbes } from './probes.ts';
import { validateResources } from './resources.ts';

const MAX_ID = 2 ** 31 - 1;
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None'];
const NOT_FOR_INIT = 'may not be set for init containers without restartPolicy=Always';
const NOT_FOR_EPHEMERAL = 'cannot be set for an Ephemeral Container';
const FORBIDDEN_FOR_EPHEMERAL = [
  'ports',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
  'resizePolicy',
  'restartPolicy',
] as const;

export interface PodFacts {
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly claims: ReadonlySet<string>;
  readonly gracePeriod: number | undefined;
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
    validateContainerRestart(container, at, errors);
  }
  hostPortConflicts(containers, path, errors);
}

function validateHooks(container: Container, facts: PodFacts, path: string, errors: Errors): void {
  if (container.lifecycle !== undefined)
    validateLifecycle(container.lifecycle, facts.gracePeriod, `${path}.lifecycle`, errors);
  validateProbes(container, facts.gracePeriod, path, errors);
}

function validateContainerRestart(container: Container, path: string, errors: Errors): void {
  if (container.restartPolicy !== undefined)
    oneOf(container.restartPolicy, ['Always', 'Never', 'OnFailure'], `${path}.restartPolicy`, errors);
  else if ((container.restartPolicyRules ?? []).length > 0)
    errors.push(required(`${path}.restartPolicy`, 'must specify restartPolicy when restart rules are used'));
}

export function validateInitContainers(spec: PodSpec, facts: PodFacts, path: string, errors: Errors): void {
  const names = new Set((spec.containers ?? []).map((container) => container.name));
  for (const [index, container] of (spec.initContainers ?? []).entries()) {
    const at = `${path}[${index}]`;
    validateCommon(container, facts, at, errors);
    validateContainerRestart(container, at, errors);
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
    if (Object.keys(container.resources ?? {}).length > 0)
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
  else if (container.image.trim() !== container.image)
    errors.push(invalid(`${path}.image`, container.image, 'must not have leading or trailing whitespace'));
  const messages = container.terminationMessagePolicy;
  if (!messages) errors.push(required(`${path}.terminationMessagePolicy`));
  else if (!MESSAGE_POLICIES.includes(messages))
    errors.push(notSupported(`${path}.terminationMessagePolicy`, messages, MESSAGE_POLICIES));
  validatePorts(container.ports, `${path}.ports`, errors);
  validateEnv(container.env, `${path}.env`, errors);
  validateEnvFrom(container.envFrom, `${path}.envFrom`, errors);
  validateMounts(container, facts.volumes, path, errors);
  oneOf(container.imagePullPolicy, PULL_POLICIES, `${path}.imagePullPolicy`, errors);
  validateResources(container.resources, facts.claims, `${path}.resources`, errors);
  if (container.securityContext !== undefined)
    validateSecurity(container.securityContext, `${path}.securityContext`, errors);
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
  for (const [index, mount] of (container.volumeMounts ?? []).entries()) {
    const at = `${path}.volumeMounts[${index}]`;
    if (!mount.name) errors.push(required(`${at}.name`));
    if (!volumes.has(mount.name)) errors.push(notFoundValue(`${at}.name`, mount.name));
    if (!mount.mountPath) errors.push(required(`${at}.mountPath`));
    if (points.has(mount.mountPath))
      errors.push(invalid(`${at}.mountPath`, mount.mountPath, 'must be unique'));
    points.add(mount.mountPath);
    validateSubPath(mount, at, errors);
    const propagation = mount.mountPropagation;
    if (propagation === undefined) continue;
    const where = `${path}.volumeMounts.mountPropagation`;
    if (!PROPAGATIONS.includes(propagation)) errors.push(notSupported(where, propagation, PROPAGATIONS));
    if (propagation === 'Bidirectional' && container.securityContext?.privileged !== true)
      errors.push(
        forbidden(where, 'Bidirectional mount propagation is available only to privileged containers'),
      );
  }
  for (const [index, device] of (container.volumeDevices ?? []).entries()) {
    const at = `${path}.volumeDevices[${index}]`;
    if (!device.name) errors.push(required(`${at}.name`));
    const volume = volumes.get(device.name);
    if (volume === undefined) errors.push(notFoundValue(`${at}.name`, device.name));
    else if (volume.persistentVolumeClaim === undefined && volume.ephemeral === undefined)
      errors.push(
        invalid(
          `${at}.name`,
          device.name,
          'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
        ),
      );
    if (!device.devicePath) errors.push(required(`${at}.devicePath`));
  }
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

function validateSecurity(context: SecurityContext, path: string, errors: Errors): void {
  inRange(context.runAsUser, 0, MAX_ID, `${path}.runAsUser`, errors);
  inRange(context.runAsGroup, 0, MAX_ID, `${path}.runAsGroup`, errors);
  const type = context.seccompProfile?.type;
  if (type !== undefined)
    oneOf(type, ['Localhost', 'RuntimeDefault', 'Unconfined'], `${path}.seccompProfile.type`, errors);
  if (context.allowPrivilegeEscalation !== false) return;
  if (context.privileged === true)
    errors.push(
      invalid(path, context, 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true'),
    );
  if (context.capabilities?.add?.includes('CAP_SYS_ADMIN'))
    errors.push(
      invalid(
        path,
        context,
        'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN',
      ),
    );
}
