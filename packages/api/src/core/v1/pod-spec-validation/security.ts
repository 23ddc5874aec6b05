import {
  duplicate,
  forbidden,
  invalid,
  notSupported,
  required,
  tooLong,
} from '@gantry/machinery/field-error';
import type {
  AppArmorProfile,
  PodSecurityContext,
  PodSpec,
  SeccompProfile,
  SecurityContext,
} from '../../../generated/types.ts';
import { type Errors, inRange, relativePath } from '../../../validation/common.ts';
import { validateWindowsOptions } from './windows.ts';

const MAX_ID = 2 ** 31 - 1;
const PROFILES = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const PROFILE_PATH_MAX = 4095;
const SYSCTL_SEGMENT = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const SYSCTL_PATTERN = `^(${SYSCTL_SEGMENT}[\\./])*${SYSCTL_SEGMENT}$`;
const SYSCTL = new RegExp(SYSCTL_PATTERN);
const SYSCTL_MAX = 253;

/** A set field must be one of `allowed`. */
function closed(value: string | undefined, allowed: readonly string[], path: string, errors: Errors): void {
  if (value !== undefined && !allowed.includes(value)) errors.push(notSupported(path, value, allowed));
}

function seccomp(profile: SeccompProfile | undefined, path: string, errors: Errors): void {
  if (profile === undefined) return;
  const { type = '', localhostProfile } = profile;
  if (type === '') errors.push(required(`${path}.type`, 'type is required when seccompProfile is set'));
  else if (!PROFILES.includes(type)) errors.push(notSupported(`${path}.type`, type, PROFILES));
  const at = `${path}.localhostProfile`;
  if (type !== 'Localhost') {
    if (localhostProfile !== undefined)
      errors.push(
        invalid(
          at,
          { Type: type, LocalhostProfile: localhostProfile },
          'can only be set when seccomp type is Localhost',
        ),
      );
  } else if (localhostProfile === undefined)
    errors.push(required(at, 'must be set when seccomp type is Localhost'));
  else relativePath(localhostProfile, at, errors);
}

function appArmor(profile: AppArmorProfile | undefined, path: string, errors: Errors): void {
  if (profile === undefined) return;
  const { type = '', localhostProfile } = profile;
  const at = `${path}.localhostProfile`;
  if (type === '') errors.push(required(`${path}.type`, 'type is required when appArmorProfile is set'));
  else if (!PROFILES.includes(type)) errors.push(notSupported(`${path}.type`, type, PROFILES));
  else if (type !== 'Localhost') {
    if (localhostProfile !== undefined)
      errors.push(invalid(at, localhostProfile, 'can only be set when AppArmor type is Localhost'));
  } else {
    const text = localhostProfile ?? '';
    if (text.trim() !== text) errors.push(invalid(at, text, 'must not be padded with whitespace'));
    else if (text === '') errors.push(required(at, 'must be set when AppArmor type is Localhost'));
    if (text.length > PROFILE_PATH_MAX) errors.push(tooLong(at, PROFILE_PATH_MAX));
  }
}

/** Of a container. `hostUsers`: the pod does not have a user namespace of its own. */
export function validateSecurity(
  context: SecurityContext,
  path: string,
  errors: Errors,
  hostUsers: boolean,
): void {
  inRange(context.runAsUser, 0, MAX_ID, `${path}.runAsUser`, errors);
  inRange(context.runAsGroup, 0, MAX_ID, `${path}.runAsGroup`, errors);
  closed(context.procMount, ['Default', 'Unmasked'], `${path}.procMount`, errors);
  if (hostUsers && context.procMount === 'Unmasked')
    errors.push(invalid(`${path}.procMount`, 'Unmasked', '`hostUsers` must be false to use `Unmasked`'));
  seccomp(context.seccompProfile, `${path}.seccompProfile`, errors);
  if (context.allowPrivilegeEscalation === false) {
    const both = 'cannot set `allowPrivilegeEscalation` to false and';
    if (context.privileged === true) errors.push(invalid(path, context, `${both} \`privileged\` to true`));
    if (context.capabilities?.add?.includes('CAP_SYS_ADMIN'))
      errors.push(invalid(path, context, `${both} \`capabilities.Add\` CAP_SYS_ADMIN`));
  }
  validateWindowsOptions(context.windowsOptions, `${path}.windowsOptions`, errors);
  appArmor(context.appArmorProfile, `${path}.appArmorProfile`, errors);
}

function sysctls(spec: PodSpec, path: string, errors: Errors): void {
  const seen = new Set<string>();
  for (const [index, { name = '' }] of (spec.securityContext?.sysctls ?? []).entries()) {
    const at = `${path}[${index}].name`;
    if (name === '') errors.push(required(at));
    else if (name.length > SYSCTL_MAX || !SYSCTL.test(name))
      errors.push(
        invalid(at, name, `must have at most ${SYSCTL_MAX} characters and match regex ${SYSCTL_PATTERN}`),
      );
    else if (seen.has(name)) errors.push(duplicate(at, name));
    seen.add(name);
    const key = name.replaceAll('/', '.');
    if (spec.hostNetwork === true && key.startsWith('net.'))
      errors.push(invalid(at, name, "may not be specified when 'hostNetwork' is true"));
    if (spec.hostIPC === true && /^(kernel\.(shm|msg|sem)|fs\.mqueue\.)/.test(key))
      errors.push(invalid(at, name, "may not be specified when 'hostIPC' is true"));
  }
}

function identities(context: PodSecurityContext, path: string, errors: Errors): void {
  inRange(context.fsGroup, 0, MAX_ID, `${path}.fsGroup`, errors);
  inRange(context.runAsUser, 0, MAX_ID, `${path}.runAsUser`, errors);
  inRange(context.runAsGroup, 0, MAX_ID, `${path}.runAsGroup`, errors);
  for (const [index, group] of (context.supplementalGroups ?? []).entries())
    inRange(group, 0, MAX_ID, `${path}.supplementalGroups[${index}]`, errors);
}

/** Of the pod as a whole. */
export function validatePodSecurity(spec: PodSpec, path: string, errors: Errors): void {
  const context = spec.securityContext ?? {};
  const at = `${path}.securityContext`;
  identities(context, at, errors);
  if (spec.shareProcessNamespace === true && spec.hostPID === true)
    errors.push(
      invalid(
        `${at}.shareProcessNamespace`,
        true,
        'ShareProcessNamespace and HostPID cannot both be enabled',
      ),
    );
  sysctls(spec, `${at}.sysctls`, errors);
  const groups = context.fsGroupChangePolicy;
  if (groups !== undefined && !['Always', 'OnRootMismatch'].includes(groups))
    errors.push(notSupported(`${at}.fsGroupChangePolicy`, groups, ['Always', 'OnRootMismatch']));
  seccomp(context.seccompProfile, `${at}.seccompProfile`, errors);
  validateWindowsOptions(context.windowsOptions, `${at}.windowsOptions`, errors);
  appArmor(context.appArmorProfile, `${at}.appArmorProfile`, errors);
  closed(context.supplementalGroupsPolicy, ['Merge', 'Strict'], `${at}.supplementalGroupsPolicy`, errors);
  closed(context.seLinuxChangePolicy, ['Recursive'], `${at}.seLinuxChangePolicy`, errors);
}

/** A pod with a user namespace of its own shares little else with its host. */
export function validateHostUsers(spec: PodSpec, path: string, errors: Errors): void {
  if (spec.hostUsers !== false) return;
  const detail = 'when `hostUsers` is false';
  if (spec.hostNetwork === true) errors.push(forbidden(`${path}.hostNetwork`, detail));
  if (spec.hostPID === true) errors.push(forbidden(`${path}.HostPID`, detail));
  if (spec.hostIPC === true) errors.push(forbidden(`${path}.HostIPC`, detail));
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const)
    for (const [index, container] of (spec[list] ?? []).entries())
      if ((container.volumeDevices ?? []).length > 0)
        errors.push(forbidden(`${path}.${list}[${index}].volumeDevices`, detail));
}
