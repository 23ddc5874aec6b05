import type { Pod, PodStatus } from '@gantry/api/generated/types';
import { isStatusError } from '@gantry/machinery/status';
import type { KubeletContext } from './context.ts';
import { describePod } from './pod.ts';
import { SerialLoop } from './serial-loop.ts';
import { statusPatch, writeStatus } from './status-writer.ts';

interface Options {
  readonly context: Pick<KubeletContext, 'client' | 'log'>;
  readonly pod: () => Pod;
  /** What is to be told; undefined when nobody asks any more. */
  readonly status: () => PodStatus | undefined;
  readonly onWritten: (pod: Pod) => void;
}

/** Tells the API of a pod, apart from its worker's loop: containers are looked after though the API can't be reached. */
export class StatusReports {
  readonly #options: Options;
  readonly #loop: SerialLoop;
  #queue: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
    this.#loop = new SerialLoop({
      run: async () => {
        await this.publish();
        return undefined;
      },
      onError: (error) => {
        const pod = describePod(options.pod());
        options.context.log.warn({ pod, error: String(error) }, 'status not reported');
      },
    });
  }

  wake(): void {
    this.#loop.wake();
  }

  close(): void {
    this.#loop.close();
  }

  /** Writes the status when it differs from what the API has, after writes under way. A pod gone there is no error. */
  publish(): Promise<void> {
    const { context, pod, status, onWritten } = this.#options;
    const write = this.#queue.then(async () => {
      const wanted = status();
      const patch = wanted === undefined ? undefined : statusPatch(pod(), wanted);
      if (patch === undefined) return;
      try {
        onWritten(await writeStatus(context.client, pod(), patch));
      } catch (error) {
        if (!isStatusError(error, 'NotFound') && !isStatusError(error, 'Conflict')) throw error;
      }
    });
    this.#queue = write.catch(() => undefined);
    return write;
  }
}
