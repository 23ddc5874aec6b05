import { forbidden, invalid, required } from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import type { Container, Pod, PodSpec, Toleration } from '../../../generated/types.ts';
import { semanticEqual } from '../../../schema/deep-equal.ts';
import { type Errors, inRange } from '../../../validation/common.ts';
import { goDifference } from '../../../validation/go-difference.ts';
import { PodSpec as PodSpecType } from '../types/pod-spec.ts';

const UPDATABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');
const MAX_INT32 = 2 ** 31 - 1;

/** What an update of a pod itself may change. https://kubernetes.io/docs/concepts/workloads/pods/#pod-update-and-replacement */
export function validatePodUpdate(pod: Pod, old: Pod, errors: Errors): void {
  const now = pod.spec;
  const was = old.spec;
  for (const field of ['containers', 'initContainers'] as const)
    if (!sameContainers(now[field] ?? [], was[field] ?? [], `spec.${field}`, errors)) return;
  if (!validateDeadline(now.activeDeadlineSeconds, was.activeDeadlineSeconds, errors)) return;
  onlyAdded(now.tolerations ?? [], was.tolerations ?? [], errors);
  const hadGates = new Set((was.schedulingGates ?? []).map((gate) => gate.name));
  for (const [index, gate] of (now.schedulingGates ?? []).entries())
    if (!hadGates.has(gate.name))
      errors.push(
        forbidden(
          `spec.schedulingGates[${index}].name`,
          `only deletion is allowed, but found new scheduling gate '${gate.name}'`,
        ),
      );
  if (semanticEqual(now, was)) return;
  const munged = withoutUpdatable(now, was);
  if (semanticEqual(munged, was)) return;
  errors.push(
    forbidden(
      'spec',
      `pod updates may not change fields other than ${UPDATABLE}\n${goDifference(PodSpecType, was, munged)}`,
    ),
  );
}

function sameContainers(
  now: readonly Container[],
  was: readonly Container[],
  path: string,
  errors: Errors,
): boolean {
  if (now.length !== was.length) {
    errors.push(forbidden(path, 'pod updates may not add or remove containers'));
    return false;
  }
  for (const [index, container] of now.entries())
    if (!container.image) errors.push(required(`${path}[${index}].image`));
  return true;
}

function validateDeadline(now: number | undefined, was: number | undefined, errors: Errors): boolean {
  const path = 'spec.activeDeadlineSeconds';
  if (now === undefined) {
    if (was !== undefined)
      errors.push(invalid(path, null, 'must not update from a positive integer to nil value'));
    return true;
  }
  const before = errors.length;
  inRange(now, 0, MAX_INT32, path, errors);
  if (errors.length === before && was !== undefined && was < now)
    errors.push(invalid(path, now, 'must be less than or equal to previous value'));
  return errors.length === before;
}

function onlyAdded(now: readonly Toleration[], was: readonly Toleration[], errors: Errors): void {
  const isKept = ({ tolerationSeconds: _old, ...old }: Toleration): boolean =>
    now.some(({ tolerationSeconds: _seconds, ...one }) => deepEqual(old, one));
  if (!was.every(isKept))
    errors.push(
      forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds'),
    );
}

/** The new spec with what may change put back, so that only forbidden changes remain. */
function withoutUpdatable(now: PodSpec, was: PodSpec): PodSpec {
  const munged: PodSpec = structuredClone(now);
  for (const field of ['containers', 'initContainers'] as const)
    for (const [index, container] of (munged[field] ?? []).entries()) {
      const image = was[field]?.[index]?.image;
      if (image === undefined) delete container.image;
      else container.image = image;
    }
  putBack(munged, was, 'activeDeadlineSeconds');
  putBack(munged, was, 'schedulingGates');
  putBack(munged, was, 'tolerations');
  if ((was.terminationGracePeriodSeconds ?? 0) < 0 && munged.terminationGracePeriodSeconds === 1)
    putBack(munged, was, 'terminationGracePeriodSeconds');
  // While a pod is gated, where it may run can still be narrowed.
  if ((was.schedulingGates ?? []).length > 0) {
    putBack(munged, was, 'nodeSelector');
    if (munged.affinity !== undefined || was.affinity !== undefined) {
      munged.affinity = { ...munged.affinity };
      const nodeAffinity = was.affinity?.nodeAffinity;
      if (nodeAffinity === undefined) delete munged.affinity.nodeAffinity;
      else munged.affinity.nodeAffinity = nodeAffinity;
    }
  }
  return munged;
}

function putBack<K extends keyof PodSpec>(target: PodSpec, source: PodSpec, field: K): void {
  if (source[field] === undefined) delete target[field];
  else target[field] = source[field];
}
