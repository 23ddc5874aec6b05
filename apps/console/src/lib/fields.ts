/** Reads of objects of any kind: nothing is trusted to be there. */

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a dotted path; undefined where the way ends. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, step) => (isFields(found) ? found[step] : undefined), value);
}

export const text = (value: unknown, path: string): string => {
  const found = at(value, path);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean'
    ? String(found)
    : '';
};

export const list = (value: unknown, path: string): readonly Fields[] => {
  const found = at(value, path);
  return Array.isArray(found) ? found.filter(isFields) : [];
};

/** A map of texts, as labels are. */
export const texts = (value: unknown, path: string): readonly (readonly [string, string])[] => {
  const found = at(value, path);
  return isFields(found) ? Object.entries(found).map(([key, one]) => [key, String(one)]) : [];
};

export interface ConditionLine {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly since: string;
}

export const conditionsOf = (object: unknown): readonly ConditionLine[] =>
  list(object, 'status.conditions').map((condition) => ({
    type: text(condition, 'type'),
    status: text(condition, 'status'),
    reason: text(condition, 'reason'),
    message: text(condition, 'message'),
    since: text(condition, 'lastTransitionTime') || text(condition, 'lastUpdateTime'),
  }));

/** Conditions that are bad when they are true. */
const BAD_IF_TRUE = /Pressure$|Unavailable$|Failed$|Failure$|Stalled$|Degraded$|Dropped$|Terminating/;

/** Undefined: neither good nor bad. */
export function conditionIsGood({ type, status, reason }: ConditionLine): boolean | undefined {
  if (status === 'Unknown' || reason === 'PodCompleted') return undefined;
  return BAD_IF_TRUE.test(type) ? status === 'False' : status === 'True';
}

/** `BackupDone` as a person would write it: `Backup done`. */
export const readable = (type: string): string =>
  type.replaceAll(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

/** One word for the whole object, when its kind has one; '' when not. */
export function statusWord(object: unknown): string {
  if (at(object, 'metadata.deletionTimestamp') !== undefined) return 'Terminating';
  const kind = text(object, 'kind');
  if (kind === 'Pod') return podWord(object);
  if (kind === 'Node') {
    const ready = conditionsOf(object).find(({ type }) => type === 'Ready');
    const word = ready?.status === 'True' ? 'Ready' : 'NotReady';
    return at(object, 'spec.unschedulable') === true ? `${word},SchedulingDisabled` : word;
  }
  const phase = text(object, 'status.phase');
  if (phase !== '') return phase;
  if (/^(Deployment|StatefulSet|ReplicaSet)$/.test(kind)) {
    const wanted = Number(text(object, 'spec.replicas') || 1);
    return Number(text(object, 'status.readyReplicas') || 0) >= wanted ? 'Ready' : 'Progressing';
  }
  if (kind === 'DaemonSet') {
    const wanted = Number(text(object, 'status.desiredNumberScheduled') || 0);
    return Number(text(object, 'status.numberReady') || 0) >= wanted ? 'Ready' : 'Progressing';
  }
  const decisive = conditionsOf(object).find(({ type }) => /^(Ready|Available|Complete|Failed)$/.test(type));
  if (decisive === undefined) return '';
  if (decisive.type === 'Failed' && decisive.status === 'True') return 'Failed';
  return decisive.status === 'True' ? decisive.type : 'Progressing';
}

/** The phase, or what keeps its containers from running. */
function podWord(pod: unknown): string {
  for (const status of [
    ...list(pod, 'status.initContainerStatuses'),
    ...list(pod, 'status.containerStatuses'),
  ]) {
    const reason = text(status, 'state.waiting.reason');
    if (reason !== '' && !/^(PodInitializing|ContainerCreating)$/.test(reason)) return reason;
    const exit = text(status, 'state.terminated.exitCode');
    if (exit !== '' && exit !== '0') return text(status, 'state.terminated.reason') || 'Error';
  }
  const phase = text(pod, 'status.phase');
  return phase === 'Succeeded' ? 'Completed' : phase;
}
