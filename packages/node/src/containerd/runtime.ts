import type { Logger } from '@gantry/runtime/port';
import { answers, containerdPaths, launchContainerd } from './launch.ts';

const CRIO_SOCKETS = ['/var/run/crio/crio.sock', '/run/crio/crio.sock'];

export interface RuntimeChoice {
  /** `unix:///…`, for `--container-runtime-endpoint`. */
  readonly endpoint: string;
  readonly kind: 'given' | 'cri-o' | 'containerd';
  /** Of our own containerd. */
  readonly pid?: number;
  /** Ends our own containerd; containers go on. A runtime that we did not start is left alone. */
  stop(): Promise<void>;
}

/**
 * The container runtime to use: the endpoint given, else CRI-O where its socket answers, else a containerd of our own
 * under the data folder (never a Docker's). Throws with a line that says what to do when there is none.
 */
export async function ensureRuntime(options: {
  readonly dataDir: string;
  readonly criEndpoint?: string;
  readonly log: Logger;
}): Promise<RuntimeChoice> {
  const leave = async (): Promise<void> => undefined;
  if (options.criEndpoint !== undefined && options.criEndpoint !== '') {
    const endpoint = options.criEndpoint.startsWith('unix://')
      ? options.criEndpoint
      : `unix://${options.criEndpoint}`;
    if (!(await answers(endpoint.slice('unix://'.length)))) {
      throw new Error(`no CRI v1 runtime answers at ${endpoint}: start it, or leave out --cri-endpoint`);
    }
    return { endpoint, kind: 'given', stop: leave };
  }
  for (const socket of CRIO_SOCKETS) {
    if (await answers(socket)) return { endpoint: `unix://${socket}`, kind: 'cri-o', stop: leave };
  }
  const launched = await launchContainerd(options.dataDir, options.log);
  const { socket } = containerdPaths(options.dataDir);
  return { endpoint: `unix://${socket}`, kind: 'containerd', pid: launched.pid, stop: launched.stop };
}
