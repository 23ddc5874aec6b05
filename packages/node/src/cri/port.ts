import type {
  AuthConfig,
  Container,
  ContainerConfig,
  ContainerStats,
  ContainerStatus,
  ExecSyncResult,
  FilesystemUsage,
  Image,
  LinuxContainerResources,
  PodSandbox,
  PodSandboxConfig,
  PodSandboxStatus,
  RuntimeCondition,
} from './types.ts';

export interface RuntimeVersion {
  readonly runtimeName: string;
  readonly runtimeVersion: string;
  readonly runtimeApiVersion: string;
}

/**
 * What the agent asks of a container runtime (CRI v1). Failures are `CriError`. Calls that change nothing are tried
 * twice; `signal` cancels a call where one is taken.
 */
export interface Cri {
  version(): Promise<RuntimeVersion>;
  /** `RuntimeReady` and `NetworkReady`, mostly. */
  conditions(): Promise<readonly RuntimeCondition[]>;
  runPodSandbox(config: PodSandboxConfig, runtimeHandler: string): Promise<string>;
  stopPodSandbox(id: string): Promise<void>;
  removePodSandbox(id: string): Promise<void>;
  /** Undefined when the runtime does not know it. */
  podSandboxStatus(id: string): Promise<PodSandboxStatus | undefined>;
  listPodSandboxes(podUid?: string): Promise<readonly PodSandbox[]>;
  createContainer(sandboxId: string, config: ContainerConfig, sandbox: PodSandboxConfig): Promise<string>;
  startContainer(id: string): Promise<void>;
  /** SIGTERM, then SIGKILL after `timeoutSeconds`. A container that is gone is no error. */
  stopContainer(id: string, timeoutSeconds: number): Promise<void>;
  removeContainer(id: string): Promise<void>;
  listContainers(podUid?: string): Promise<readonly Container[]>;
  containerStatus(id: string): Promise<ContainerStatus | undefined>;
  updateContainerResources(id: string, linux: LinuxContainerResources): Promise<void>;
  reopenContainerLog(id: string): Promise<void>;
  /** `timeoutSeconds` 0 = none. A timeout is `CriError` with `timedOut`. */
  execSync(id: string, command: readonly string[], timeoutSeconds: number): Promise<ExecSyncResult>;
  /** The three below answer a URL of the runtime's streaming server. */
  exec(
    id: string,
    options: {
      readonly command: readonly string[];
      readonly tty: boolean;
      readonly stdin: boolean;
      readonly stdout: boolean;
      readonly stderr: boolean;
    },
  ): Promise<string>;
  attach(
    id: string,
    options: {
      readonly tty: boolean;
      readonly stdin: boolean;
      readonly stdout: boolean;
      readonly stderr: boolean;
    },
  ): Promise<string>;
  portForward(sandboxId: string, ports: readonly number[]): Promise<string>;
  listContainerStats(): Promise<readonly ContainerStats[]>;
  listImages(): Promise<readonly Image[]>;
  imageStatus(image: string): Promise<Image | undefined>;
  /** The image reference that containers are created from. */
  pullImage(
    image: string,
    auth: AuthConfig | undefined,
    sandbox: PodSandboxConfig | undefined,
    signal?: AbortSignal,
  ): Promise<string>;
  removeImage(image: string): Promise<void>;
  imageFilesystems(): Promise<readonly FilesystemUsage[]>;
  close(): void;
}

/** A failure that the runtime answered, or that the connection to it ran into. */
export class CriError extends Error {
  /** gRPC status code. */
  readonly code: number;
  readonly method: string;
  constructor(method: string, code: number, message: string) {
    super(message);
    this.name = 'CriError';
    this.method = method;
    this.code = code;
  }
  get notFound(): boolean {
    return this.code === 5;
  }
  get timedOut(): boolean {
    return this.code === 4;
  }
  get unavailable(): boolean {
    return this.code === 14;
  }
}
