import type { ApiResponse } from '../http/response.ts';
import type { Loose } from './test-server.ts';

export interface SeenEvent {
  readonly type: string;
  readonly object: Loose;
}

/** Reads a watch of a test server. */
export class WatchClient {
  readonly events: SeenEvent[] = [];
  ended = false;
  readonly #stop: () => void;
  #wake: (() => void) | undefined;

  constructor(response: ApiResponse) {
    if (response.stream === undefined) throw new Error(`no watch: ${response.body.toString()}`);
    const write = (frames: Buffer): void => {
      for (const line of frames.toString().split('\n'))
        if (line !== '') this.events.push(JSON.parse(line) as SeenEvent);
      this.#wake?.();
    };
    this.#stop = response.stream({
      unsent: 0,
      begin: (parts) => write(Buffer.concat([...parts])),
      write,
      end: () => {
        this.ended = true;
        this.#wake?.();
      },
    });
  }

  /** Waits until `count` events are here. */
  async until(count: number): Promise<readonly SeenEvent[]> {
    while (this.events.length < count && !this.ended)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    return this.events;
  }

  /** `ADDED a`, `MODIFIED a`, …, in order. */
  get summary(): string[] {
    return this.events.map(({ type, object }) => `${type} ${String(object.metadata?.name ?? '')}`.trim());
  }

  stop(): void {
    this.#stop();
  }
}
