import type { AnyObject } from '@gantry/machinery/object';

interface Reason {
  readonly reason?: string;
  readonly message?: string;
}
interface Ended extends Reason {
  readonly exitCode?: number;
}
interface ContainerStatus {
  readonly name: string;
  readonly image?: string;
  readonly restartCount?: number;
  readonly state?: { readonly waiting?: Reason; readonly terminated?: Ended };
  readonly lastState?: { readonly terminated?: Ended };
}
interface PodStatus {
  readonly conditions?: readonly (Reason & { readonly type: string; readonly status: string })[];
  readonly containerStatuses?: readonly ContainerStatus[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
}

/** What a waiting reason means to somebody who doesn't know it. Those not listed are ordinary steps of a start. */
const WORDS: Readonly<Record<string, string>> = {
  ImagePullBackOff: 'image pull back-off',
  ErrImagePull: "the image can't be pulled",
  ErrImageNeverPull: 'the image is not on the node and may not be pulled',
  ImageInspectError: "the image can't be read",
  InvalidImageName: 'the image name is not valid',
  RegistryUnavailable: "the image's registry can't be reached",
  SignatureValidationFailed: "the image's signature is not valid",
  CrashLoopBackOff: 'the container keeps ending',
  CreateContainerConfigError: "the container can't be configured",
  CreateContainerError: "the container can't be created",
  RunContainerError: "the container can't be started",
  PostStartHookError: 'its postStart hook failed',
};
const PULLS = new Set(['ImagePullBackOff', 'ErrImagePull']);

/** A runtime wraps the cause of a failed pull into several layers of words; the cause is what helps. */
const PULL_CAUSES: readonly (readonly [RegExp, string])[] = [
  [/unauthorized|denied|forbidden|authentication required|\b40[13]\b/i, 'access denied'],
  [/not found|NotFound|manifest unknown|does not exist|\b404\b/i, 'not found'],
  [/toomanyrequests|rate limit|\b429\b/i, 'the registry allows no more pulls for now'],
  [/no such host|server misbehaving|\blookup \S/i, "the registry's name can't be looked up"],
  [/timeout|timed out|connection refused|unreachable|connection reset/i, "the registry can't be reached"],
  [/x509|certificate|tls:/i, "the registry's certificate is not trusted"],
  [/no space left/i, "the node's disk is full"],
  [/no match(ing)? .*platform|exec format/i, "there is none for the node's platform"],
];

/** How gRPC wraps what a runtime says. */
const RPC_ERROR = /^(?:rpc error: code = \w+ desc = )+/;

function pullDetail({ image }: ContainerStatus, message: string | undefined): string | undefined {
  const cause =
    message === undefined
      ? undefined
      : (PULL_CAUSES.find(([pattern]) => pattern.test(message))?.[1] ?? message.replace(RPC_ERROR, ''));
  if (cause === undefined || image === undefined || image === '' || cause.includes(image)) return cause;
  return `${cause} (${image})`;
}

function endedDetail({ reason = 'ended', exitCode, message }: Ended): string {
  const last = message?.trim().split('\n').at(-1);
  return `${reason}, exit code ${exitCode ?? '?'}${last === undefined || last === '' ? '' : `: ${last}`}`;
}

function containerProblem(container: ContainerStatus): string | undefined {
  const waiting = container.state?.waiting;
  const words = waiting?.reason === undefined ? undefined : WORDS[waiting.reason];
  if (words === undefined) return undefined;
  const ended = container.lastState?.terminated;
  let detail = waiting?.message;
  if (PULLS.has(waiting?.reason ?? '')) detail = pullDetail(container, waiting?.message);
  else if (waiting?.reason === 'CrashLoopBackOff' && ended !== undefined) detail = endedDetail(ended);
  return detail === undefined || detail === '' ? words : `${words}: ${detail}`;
}

/** What a scheduler says after it is about preemption, which failed too. */
const firstSentence = (text: string): string => text.split('. ')[0] ?? text;

/**
 * Why a pod doesn't get ready, as `web-x: image pull back-off: not found`; undefined while it simply starts. The
 * container is named when there are several.
 */
export function podProblem(pod: AnyObject): string | undefined {
  const status = (pod.status ?? {}) as PodStatus;
  const unscheduled = status.conditions?.find(
    ({ type, status: value, reason }) =>
      type === 'PodScheduled' && value === 'False' && reason === 'Unschedulable',
  );
  if (unscheduled !== undefined)
    return `${pod.metadata.name}: no node for it: ${firstSentence(unscheduled.message ?? 'none fits')}`;
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  for (const container of containers) {
    const problem = containerProblem(container);
    if (problem === undefined) continue;
    return `${pod.metadata.name}${containers.length > 1 ? `/${container.name}` : ''}: ${problem}`;
  }
  return undefined;
}

/** The first problem among pods. */
export function firstProblem(pods: readonly AnyObject[]): string | undefined {
  for (const pod of pods) {
    if (pod.metadata.deletionTimestamp !== undefined) continue;
    const problem = podProblem(pod);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Why a failed pod failed. */
export function podFailure(pod: AnyObject): string {
  const status = (pod.status ?? {}) as PodStatus & Reason;
  const ended = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].find(
    ({ state }) => state?.terminated !== undefined && state.terminated.exitCode !== 0,
  );
  if (status.message !== undefined && status.message !== '')
    return status.reason === undefined ? status.message : `${status.reason}: ${status.message}`;
  if (status.reason !== undefined && status.reason !== '') return status.reason;
  return ended?.state?.terminated === undefined
    ? 'failed'
    : `${ended.name}: ${endedDetail(ended.state.terminated)}`;
}
