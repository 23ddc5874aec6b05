import { fileURLToPath } from 'node:url';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { type Cri, CriError, type RuntimeVersion } from './port.ts';
import type {
  Container,
  ContainerStats,
  ContainerStatus,
  ExecSyncResult,
  FilesystemUsage,
  Image,
  PodSandbox,
  PodSandboxStatus,
  RuntimeCondition,
} from './types.ts';

/** Generous: containerd has been seen to stall for minutes on small machines. Milliseconds. */
const CALL_TIMEOUT_MS = 120_000;
const SANDBOX_TIMEOUT_MS = 240_000;
const PULL_TIMEOUT_MS = 3_600_000;
const MESSAGE_BYTES_MAX = 16 << 20;

const UID_LABEL = 'io.kubernetes.pod.uid';

type Unary = (
  request: object,
  metadata: grpc.Metadata,
  options: grpc.CallOptions,
  callback: (error: grpc.ServiceError | null, response: unknown) => void,
) => grpc.ClientUnaryCall;

interface CallOptions {
  readonly timeoutMs?: number;
  /** One more try after a lost connection or a timeout; only for calls that may run twice. */
  readonly retry?: boolean;
  readonly signal?: AbortSignal;
}

/** Connects to `endpoint` (`unix:///…`). Nothing is sent before the first call; a lost connection is made anew. */
export function connectCri(endpoint: string): Cri {
  return new GrpcCri(endpoint);
}

function loadServices(): { runtime: grpc.ServiceClientConstructor; image: grpc.ServiceClientConstructor } {
  const definition = loadSync(fileURLToPath(new URL('cri.proto', import.meta.url)), {
    longs: String,
    enums: String,
    bytes: Buffer,
    defaults: true,
    arrays: true,
    objects: true,
  });
  const runtime = definition['runtime.v1.RuntimeService'];
  const image = definition['runtime.v1.ImageService'];
  if (runtime === undefined || image === undefined) throw new Error('cri.proto lacks its services');
  return {
    runtime: grpc.makeClientConstructor(runtime as grpc.ServiceDefinition, 'RuntimeService'),
    image: grpc.makeClientConstructor(image as grpc.ServiceDefinition, 'ImageService'),
  };
}

class GrpcCri implements Cri {
  readonly #runtime: grpc.Client;
  readonly #image: grpc.Client;

  constructor(endpoint: string) {
    const services = loadServices();
    const options: grpc.ClientOptions = {
      'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
      'grpc.max_send_message_length': MESSAGE_BYTES_MAX,
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 2000,
      // CRI-O refuses the socket's path as :authority.
      'grpc.default_authority': 'localhost',
    };
    const credentials = grpc.credentials.createInsecure();
    this.#runtime = new services.runtime(endpoint, credentials, options);
    this.#image = new services.image(endpoint, credentials, options);
  }

  close(): void {
    this.#runtime.close();
    this.#image.close();
  }

  async #call<R>(
    client: grpc.Client,
    method: string,
    request: object,
    options: CallOptions = {},
  ): Promise<R> {
    try {
      return await this.#once<R>(client, method, request, options);
    } catch (error) {
      if (options.retry !== true || !(error instanceof CriError) || !(error.unavailable || error.timedOut)) {
        throw error;
      }
      return await this.#once<R>(client, method, request, options);
    }
  }

  #once<R>(client: grpc.Client, method: string, request: object, options: CallOptions): Promise<R> {
    const unary = Reflect.get(client, method) as Unary;
    return new Promise<R>((resolve, reject) => {
      if (options.signal?.aborted === true) {
        reject(new CriError(method, grpc.status.CANCELLED, 'context canceled'));
        return;
      }
      const deadline = Date.now() + (options.timeoutMs ?? CALL_TIMEOUT_MS);
      const call = unary.call(client, request, new grpc.Metadata(), { deadline }, (error, response) => {
        options.signal?.removeEventListener('abort', cancel);
        if (error === null) resolve(response as R);
        else reject(new CriError(method, error.code, describe(error)));
      });
      const cancel = (): void => call.cancel();
      options.signal?.addEventListener('abort', cancel, { once: true });
    });
  }

  #get<R>(method: string, request: object): Promise<R> {
    return this.#call<R>(this.#runtime, method, request, { retry: true });
  }

  version(): Promise<RuntimeVersion> {
    return this.#get<RuntimeVersion>('Version', { version: 'v1' });
  }

  async conditions(): Promise<readonly RuntimeCondition[]> {
    const answer = await this.#get<{ status: { conditions: RuntimeCondition[] } | null }>('Status', {});
    return answer.status?.conditions ?? [];
  }

  async runPodSandbox(config: object, runtimeHandler: string): Promise<string> {
    const answer = await this.#call<{ podSandboxId: string }>(
      this.#runtime,
      'RunPodSandbox',
      { config, runtimeHandler },
      { timeoutMs: SANDBOX_TIMEOUT_MS },
    );
    return answer.podSandboxId;
  }

  async stopPodSandbox(id: string): Promise<void> {
    await ignoreNotFound(this.#get('StopPodSandbox', { podSandboxId: id }));
  }

  async removePodSandbox(id: string): Promise<void> {
    await ignoreNotFound(this.#get('RemovePodSandbox', { podSandboxId: id }));
  }

  async podSandboxStatus(id: string): Promise<PodSandboxStatus | undefined> {
    const answer = await ignoreNotFound(
      this.#get<{ status: PodSandboxStatus | null }>('PodSandboxStatus', { podSandboxId: id }),
    );
    return answer?.status ?? undefined;
  }

  async listPodSandboxes(podUid?: string): Promise<readonly PodSandbox[]> {
    const answer = await this.#get<{ items: PodSandbox[] }>('ListPodSandbox', uidFilter(podUid));
    return answer.items;
  }

  async createContainer(sandboxId: string, config: object, sandbox: object): Promise<string> {
    const request = { podSandboxId: sandboxId, config, sandboxConfig: sandbox };
    const answer = await this.#call<{ containerId: string }>(this.#runtime, 'CreateContainer', request);
    return answer.containerId;
  }

  async startContainer(id: string): Promise<void> {
    await this.#call(this.#runtime, 'StartContainer', { containerId: id });
  }

  async stopContainer(id: string, timeoutSeconds: number): Promise<void> {
    // CRI-O takes the call's deadline as the grace period, so the call must outlive it.
    const timeoutMs = timeoutSeconds * 1000 + CALL_TIMEOUT_MS;
    const request = { containerId: id, timeout: String(timeoutSeconds) };
    await ignoreNotFound(this.#call(this.#runtime, 'StopContainer', request, { timeoutMs, retry: true }));
  }

  async removeContainer(id: string): Promise<void> {
    await ignoreNotFound(this.#get('RemoveContainer', { containerId: id }));
  }

  async listContainers(podUid?: string): Promise<readonly Container[]> {
    const answer = await this.#get<{ containers: Container[] }>('ListContainers', uidFilter(podUid));
    return answer.containers;
  }

  async containerStatus(id: string): Promise<ContainerStatus | undefined> {
    const answer = await ignoreNotFound(
      this.#get<{ status: ContainerStatus | null }>('ContainerStatus', { containerId: id }),
    );
    return answer?.status ?? undefined;
  }

  async updateContainerResources(id: string, linux: object): Promise<void> {
    await this.#get('UpdateContainerResources', { containerId: id, linux });
  }

  async reopenContainerLog(id: string): Promise<void> {
    await this.#get('ReopenContainerLog', { containerId: id });
  }

  execSync(id: string, command: readonly string[], timeoutSeconds: number): Promise<ExecSyncResult> {
    const request = { containerId: id, cmd: command, timeout: String(timeoutSeconds) };
    const timeoutMs = timeoutSeconds === 0 ? CALL_TIMEOUT_MS : timeoutSeconds * 1000 + 5000;
    return this.#call<ExecSyncResult>(this.#runtime, 'ExecSync', request, { timeoutMs });
  }

  async exec(id: string, options: { readonly command: readonly string[] } & object): Promise<string> {
    const { command, ...rest } = options;
    const answer = await this.#get<{ url: string }>('Exec', { containerId: id, cmd: command, ...rest });
    return answer.url;
  }

  async attach(id: string, options: object): Promise<string> {
    return (await this.#get<{ url: string }>('Attach', { containerId: id, ...options })).url;
  }

  async portForward(sandboxId: string, ports: readonly number[]): Promise<string> {
    return (await this.#get<{ url: string }>('PortForward', { podSandboxId: sandboxId, port: ports })).url;
  }

  async listContainerStats(): Promise<readonly ContainerStats[]> {
    return (await this.#get<{ stats: ContainerStats[] }>('ListContainerStats', {})).stats;
  }

  async listImages(): Promise<readonly Image[]> {
    const answer = await this.#call<{ images: Image[] }>(this.#image, 'ListImages', {}, { retry: true });
    return answer.images;
  }

  async imageStatus(image: string): Promise<Image | undefined> {
    const request = { image: { image, userSpecifiedImage: image } };
    const answer = await this.#call<{ image: Image | null }>(this.#image, 'ImageStatus', request, {
      retry: true,
    });
    return answer.image ?? undefined;
  }

  async pullImage(
    image: string,
    auth: object | undefined,
    sandbox: object | undefined,
    signal?: AbortSignal,
  ): Promise<string> {
    const request = {
      image: { image, userSpecifiedImage: image },
      ...(auth === undefined ? {} : { auth }),
      ...(sandbox === undefined ? {} : { sandboxConfig: sandbox }),
    };
    const answer = await this.#call<{ imageRef: string }>(this.#image, 'PullImage', request, {
      timeoutMs: PULL_TIMEOUT_MS,
      ...(signal === undefined ? {} : { signal }),
    });
    return answer.imageRef;
  }

  async removeImage(image: string): Promise<void> {
    await ignoreNotFound(
      this.#call(this.#image, 'RemoveImage', { image: { image, userSpecifiedImage: image } }),
    );
  }

  async imageFilesystems(): Promise<readonly FilesystemUsage[]> {
    const answer = await this.#call<{ imageFilesystems: FilesystemUsage[] }>(this.#image, 'ImageFsInfo', {});
    return answer.imageFilesystems;
  }
}

function uidFilter(podUid: string | undefined): object {
  return podUid === undefined ? {} : { filter: { labelSelector: { [UID_LABEL]: podUid } } };
}

/** As the original's kubelet prints a gRPC error. */
function describe(error: grpc.ServiceError): string {
  const code = grpc.status[error.code] ?? 'UNKNOWN';
  const name = code
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('');
  return `rpc error: code = ${name === 'Cancelled' ? 'Canceled' : name} desc = ${error.details}`;
}

async function ignoreNotFound<R>(call: Promise<R>): Promise<R | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof CriError && error.notFound) return undefined;
    throw error;
  }
}
