import { setTimeout as sleep } from 'node:timers/promises';
import type { Application } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { applications } from '@gantry/client/resources';

const LOOK_MS = 300;

/** How far a request has come. */
export type Progress =
  | { readonly type: 'waiting'; readonly on: string }
  | { readonly type: 'done'; readonly text: string }
  | { readonly type: 'failed'; readonly text: string };

/**
 * Looks again and again until there is an end, and prints each new step. Returns the exit code: 0 done, 1 failed or out
 * of time. `later`: the command that shows how it goes on.
 */
export async function waitUntil(
  seconds: number,
  later: string,
  look: (elapsedMs: number) => Promise<Progress>,
): Promise<number> {
  const begin = performance.now();
  let said = '';
  for (;;) {
    const elapsedMs = performance.now() - begin;
    const now = await look(elapsedMs);
    if (now.type === 'done') {
      process.stdout.write(`${now.text}\n`);
      return 0;
    }
    if (now.type === 'failed') {
      process.stderr.write(`${now.text}\n`);
      return 1;
    }
    if (now.on !== said && now.on !== '') process.stdout.write(`${now.on}\n`);
    said = now.on;
    if (elapsedMs > seconds * 1_000) {
      process.stderr.write(`not done after ${seconds} s; it goes on: ${later}\n`);
      return 1;
    }
    await sleep(LOOK_MS);
  }
}

/** The same for one Application. */
export const waitFor = (
  client: Client,
  { metadata: { namespace = '', name } }: Application,
  seconds: number,
  progress: (application: Application, elapsedMs: number) => Progress,
): Promise<number> =>
  waitUntil(seconds, `gantry app get ${name} -n ${namespace}`, async (elapsedMs) =>
    progress(await client.get<Application>(applications, namespace, name), elapsedMs),
  );

const END_HEALTH = ['Healthy', 'Degraded', 'Suspended', 'Missing'];

/** What a request is about to change is still said of the past, until the sync has seen it. */
const NEWS_MS = 3_000;

export interface Asked {
  /** The request was taken up; before that, what is shown is about the past. */
  readonly handled: boolean;
  /** What is under way answers this request: absent where any sync that is under way does. */
  readonly request?: string;
  readonly elapsedMs: number;
}

/** How far a sync that was asked for has come. */
export function syncProgress(application: Application, { handled, request, elapsedMs }: Asked): Progress {
  const { status = {} } = application;
  const { operation, message, history, health = 'Unknown', commit = '' } = status;
  const isAnswer = handled || request === undefined || operation?.request === request;
  if (operation !== undefined && isAnswer) {
    const on = operation.message ?? `applying ${operation.commit.slice(0, 7)}`;
    return operation.failure === undefined
      ? { type: 'waiting', on }
      : { type: 'failed', text: `failed: ${operation.failure}` };
  }
  if (!handled)
    return { type: 'waiting', on: (elapsedMs > NEWS_MS ? message : undefined) ?? 'waiting for the sync' };
  const [newest] = history ?? [];
  if (newest?.result === 'Failed')
    return { type: 'failed', text: `failed: ${newest.reason ?? message ?? ''}` };
  if (!END_HEALTH.includes(health)) return { type: 'waiting', on: `applied, ${health.toLowerCase()}` };
  const text = `${status.sync ?? 'Unknown'} at ${commit.slice(0, 7)}, ${health}${message === undefined ? '' : `\n${message}`}`;
  return health === 'Degraded' ? { type: 'failed', text } : { type: 'done', text };
}

/** Whether a condition's message is the value of the request, which tells that it was dealt with. */
export const isHandled = ({ status }: Application, type: string, value: string): boolean =>
  status?.conditions?.some((condition) => condition.type === type && condition.message === value) === true;
