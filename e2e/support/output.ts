import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from './eventually.ts';

/** Reads along with a program that runs on. */
export class Output {
  readonly #child: ChildProcess;
  text = '';

  constructor(child: ChildProcess) {
    this.#child = child;
    const take = (chunk: Buffer): void => {
      this.text += chunk.toString();
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
  }

  /** Resolves when the output so far matches; throws with it when it never does. */
  async until(pattern: RegExp, timeoutMs = 30_000): Promise<RegExpExecArray> {
    return await eventually(() => {
      const found = pattern.exec(this.text);
      if (found === null) throw new Error(`no ${pattern} in:\n${this.text}`);
      return found;
    }, timeoutMs);
  }

  type(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** Closes its input and resolves with the exit code. */
  async ended(): Promise<number | null> {
    this.#child.stdin?.end();
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
