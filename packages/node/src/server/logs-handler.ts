import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ContainerStatus } from '../cri/types.ts';
import { findContainer } from '../kubelet/pod.ts';
import { isRunning, nameOf } from '../kubelet/runtime-state.ts';
import { type LogOptions, readContainerLog } from './container-logs.ts';
import { flag } from './routes.ts';
import type { NodeServerOptions } from './server.ts';

interface Target {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** `/containerLogs/{namespace}/{pod}/{container}`; refusals in the original's words. */
export async function serveLogs(
  options: NodeServerOptions,
  target: Target,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refuse = (code: number, text: string): void => {
    response.writeHead(code, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
  };
  const found = options.source.find(target.namespace, target.pod);
  if (found === undefined) return refuse(404, `pod "${target.pod}" does not exist\n`);
  if (findContainer(found.pod.spec, target.container) === undefined) {
    return refuse(404, `container "${target.container}" not found in pod "${target.pod}"\n`);
  }
  const parsed = logOptions(query);
  if (typeof parsed === 'string') return refuse(400, parsed);
  const attempts = found.runtime.containers.filter((container) => nameOf(container) === target.container);
  const container = chooseAttempt(attempts, flag(query, 'previous'));
  if (container === undefined) return refuse(400, unavailable(found.pod, target, flag(query, 'previous')));
  const stop = new AbortController();
  request.on('close', () => stop.abort());
  response.on('close', () => stop.abort());
  response.writeHead(200, { 'content-type': 'text/plain', 'transfer-encoding': 'chunked' });
  response.flushHeaders();
  const stillRuns = async (): Promise<boolean> => {
    const status = await options.cri.containerStatus(container.id);
    return status !== undefined && isRunning(status);
  };
  for await (const bytes of readContainerLog(container.logPath, parsed, stillRuns, stop.signal)) {
    if (!response.write(bytes)) await once(response, 'drain', { signal: stop.signal }).catch(() => undefined);
    if (stop.signal.aborted) break;
  }
  response.end();
}

function chooseAttempt(attempts: readonly ContainerStatus[], previous: boolean): ContainerStatus | undefined {
  const [current, before] = attempts;
  if (!previous) return current?.state === 'CONTAINER_CREATED' ? before : current;
  // While a failed container waits to be started again, its last run is the previous one.
  return current !== undefined &&
    !isRunning(current) &&
    before === undefined &&
    current.metadata?.attempt !== 0
    ? current
    : before;
}

type PodOf = NonNullable<ReturnType<NodeServerOptions['source']['find']>>['pod'];

function unavailable(pod: PodOf, { pod: name, container }: Target, previous: boolean): string {
  if (previous) return `previous terminated container "${container}" in pod "${name}" not found`;
  const statuses = [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.ephemeralContainerStatuses ?? []),
  ];
  const status = statuses.find((item) => item.name === container);
  const waiting = status?.state?.waiting;
  if (waiting === undefined) return `container "${container}" in pod "${name}" is not available`;
  const reason = waiting.reason ?? '';
  if (['ErrImagePull', 'ImagePullBackOff'].includes(reason)) {
    const verb = reason === 'ErrImagePull' ? "image can't be pulled" : 'trying and failing to pull image';
    return `container "${container}" in pod "${name}" is waiting to start: ${verb}`;
  }
  return `container "${container}" in pod "${name}" is waiting to start: ${reason}`;
}

function logOptions(query: URLSearchParams): LogOptions | string {
  const tail = query.get('tailLines') ?? '';
  const limit = query.get('limitBytes') ?? '';
  const seconds = query.get('sinceSeconds') ?? '';
  const time = query.get('sinceTime') ?? '';
  for (const [name, value] of [
    ['tailLines', tail],
    ['limitBytes', limit],
    ['sinceSeconds', seconds],
  ]) {
    if (value !== undefined && value !== '' && !/^\d+$/.test(value))
      return `{"message": "Invalid value for ${name}: must be a non-negative integer."}`;
  }
  const since =
    seconds !== '' ? Date.now() - Number(seconds) * 1000 : time !== '' ? Date.parse(time) : undefined;
  if (since !== undefined && Number.isNaN(since))
    return '{"message": "Invalid value for sinceTime: must be RFC 3339."}';
  const stream = query.get('stream');
  return {
    follow: flag(query, 'follow'),
    timestamps: flag(query, 'timestamps'),
    ...(tail === '' ? {} : { tailLines: Number(tail) }),
    ...(limit === '' ? {} : { limitBytes: Number(limit) }),
    ...(since === undefined ? {} : { since }),
    ...(stream === 'Stdout'
      ? { stream: 'stdout' as const }
      : stream === 'Stderr'
        ? { stream: 'stderr' as const }
        : {}),
  };
}
