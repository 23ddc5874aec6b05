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
 * Looks at an Application until `progress` has an end, and prints each new step. Returns the exit code: 0 done, 1 failed
 * or out of time.
 */
export async function waitFor(
  client: Client,
  { metadata: { namespace = '', name } }: Application,
  seconds: number,
  progress: (application: Application) => Progress,
): Promise<number> {
  const end = performance.now() + seconds * 1_000;
  let said = '';
  for (;;) {
    const now = progress(await client.get<Application>(applications, namespace, name));
    if (now.type === 'done') {
      process.stdout.write(`${now.text}\n`);
      return 0;
    }
    if (now.type === 'failed') {
      process.stderr.write(`${now.text}\n`);
      return 1;
    }
    if (now.on !== said) process.stdout.write(`${now.on}\n`);
    said = now.on;
    if (performance.now() > end) {
      process.stderr.write(
        `not done after ${seconds} s; it goes on: gantry app get ${name} -n ${namespace}\n`,
      );
      return 1;
    }
    await sleep(LOOK_MS);
  }
}

const END_HEALTH = ['Healthy', 'Degraded', 'Suspended', 'Missing'];

/**
 * Of a sync to what `isAsked` says of the status. `handled`: whether the request was taken up; before that, what is shown
 * is about the past.
 */
export function syncProgress(application: Application, handled: boolean): Progress {
  const { status = {} } = application;
  const { operation, message, history, health = 'Unknown', commit = '' } = status;
  if (operation !== undefined) {
    const on = operation.message ?? `applying ${operation.commit.slice(0, 7)}`;
    return operation.failure === undefined
      ? { type: 'waiting', on }
      : { type: 'failed', text: `failed: ${operation.failure}` };
  }
  if (!handled) return { type: 'waiting', on: message ?? 'waiting for the sync' };
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
