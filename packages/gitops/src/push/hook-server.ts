import type { IncomingMessage, ServerResponse } from 'node:http';
import { VERDICT } from '../git/hook.ts';
import type { Push } from '../git/http-endpoint.ts';
import { parseRefUpdates, type RefUpdate } from './ref-update.ts';

/** What the hook program sends. */
interface HookBody {
  readonly hook?: string;
  readonly ticket?: string;
  readonly updates?: string;
  readonly objectDirectory?: string;
  readonly alternates?: string;
  readonly quarantine?: string;
}

export interface HookCall {
  readonly push: Push;
  readonly updates: readonly RefUpdate[];
  /** For git commands that must see the objects in quarantine. */
  readonly env: Readonly<Record<string, string>>;
  /** One line for the person who pushes. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface HookHandlers {
  /** False rejects the push. */
  readonly preReceive: (call: HookCall) => Promise<boolean>;
  readonly postReceive: (call: HookCall) => Promise<void>;
}

const BODY_LIMIT_BYTES = 1 << 20;

/** Answers `POST /hook` of the hook program, line by line as they come. */
export async function serveHook(
  request: IncomingMessage,
  response: ServerResponse,
  pushOf: (ticket: string) => Push | undefined,
  handlers: HookHandlers,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  const abort = new AbortController();
  response.once('close', () => abort.abort());
  const say = (line: string): void => {
    response.write(`${line.replaceAll('\0', '')}\n`);
  };
  let accepted = false;
  try {
    const body = JSON.parse(await readBody(request)) as HookBody;
    const push = pushOf(body.ticket ?? '');
    if (push === undefined) say('this push is not known to Gantry: push through its Git address');
    else
      accepted = await run(
        body,
        {
          push,
          updates: parseRefUpdates(body.updates ?? ''),
          env: quarantineOf(body),
          say,
          signal: abort.signal,
        },
        handlers,
      );
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  response.end(`${VERDICT}${accepted ? 0 : 1}\n`);
}

async function run(body: HookBody, call: HookCall, handlers: HookHandlers): Promise<boolean> {
  if (body.hook === 'pre-receive') return handlers.preReceive(call);
  await handlers.postReceive(call);
  return true;
}

function quarantineOf(body: HookBody): Record<string, string> {
  return {
    ...(body.objectDirectory === undefined ? {} : { GIT_OBJECT_DIRECTORY: body.objectDirectory }),
    ...(body.alternates === undefined ? {} : { GIT_ALTERNATE_OBJECT_DIRECTORIES: body.alternates }),
    ...(body.quarantine === undefined ? {} : { GIT_QUARANTINE_PATH: body.quarantine }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES) throw new Error('too many refs in one push');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
