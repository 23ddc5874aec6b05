import type { Pod, PriorityClass } from '@gantry/api/generated/types';
import { listObjects, readObject } from '../auth/state.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../request.ts';
import { denied, isResource } from './denial.ts';

const CLASSES = 'priorityclasses.scheduling.k8s.io';

/** The class marked as default; of several, the lowest. */
function defaultClass(request: AdmissionRequest): PriorityClass | undefined {
  let lowest: PriorityClass | undefined;
  for (const one of listObjects<PriorityClass>(request.state, CLASSES)) {
    if (one.globalDefault === true && (lowest === undefined || (lowest.value ?? 0) > (one.value ?? 0)))
      lowest = one;
  }
  return lowest;
}

function classOf(request: AdmissionRequest, name: string | undefined): PriorityClass | undefined {
  if (!name) return defaultClass(request);
  const found = readObject<PriorityClass>(request.state, CLASSES, '', name);
  if (found === undefined) throw denied(request, `no PriorityClass with name ${name} was found`);
  return found;
}

function setPriority(request: AdmissionRequest, pod: Pod): void {
  const { spec } = pod;
  const found = classOf(request, spec.priorityClassName);
  if (found !== undefined) spec.priorityClassName = found.metadata.name;
  const priority = found?.value ?? 0;
  if (spec.priority !== undefined && spec.priority !== null && spec.priority !== priority) {
    throw denied(
      request,
      `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${priority} from the given PriorityClass name`,
    );
  }
  spec.priority = priority;
  const policy = found === undefined ? 'PreemptLowerPriority' : found.preemptionPolicy;
  if (policy === undefined) return;
  if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== policy) {
    throw denied(
      request,
      `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${policy} from the given PriorityClass name`,
    );
  }
  spec.preemptionPolicy = policy;
}

/** Resolves a pod's priority from its class, and keeps the default class single. */
export const priority: AdmissionPlugin = {
  name: 'Priority',
  handles: (kind, operation, subresource) =>
    subresource === '' &&
    (operation === 'CREATE' || operation === 'UPDATE') &&
    (isResource(kind, '', 'pods') || isResource(kind, 'scheduling.k8s.io', 'priorityclasses')),
  mutate(request) {
    if (request.kind.plural !== 'pods') return;
    const pod = request.object as unknown as Pod;
    if (request.operation === 'CREATE') {
      setPriority(request, pod);
      return;
    }
    // A client of an older form that sends the pod back without them does not mean to change them.
    const old = request.oldObject as unknown as Pod;
    if (pod.spec.priority === undefined && old.spec.priority !== undefined)
      pod.spec.priority = old.spec.priority;
    if (pod.spec.preemptionPolicy === undefined && old.spec.preemptionPolicy !== undefined) {
      pod.spec.preemptionPolicy = old.spec.preemptionPolicy;
    }
  },
  validate(request) {
    if (request.kind.plural !== 'priorityclasses') return;
    const changed = request.object as unknown as PriorityClass;
    if (changed.globalDefault !== true) return;
    const current = defaultClass(request);
    if (current === undefined) return;
    if (request.operation === 'CREATE' || current.metadata.name !== changed.metadata.name) {
      throw denied(
        request,
        `PriorityClass ${current.metadata.name} is already marked as default. Only one default can exist`,
      );
    }
  },
};
