import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

const REPLY_TIMEOUT_MS = 30_000;
/** A fixed answer that ends every reply. */
const FRAME_COMMAND = 'describe meta mark';
const FRAME_REPLY = 'meta expression, datatype mark';

interface Waiter {
  readonly resolve: (reply: string) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * A long-lived `nft -i`: saves the start of a process for each change. A line is one transaction. Standard error is
 * merged into standard output, so that an error always arrives before the frame that follows it.
 */
export class NftSession {
  readonly #child: ChildProcessWithoutNullStreams;
  #buffer = '';
  #waiter: Waiter | undefined;
  #ended: Error | undefined;

  constructor(prefix: readonly string[] = []) {
    const [program = '', ...args] = [...prefix, 'sh', '-c', 'exec nft -i 2>&1'];
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk.toString()));
    this.#child.stdin.on('error', (error) => this.#end(error));
    this.#child.on('error', (error) => this.#end(error));
    this.#child.on('close', (code) => this.#end(new Error(`nft -i ended with exit code ${code ?? -1}`)));
    this.#child.unref();
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /**
   * Runs commands as one transaction. One call at a time.
   * @returns what nft printed; throws when it printed an error, ended, or did not answer.
   */
  async run(commands: readonly string[]): Promise<string> {
    if (this.#ended !== undefined) throw this.#ended;
    if (this.#waiter !== undefined) throw new Error('nft -i is busy');
    const reply = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.close();
        this.#end(new Error(`nft -i gave no answer for ${REPLY_TIMEOUT_MS / 1000} s`));
      }, REPLY_TIMEOUT_MS);
      this.#waiter = { resolve, reject, timer };
      this.#child.stdin.write(`${commands.join('; ')}\n${FRAME_COMMAND}\n`);
    });
    if (/^Error:|: Error:|internal:0:0|^netlink:/m.test(reply)) throw new Error(reply.trim().slice(0, 2000));
    return reply;
  }

  /** Ends the process. */
  close(): void {
    this.#child.stdin.end();
    this.#child.kill('SIGTERM');
  }

  #receive(text: string): void {
    this.#buffer += text;
    const at = this.#buffer.indexOf(FRAME_REPLY);
    const end = at < 0 ? -1 : this.#buffer.indexOf('\n', at);
    if (end < 0 || this.#waiter === undefined) return;
    const { resolve, timer } = this.#waiter;
    const reply = this.#buffer.slice(0, at);
    this.#buffer = this.#buffer.slice(end + 1);
    this.#waiter = undefined;
    clearTimeout(timer);
    resolve(reply);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    if (this.#waiter === undefined) return;
    clearTimeout(this.#waiter.timer);
    this.#waiter.reject(this.#ended);
    this.#waiter = undefined;
  }
}
