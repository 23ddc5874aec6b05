import type { Duplex } from 'node:stream';
import { parseRefUpdates, type RefUpdate } from '../push/ref-update.ts';
import type { Identity } from './identity.ts';

/** A push under way: what its hooks may know. */
export interface Push {
  readonly repository: string;
  readonly identity: Identity;
  /** By Application key, the newest commit in its history when the push was checked: what comes after is of this push. */
  readonly newestBefore: Map<string, string>;
  /** Of many Applications, by `namespace/name`, those that the push changes nothing of: nobody wants to read of each. */
  readonly unchanged: Set<string>;
}

export interface HookCall {
  readonly push: Push;
  readonly updates: readonly RefUpdate[];
  /** For git commands that must see the objects in quarantine. */
  readonly env: Readonly<Record<string, string>>;
  /** Lines for the person who pushes. */
  readonly say: (text: string) => void;
  /** Ends when nobody listens any more. */
  readonly signal: AbortSignal;
}

export interface HookHandlers {
  /** False rejects the push. */
  readonly preReceive: (call: HookCall) => Promise<boolean>;
  readonly postReceive: (call: HookCall) => Promise<void>;
}

const REQUEST_LIMIT_BYTES = 1 << 20;
const HEAD_LINES = 4;
/** What could move the cursor of the terminal that the text ends up in. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * Answers the hooks of one push over their descriptor 3 (see hooks/pre-receive): pre-receive, then post-receive. A
 * request is the hook's name, three paths and the ref updates, a line each, and an empty line.
 */
export function answerHooks(channel: Duplex, push: Push, handlers: HookHandlers): void {
  const abort = new AbortController();
  let pending = '';
  channel.setEncoding('utf8');
  channel.on('data', (chunk: string) => {
    pending += chunk;
    if (pending.length > REQUEST_LIMIT_BYTES) {
      channel.end('|too many refs in one push\n=1\n');
      return;
    }
    // The head may hold empty lines; the end is the first empty line behind it.
    const lines = pending.split('\n');
    const end = lines.indexOf('', HEAD_LINES);
    if (end < 0 || end === lines.length - 1) return;
    pending = lines.slice(end + 1).join('\n');
    void answer(lines.slice(0, end), channel, push, handlers, abort.signal);
  });
  channel.on('error', () => abort.abort());
  channel.once('close', () => abort.abort());
}

async function answer(
  lines: readonly string[],
  channel: Duplex,
  push: Push,
  handlers: HookHandlers,
  signal: AbortSignal,
): Promise<void> {
  const write = (text: string): void => {
    if (channel.writable) channel.write(text);
  };
  const say = (text: string): void => {
    for (const line of text.split('\n')) write(`|${line.replace(CONTROL, '?')}\n`);
  };
  const [hook = '', objects = '', alternates = '', quarantine = '', ...updates] = lines;
  const call: HookCall = {
    push,
    updates: parseRefUpdates(updates.join('\n')),
    env: {
      ...(objects === '' ? {} : { GIT_OBJECT_DIRECTORY: objects }),
      ...(alternates === '' ? {} : { GIT_ALTERNATE_OBJECT_DIRECTORIES: alternates }),
      ...(quarantine === '' ? {} : { GIT_QUARANTINE_PATH: quarantine }),
    },
    say,
    signal,
  };
  let accepted = false;
  try {
    if (hook === 'pre-receive') accepted = await handlers.preReceive(call);
    else {
      await handlers.postReceive(call);
      accepted = true;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(
      hook === 'pre-receive'
        ? `the API server could not check the push, nothing was changed: ${reason}`
        : `the push is stored, but what follows failed: ${reason}; Gantry looks at the repository again within a minute`,
    );
  }
  write(`=${accepted ? 0 : 1}\n`);
}
