import { Worker } from 'node:worker_threads';
import { tooManyRequests } from '@gantry/machinery/status';

/** A text that a thread is to parse. */
export interface Question {
  readonly id: number;
  readonly text: string;
}

/** What a thread made of it: JSON text (undefined: an empty document), or why it can't be read. */
export interface Answer {
  readonly id: number;
  readonly json?: string | undefined;
  readonly fault?: string;
  readonly repeats: readonly string[];
}

/** Bytes that are parsed on the event loop: a few milliseconds at worst. */
const MAX_BYTES_INLINE = 8 * 1024;
const MAX_THREADS = 2;
const MAX_WAITING = 100;
/** Bytes of all that wait or are being read: twice as much lies in memory, as bytes and as text. */
const MAX_BYTES_HELD = 64 * 1024 * 1024;
const PARSE_MS_MAX = 15_000;
const THREAD_MEGABYTES = 512;

interface Job {
  readonly id: number;
  readonly bytes: Buffer;
  readonly settle: (answer: Answer) => void;
}

const parsed = new WeakMap<Buffer, Answer>();
const waiting: Job[] = [];
const idle: Thread[] = [];
let threads = 0;
let lastId = 0;
let bytesHeld = 0;

/** What a thread made of these bytes; undefined when none was asked. */
export const parsedApart = (bytes: Buffer): Answer | undefined => parsed.get(bytes);

/** Whether a body is YAML that may take the parser long. JSON is taken for YAML only by its type. */
function needsThread(bytes: Buffer, mediaType: string): boolean {
  if (bytes.length <= MAX_BYTES_INLINE || !mediaType.endsWith('yaml')) return false;
  return mediaType === 'application/yaml' || !bytes.toString('utf8', 0, 64).trimStart().startsWith('{');
}

/** Has a long YAML body parsed in a thread, where `parsedApart` finds it. Rejects with TooManyRequests. */
export async function parseApart(bytes: Buffer, mediaType: string): Promise<void> {
  if (!needsThread(bytes, mediaType)) return;
  // One alone is let in whatever its size, which has a limit elsewhere.
  const full = waiting.length >= MAX_WAITING || (bytesHeld > 0 && bytesHeld + bytes.length > MAX_BYTES_HELD);
  if (full) throw tooManyRequests('too many YAML bodies are waiting to be read', 1);
  bytesHeld += bytes.length;
  const answer = await new Promise<Answer>((settle) => {
    waiting.push({ id: ++lastId, bytes, settle });
    next();
  });
  bytesHeld -= bytes.length;
  parsed.set(bytes, answer);
}

function next(): void {
  while (waiting.length > 0) {
    const thread = idle.pop() ?? (threads < MAX_THREADS ? new Thread() : undefined);
    if (thread === undefined) return;
    thread.take(shortest());
  }
}

/** Takes the shortest text that waits: those that take seconds are long, and keep nobody's short one waiting. */
function shortest(): Job {
  const size = (at: number): number => waiting[at]?.bytes.length ?? 0;
  let least = 0;
  for (const at of waiting.keys()) if (size(at) < size(least)) least = at;
  return waiting.splice(least, 1)[0] as Job;
}

/** One worker thread, made at the first long text, which works on one text at a time. */
class Thread {
  readonly #worker: Worker;
  #job: Job | undefined;
  #late: NodeJS.Timeout | undefined;
  #ending = false;

  constructor() {
    threads++;
    this.#worker = new Worker(new URL('./yaml-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: THREAD_MEGABYTES },
    });
    this.#worker.unref();
    this.#worker.on('message', (answer: Answer) => this.#done(answer));
    // Out of memory, or ended because the text took too long.
    this.#worker.on('error', () => undefined);
    this.#worker.on('exit', () => {
      threads--;
      const at = idle.indexOf(this);
      if (at >= 0) idle.splice(at, 1);
      this.#finish('yaml: the text takes too long to read');
      next();
    });
  }

  take(job: Job): void {
    this.#job = job;
    this.#worker.ref();
    this.#late = setTimeout(() => {
      this.#ending = true;
      void this.#worker.terminate();
    }, PARSE_MS_MAX);
    this.#worker.postMessage({ id: job.id, text: job.bytes.toString() } satisfies Question);
  }

  #done(answer: Answer): void {
    if (this.#job?.id !== answer.id) return;
    const { settle } = this.#job;
    this.#release();
    if (!this.#ending) idle.push(this);
    settle(answer);
    next();
  }

  #finish(fault: string): void {
    if (this.#job === undefined) return;
    const { id, settle } = this.#job;
    this.#release();
    settle({ id, fault, repeats: [] });
  }

  #release(): void {
    clearTimeout(this.#late);
    this.#job = undefined;
    this.#worker.unref();
  }
}
