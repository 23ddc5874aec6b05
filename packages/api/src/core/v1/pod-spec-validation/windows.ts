import { forbidden, invalid } from '@gantry/machinery/field-error';
import { isDNS1123Subdomain } from '@gantry/machinery/validation';
import type { PodSpec, WindowsSecurityContextOptions } from '../../../generated/types.ts';
import { check, type Errors } from '../../../validation/common.ts';

const CREDENTIAL_MAX_KIB = 64;
const DOMAIN_MAX = 256;
const USER_MAX = 104;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;
const NETBIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const DOMAIN = /^[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*$/;
const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** Of a pod or of a container. */
export function validateWindowsOptions(
  options: WindowsSecurityContextOptions | undefined,
  path: string,
  errors: Errors,
): void {
  if (options === undefined) return;
  const { gmsaCredentialSpecName: name, gmsaCredentialSpec: credential, runAsUserName: user } = options;
  if (name !== undefined) check(isDNS1123Subdomain(name), `${path}.gmsaCredentialSpecName`, name, errors);
  if (credential !== undefined) {
    const problem =
      credential === ''
        ? 'gmsaCredentialSpec cannot be an empty string'
        : Buffer.byteLength(credential) > CREDENTIAL_MAX_KIB << 10
          ? `gmsaCredentialSpec size must be under ${CREDENTIAL_MAX_KIB} KiB`
          : undefined;
    if (problem !== undefined) errors.push(invalid(`${path}.gmsaCredentialSpec`, credential, problem));
  }
  if (user !== undefined)
    for (const problem of userProblems(user)) errors.push(invalid(`${path}.runAsUserName`, user, problem));
}

/** `DOMAIN\USER` or `USER`. */
function userProblems(name: string): string[] {
  const what = 'runAsUserName';
  if (name === '') return [`${what} cannot be an empty string`];
  if (CONTROL.test(name)) return [`${what} cannot contain control characters`];
  const parts = name.split('\\');
  if (parts.length > 2) return [`${what} cannot contain more than one backslash`];
  const user = parts.at(-1) ?? '';
  const domain = parts.length === 2 ? (parts[0] ?? '') : undefined;
  const problems: string[] = [];
  if (domain !== undefined && domain.length >= DOMAIN_MAX)
    problems.push(`${what}'s Domain length must be under ${DOMAIN_MAX} characters`);
  if (domain !== undefined && !NETBIOS.test(domain) && !DOMAIN.test(domain))
    problems.push(`${what}'s Domain doesn't match the NetBios nor the DNS format`);
  if (user === '') problems.push(`${what}'s User cannot be empty`);
  else if (user.length > USER_MAX)
    problems.push(`${what}'s User length must not be longer than ${USER_MAX} characters`);
  if (/^[. ]+$/.test(user)) problems.push(`${what}'s User cannot contain only periods or spaces`);
  if (/["/\\:;|=,+*?<>@[\]]/.test(user))
    problems.push(`${what}'s User cannot contain the following characters: "/\\:;|=,+*?<>@[]`);
  return problems;
}

/** Host processes of Windows: all containers of a pod are such, or none is. */
export function validateHostProcesses(spec: PodSpec, path: string, errors: Errors): void {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  let containers = 0;
  let hostProcesses = 0;
  for (const list of LISTS)
    for (const [index, container] of (spec[list] ?? []).entries()) {
      const own = container.securityContext?.windowsOptions?.hostProcess;
      containers += 1;
      if (own ?? ofPod) hostProcesses += 1;
      if (ofPod !== undefined && own !== undefined && own !== ofPod)
        errors.push(
          invalid(
            `${path}.${list}[${index}].securityContext.windowsOptions.hostProcess`,
            own,
            `pod hostProcess value must be identical if both are specified, was ${ofPod}`,
          ),
        );
    }
  if (hostProcesses === 0) return;
  if (hostProcesses !== containers)
    errors.push(
      invalid(
        path,
        '',
        'If pod contains any hostProcess containers then all containers must be HostProcess containers',
      ),
    );
  if (spec.hostNetwork !== true)
    errors.push(
      invalid(
        `${path}.hostNetwork`,
        false,
        'hostNetwork must be true if pod contains any hostProcess containers',
      ),
    );
}

const OF_LINUX_POD = ['appArmorProfile', 'seLinuxOptions'] as const;
const OF_LINUX_POD_AFTER_HOST = [
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'shareProcessNamespace',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
] as const;
const OF_LINUX_CONTAINER = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
] as const;

/** KEP-2802: what a pod of one system may not say of the other. */
export function validateSystem(spec: PodSpec, path: string, errors: Errors): void {
  if (spec.os?.name === 'windows') refuseLinuxFields(spec, path, errors);
  else refuseWindowsOptions(spec, path, errors);
}

function refuseWindowsOptions(spec: PodSpec, path: string, errors: Errors): void {
  const refuse = (at: string): void =>
    void errors.push(
      forbidden(`${at}.securityContext.windowsOptions`, 'windows options cannot be set for a linux pod'),
    );
  if (spec.securityContext?.windowsOptions !== undefined) refuse(path);
  for (const list of LISTS)
    for (const [index, container] of (spec[list] ?? []).entries())
      if (container.securityContext?.windowsOptions !== undefined) refuse(`${path}.${list}[${index}]`);
}

function refuseLinuxFields(spec: PodSpec, path: string, errors: Errors): void {
  const refuse = (at: string): void => void errors.push(forbidden(at, 'cannot be set for a windows pod'));
  const context: Readonly<Record<string, unknown>> = {
    ...spec.securityContext,
    shareProcessNamespace: undefined,
  };
  for (const field of OF_LINUX_POD)
    if (context[field] !== undefined) refuse(`${path}.securityContext.${field}`);
  if (spec.hostUsers !== undefined) refuse(`${path}.hostUsers`);
  if (spec.hostPID === true) refuse(`${path}.hostPID`);
  if (spec.hostIPC === true) refuse(`${path}.hostIPC`);
  for (const field of OF_LINUX_POD_AFTER_HOST) {
    if (field === 'shareProcessNamespace') {
      if (spec.shareProcessNamespace !== undefined) refuse(`${path}.shareProcessNamespace`);
    } else if (context[field] !== undefined) refuse(`${path}.securityContext.${field}`);
  }
  for (const list of LISTS)
    for (const [index, { securityContext = {} }] of (spec[list] ?? []).entries())
      for (const field of OF_LINUX_CONTAINER)
        if (securityContext[field] !== undefined)
          refuse(`${path}.${list}[${index}].securityContext.${field}`);
}
