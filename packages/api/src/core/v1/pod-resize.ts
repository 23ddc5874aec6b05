import { forbidden, invalid } from '@gantry/machinery/field-error';
import type { Container, Pod, PodSpec, ResourceRequirements } from '../../generated/types.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import type { Errors } from '../../validation/common.ts';
import { podQOSClass } from './pod-qos.ts';

const LISTS = ['containers', 'initContainers'] as const;
const SIZED = ['cpu', 'memory'];

const isSameOrder = (a: readonly Container[] = [], b: readonly Container[] = []): boolean =>
  a.length === b.length && a.every(({ name }, index) => name === b[index]?.name);

/**
 * The old spec with what a resize may say: resources of the pod and its containers. Where containers came, went or
 * changed places the new list stays, for the validation to refuse it.
 */
export function resizedSpec(wanted: PodSpec, old: PodSpec): PodSpec {
  const { resources: _, ...spec } = structuredClone(old);
  const next: PodSpec = wanted.resources === undefined ? spec : { ...spec, resources: wanted.resources };
  for (const list of LISTS) {
    const [theirs, ours] = [wanted[list], next[list]];
    if (isSameOrder(theirs, ours)) {
      for (const [index, container] of (ours ?? []).entries()) takeSize(container, theirs?.[index]);
    } else if (theirs !== undefined) next[list] = theirs;
    else if (list === 'initContainers') delete next.initContainers;
  }
  return next;
}

function takeSize(container: Container, wanted: Container | undefined): void {
  for (const field of ['resources', 'resizePolicy'] as const) {
    const value = wanted?.[field];
    if (value === undefined) delete container[field];
    else Object.assign(container, { [field]: value });
  }
}

/** https://kubernetes.io/docs/tasks/configure-pod-container/resize-container-resources/#limitations */
export function validatePodResize(pod: Pod, old: Pod, errors: Errors): void {
  if (old.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) {
    errors.push(forbidden('', 'static pods cannot be resized'));
    return;
  }
  if (old.spec.os?.name === 'windows') {
    errors.push(forbidden('', 'windows pods cannot be resized'));
    return;
  }
  const before = old.status?.qosClass ?? podQOSClass(old.spec);
  if (before !== podQOSClass(pod.spec))
    errors.push(
      invalid('spec', pod.status?.qosClass ?? '', 'Pod QOS Class may not change as a result of resizing'),
    );
  const running = old.status?.containerStatuses?.find(({ state }) => state?.running !== undefined);
  if (running !== undefined && running.resources === undefined)
    errors.push(forbidden('spec', 'Pod running on node without support for resize'));
  podLevelErrors(pod.spec.resources, old.spec.resources, errors);
  if (!orderErrors(pod, old, errors)) return;
  for (const list of LISTS) containerErrors(pod, old, list, errors);
}

function podLevelErrors(
  now: ResourceRequirements | undefined,
  before: ResourceRequirements | undefined,
  errors: Errors,
): void {
  if (before !== undefined && now === undefined) {
    errors.push(forbidden('spec.resources', 'pod-level resources cannot be removed'));
    return;
  }
  for (const field of ['requests', 'limits'] as const)
    if (isRemoved(now?.[field], before?.[field]))
      errors.push(forbidden(`spec.resources.${field}`, `pod-level resource ${field} cannot be removed`));
  if (!semanticEqual(unsized(now), unsized(before)))
    errors.push(forbidden('spec', 'only cpu and memory resources are mutable at pod-level'));
}

function orderErrors(pod: Pod, old: Pod, errors: Errors): boolean {
  let isGood = true;
  for (const list of LISTS) {
    const [now, before] = [pod.spec[list] ?? [], old.spec[list] ?? []];
    if (isSameOrder(now, before)) continue;
    isGood = false;
    if (now.length !== before.length) {
      errors.push(forbidden(`spec.${list}`, `${list} may not be added or removed on resize`));
      continue;
    }
    for (const [index, { name }] of before.entries())
      if (now[index]?.name !== name)
        errors.push(
          forbidden(`spec.${list}[${index}].name`, `${list} may not be renamed or reordered on resize`),
        );
  }
  return isGood;
}

function containerErrors(pod: Pod, old: Pod, list: (typeof LISTS)[number], errors: Errors): void {
  for (const [index, now] of (pod.spec[list] ?? []).entries()) {
    const before = old.spec[list]?.[index];
    if (before === undefined) continue;
    const path = `spec.${list}[${index}]`;
    for (const field of ['requests', 'limits'] as const)
      if (isRemoved(now.resources?.[field], before.resources?.[field]))
        errors.push(forbidden(`${path}.resources.${field}`, `resource ${field} cannot be removed`));
    const isInit = list === 'initContainers';
    if (!semanticEqual(rest(now), rest(before)))
      errors.push(
        isInit
          ? forbidden(path, 'only cpu and memory resources for init or sidecar containers are mutable')
          : forbidden('spec', 'only cpu and memory resources are mutable'),
      );
    const restarts = now.resizePolicy?.some(({ restartPolicy }) => restartPolicy === 'RestartContainer');
    if (isInit && now.restartPolicy !== 'Always' && restarts === true && !semanticEqual(now, before))
      errors.push(
        forbidden(
          path,
          'non-sidecar init containers with a resize policy of RestartContainer cannot be resized',
        ),
      );
  }
}

type Amounts = Readonly<Record<string, unknown>> | undefined;

const isRemoved = (now: Amounts, before: Amounts): boolean =>
  Object.keys(before ?? {}).some((name) => now?.[name] === undefined);

const rest = ({ resources, ...other }: Container): unknown => [other, unsized(resources)];

/** What of the resources a resize may not change. */
function unsized(resources: ResourceRequirements | undefined): unknown {
  const others = (amounts: Amounts): unknown =>
    Object.entries(amounts ?? {})
      .filter(([name]) => !SIZED.includes(name))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  return [others(resources?.requests), others(resources?.limits), resources?.claims ?? []];
}
