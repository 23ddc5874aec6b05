import type { Pod, RuntimeClass } from '@gantry/api/generated/types';
import { isSent } from '@gantry/api/schema/emptied';
import { compareQuantities, parseQuantity } from '@gantry/machinery/quantity';
import { readObject } from '../auth/state.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../request.ts';
import { denied, isResource } from './denial.ts';
import { mergeTolerations } from './tolerations.ts';

const MISMATCH = "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead";

type Amounts = Readonly<Record<string, string | number>>;

function sameAmounts(a: Amounts, b: Amounts): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => {
      const [left, right] = [a[key], b[key]];
      if (left === undefined || right === undefined) return false;
      return compareQuantities(parseQuantity(left), parseQuantity(right)) === 0;
    })
  );
}

function classOf(request: AdmissionRequest, pod: Pod): RuntimeClass | undefined {
  const name = pod.spec.runtimeClassName;
  if (name === undefined || name === null) return undefined;
  const found = readObject<RuntimeClass>(request.state, 'runtimeclasses.node.k8s.io', '', name);
  if (found === undefined)
    throw denied(request, `pod rejected: RuntimeClass ${JSON.stringify(name)} not found`);
  return found;
}

function applyScheduling(request: AdmissionRequest, pod: Pod, found: RuntimeClass): void {
  const { nodeSelector = {}, tolerations = [] } = found.scheduling ?? {};
  for (const [key, value] of Object.entries(nodeSelector)) {
    pod.spec.nodeSelector ??= {};
    const own = pod.spec.nodeSelector[key];
    if (own !== undefined && own !== value) {
      throw denied(
        request,
        `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value}; pod.spec.nodeSelector[${key}] = ${own}`,
      );
    }
    pod.spec.nodeSelector[key] = value;
  }
  if (found.scheduling !== undefined) {
    const merged = mergeTolerations([...(pod.spec.tolerations ?? []), ...tolerations]);
    if (merged.length > 0) pod.spec.tolerations = merged;
  }
}

/** What a runtime class costs and where its pods may run goes into the pod. */
export const runtimeClass: AdmissionPlugin = {
  name: 'RuntimeClass',
  handles: (kind, operation, subresource) =>
    isResource(kind, '', 'pods') && operation === 'CREATE' && subresource === '',
  mutate(request) {
    const pod = request.object as unknown as Pod;
    const found = classOf(request, pod);
    if (found === undefined) return;
    const fixed = found.overhead?.podFixed;
    if (fixed !== undefined) {
      const { overhead = {} } = pod.spec;
      if (Object.keys(overhead).length > 0 && !sameAmounts(overhead, fixed)) throw denied(request, MISMATCH);
      pod.spec.overhead = { ...fixed };
    }
    applyScheduling(request, pod, found);
  },
  validate(request) {
    const pod = request.object as unknown as Pod;
    const fixed = classOf(request, pod)?.overhead?.podFixed;
    const overhead = pod.spec.overhead ?? {};
    if (fixed !== undefined) {
      if (!sameAmounts(overhead, fixed)) throw denied(request, MISMATCH);
    } else if (isSent(pod.spec, 'overhead')) {
      throw denied(
        request,
        'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead',
      );
    }
  },
};
