import type { AnyObject } from '@gantry/machinery/object';

interface ContainerStatus {
  readonly name: string;
  readonly restartCount?: number;
  readonly state?: {
    readonly waiting?: Reason;
    readonly terminated?: Reason & { readonly exitCode?: number };
  };
  readonly lastState?: { readonly terminated?: Reason & { readonly exitCode?: number } };
}
interface Reason {
  readonly reason?: string;
  readonly message?: string;
}
interface PodStatus {
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
    readonly message?: string;
  }[];
  readonly containerStatuses?: readonly ContainerStatus[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
}

/** What a waiting reason means to somebody who doesn't know it. Those not listed are ordinary steps of a start. */
const WORDS: Readonly<Record<string, string>> = {
  ImagePullBackOff: "the image can't be pulled",
  ErrImagePull: "the image can't be pulled",
  ErrImageNeverPull: 'the image is not on the node and may not be pulled',
  InvalidImageName: 'the image name is not valid',
  CrashLoopBackOff: 'the container keeps ending',
  CreateContainerConfigError: "the container can't be configured",
  CreateContainerError: "the container can't be created",
  RunContainerError: "the container can't be started",
};

/** Why a pod doesn't get ready, as `web-x: the image can't be pulled: not found`; undefined while it simply starts. */
export function podProblem(pod: AnyObject): string | undefined {
  const status = (pod.status ?? {}) as PodStatus;
  const unschedulable = status.conditions?.find(
    (condition) => condition.type === 'PodScheduled' && condition.reason === 'Unschedulable',
  );
  if (unschedulable !== undefined) return `${pod.metadata.name}: ${unschedulable.message ?? 'no node fits'}`;
  for (const container of [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]) {
    const waiting = container.state?.waiting;
    const words = waiting?.reason === undefined ? undefined : WORDS[waiting.reason];
    if (words === undefined) continue;
    const ended = container.lastState?.terminated;
    const detail =
      waiting?.reason === 'CrashLoopBackOff' && ended !== undefined
        ? `${ended.reason ?? 'ended'}, exit code ${ended.exitCode ?? '?'}`
        : waiting?.message;
    return `${pod.metadata.name}/${container.name}: ${words}${detail === undefined ? '' : `: ${detail}`}`;
  }
  return undefined;
}
