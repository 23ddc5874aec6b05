import type { Container, PodSpec, PodTemplateSpec } from '../../generated/types.ts';
import { quantityNano } from '../../schema/canonical-quantity.ts';

const NANO = 1_000_000_000n;
/** Volume types that no node agent serves any more. */
const DEPRECATED_VOLUMES: Readonly<Record<string, string>> = {
  photonPersistentDisk: 'deprecated in v1.11, non-functional in v1.16+',
  gitRepo: 'deprecated in v1.11, and disabled by default in v1.33+',
  scaleIO: 'deprecated in v1.16, non-functional in v1.22+',
  flocker: 'deprecated in v1.22, non-functional in v1.25+',
  storageos: 'deprecated in v1.22, non-functional in v1.25+',
  quobyte: 'deprecated in v1.22, non-functional in v1.25+',
  glusterfs: 'deprecated in v1.25, non-functional in v1.26+',
  cephfs: 'deprecated in v1.28, non-functional in v1.31+',
  rbd: 'deprecated in v1.28, non-functional in v1.31+',
};
/** Labels of nodes that have a better name. */
export const DEPRECATED_LABELS: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region':
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone':
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
};

/** Warnings about a pod's spec. `path` is `spec` or `spec.template.spec`. */
export function podSpecWarnings(spec: PodSpec | undefined, path: string): string[] {
  const warnings: string[] = [];
  if (spec === undefined) return warnings;
  for (const key of Object.keys(spec.nodeSelector ?? {}))
    if (DEPRECATED_LABELS[key] !== undefined)
      warnings.push(`${path}.nodeSelector[${key}]: ${DEPRECATED_LABELS[key]}`);
  for (const [index, volume] of (spec.volumes ?? []).entries())
    for (const type of Object.keys(volume))
      if (DEPRECATED_VOLUMES[type] !== undefined)
        warnings.push(
          `${path}.volumes[${index}].${type === 'storageos' ? 'storageOS' : type}: ${DEPRECATED_VOLUMES[type]}`,
        );
  for (const [index, secret] of (spec.imagePullSecrets ?? []).entries())
    if (!secret.name) warnings.push(`${path}.imagePullSecrets[${index}].name: invalid empty name ""`);
  for (const list of ['initContainers', 'containers'] as const)
    for (const [index, container] of (spec[list] ?? []).entries())
      containerWarnings(container, `${path}.${list}[${index}]`, warnings);
  selectorWarnings(spec, path, warnings);
  doubleWarnings(spec, path, warnings);
  for (const volume of spec.volumes ?? [])
    for (const source of volume.projected?.sources ?? [])
      if (Object.keys(source).length === 0)
        warnings.push(`volume ${JSON.stringify(volume.name)} (Projected) has no sources provided`);
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0)
    warnings.push(
      `${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
    );
  return warnings;
}

/** A selector that is absent selects nothing, which is rarely meant. */
function selectorWarnings(spec: PodSpec, path: string, warnings: string[]): void {
  const nothing = 'a null labelSelector results in matching no pod';
  for (const [index, one] of (spec.topologySpreadConstraints ?? []).entries())
    if (one.labelSelector === undefined)
      warnings.push(`${path}.topologySpreadConstraints[${index}].labelSelector: ${nothing}`);
  for (const name of ['podAffinity', 'podAntiAffinity'] as const) {
    const rules = spec.affinity?.[name];
    const at = `${path}.affinity.${name}`;
    for (const [index, term] of (rules?.requiredDuringSchedulingIgnoredDuringExecution ?? []).entries())
      if (term.labelSelector === undefined)
        warnings.push(
          `${at}.requiredDuringSchedulingIgnoredDuringExecution[${index}].labelSelector: ${nothing}`,
        );
    for (const [index, term] of (rules?.preferredDuringSchedulingIgnoredDuringExecution ?? []).entries())
      if (term.podAffinityTerm?.labelSelector === undefined)
        warnings.push(
          `${at}.preferredDuringSchedulingIgnoredDuringExecution[${index}].podAffinityTerm.labelSelector: ${nothing}`,
        );
  }
}

function doubleWarnings(spec: PodSpec, path: string, warnings: string[]): void {
  const lists = [
    ['hostAliases', 'ip', (spec.hostAliases ?? []).map(({ ip }) => ip)],
    ['imagePullSecrets', 'name', (spec.imagePullSecrets ?? []).map(({ name }) => name ?? '')],
  ] as const;
  for (const [list, field, values] of lists)
    for (const [index, value] of values.entries())
      if (values.indexOf(value) < index)
        warnings.push(`${path}.${list}[${index}].${field}: duplicate ${field} ${JSON.stringify(value)}`);
}

/** Warnings about the template of a workload at `spec.template`, when it is new or changed. */
export const templateWarnings = (template: PodTemplateSpec | undefined): string[] =>
  podSpecWarnings(template?.spec, 'spec.template.spec');

function containerWarnings(container: Container, path: string, warnings: string[]): void {
  for (const list of ['limits', 'requests'] as const)
    for (const name of ['memory', 'ephemeral-storage']) {
      const amount = container.resources?.[list]?.[name];
      if (amount !== undefined && quantityNano(amount) % NANO !== 0n)
        warnings.push(
          `${path}.resources.${list}[${name}]: fractional byte value ${JSON.stringify(amount)} is invalid, must be an integer`,
        );
    }
  const names = new Set<string>();
  for (const [index, env] of (container.env ?? []).entries()) {
    // A value that refers to the definition before it extends that one on purpose.
    if (names.has(env.name) && !env.value?.includes(`$(${env.name})`))
      warnings.push(
        `${path}.env[${index}]: hides previous definition of ${JSON.stringify(env.name)}, which may be dropped when using apply`,
      );
    names.add(env.name);
  }
  const ports = new Map<string, number>();
  for (const [index, port] of (container.ports ?? []).entries()) {
    const key = `${port.containerPort}/${port.protocol ?? 'TCP'}/${port.hostPort ?? 0}/${port.hostIP ?? ''}`;
    const first = ports.get(key);
    if (first === undefined) ports.set(key, index);
    else warnings.push(`${path}.ports[${index}]: duplicate port definition with ${path}.ports[${first}]`);
  }
}
