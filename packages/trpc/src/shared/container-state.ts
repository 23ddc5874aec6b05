/** What can be asked of a container now, by the status of its pod. */
export interface ContainerState {
  readonly hasLog: boolean;
  /** Of its run before the last restart. */
  readonly hasPreviousLog: boolean;
  readonly isRunning: boolean;
  /** For good, or until it is started again. */
  readonly hasEnded: boolean;
  readonly restarts: number;
  /** Why it does not run, as the server's word and sentence; '' when it does, or nobody says. */
  readonly reason: string;
  readonly message: string;
}

interface Why {
  readonly reason?: string;
  readonly message?: string;
}

interface Terminated extends Why {
  readonly containerID?: string;
}

interface Status {
  readonly name: string;
  readonly containerID?: string;
  readonly restartCount?: number;
  readonly state?: {
    readonly waiting?: Why | null;
    readonly running?: object | null;
    readonly terminated?: Terminated | null;
  };
  readonly lastState?: { readonly terminated?: Terminated | null };
}

interface PodStatus extends Why {
  readonly containerStatuses?: readonly Status[] | null;
  readonly initContainerStatuses?: readonly Status[] | null;
  readonly ephemeralContainerStatuses?: readonly Status[] | null;
  readonly conditions?: readonly (Why & { readonly type: string; readonly status: string })[] | null;
}

const isSet = (id: string | undefined): boolean => id !== undefined && id !== '';

/** What keeps a pod from its node, or ended it before its containers began. */
function podReason(status: PodStatus | undefined): Why {
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  return scheduled?.status === 'False' ? scheduled : (status ?? {});
}

/**
 * A container has a log once it has begun: while it runs, after it has ended, and while it waits to be started again. The
 * node refuses to read any other. `pod` is a Pod as the API server sends it.
 */
export function containerState(pod: unknown, name: string): ContainerState {
  const { status } = (pod ?? {}) as { readonly status?: PodStatus };
  const found = [
    ...(status?.containerStatuses ?? []),
    ...(status?.initContainerStatuses ?? []),
    ...(status?.ephemeralContainerStatuses ?? []),
  ].find((one) => one.name === name);
  const { waiting, running, terminated } = found?.state ?? {};
  const isRunning = running != null && isSet(found?.containerID);
  const hasPreviousLog = isSet(found?.lastState?.terminated?.containerID);
  const why: Why = isRunning ? {} : (waiting ?? terminated ?? podReason(status));
  return {
    hasLog: isRunning || isSet(terminated?.containerID) || hasPreviousLog,
    hasPreviousLog,
    isRunning,
    hasEnded: terminated != null,
    restarts: found?.restartCount ?? 0,
    reason: why.reason ?? '',
    message: why.message ?? '',
  };
}
