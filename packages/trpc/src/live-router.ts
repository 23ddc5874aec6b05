import { setTimeout as sleep } from 'node:timers/promises';
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { ApiError } from './api.ts';
import { resourceRef } from './resource-ref.ts';
import type { TableView } from './table-view.ts';
import { type Context, procedure, router } from './trpc.ts';

const MAX_TOPICS = 40;
/** Changes within this time are told together. */
const GATHER_MS = 200;

const topic = z.object({
  /** Chosen by the browser; comes back with each change. */
  id: z.string().min(1).max(1024),
  resource: resourceRef,
  namespace: z.string().max(253),
  labelSelector: z.string().max(1024).optional(),
  fieldSelector: z.string().max(1024).optional(),
});
type TopicInput = z.infer<typeof topic>;

/** Revision of each topic that changed; what could not be watched, with the reason. */
export interface LiveMessage {
  readonly revisions: Readonly<Record<string, number>>;
  readonly errors: Readonly<Record<string, string>>;
}

interface Opened {
  readonly views: ReadonlyMap<string, TableView>;
  readonly errors: Readonly<Record<string, string>>;
}

async function openAll(ctx: Context, topics: readonly TopicInput[]): Promise<Opened> {
  const views = new Map<string, TableView>();
  const errors: Record<string, string> = {};
  await Promise.all(
    topics.map(async (one) => {
      try {
        views.set(one.id, await ctx.views.open(ctx.user, ctx.dispatch, one));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        errors[one.id] = error.message;
      }
    }),
  );
  return { views, errors };
}

/**
 * Says which lists have changed; the browser then reads anew what it shows of them. The event id is the newest revision
 * told of: after a lost connection only what is newer is told.
 */
async function* follow(
  ctx: Context,
  topics: readonly TopicInput[],
  since: number,
  signal: AbortSignal,
): AsyncGenerator<readonly [string, LiveMessage]> {
  const { views, errors } = await openAll(ctx, topics);
  const changed = new Set<string>([...views].filter(([, view]) => view.revision > since).map(([id]) => id));
  let wake: (() => void) | undefined;
  const stops = [...views].map(([id, view]) =>
    view.onChange(() => {
      changed.add(id);
      wake?.();
    }),
  );
  const onAbort = (): void => wake?.();
  signal.addEventListener('abort', onAbort);
  try {
    let newest = since;
    for (let first = true; !signal.aborted; first = false) {
      if (changed.size > 0 || first) {
        const revisions = Object.fromEntries([...changed].map((id) => [id, views.get(id)?.revision ?? 0]));
        changed.clear();
        newest = Math.max(newest, ...Object.values(revisions));
        yield [String(newest), { revisions, errors: first ? errors : {} }];
        await sleep(GATHER_MS);
      }
      if (changed.size === 0 && !signal.aborted)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    for (const stop of stops) stop();
  }
}

export const liveRouter = router({
  /** Every list and object that the browser shows, on one connection. */
  changes: procedure
    .input(z.object({ topics: z.array(topic).max(MAX_TOPICS), lastEventId: z.string().max(32).nullish() }))
    .subscription(async function* ({ ctx, input, signal }) {
      const since = Number(input.lastEventId ?? 0) || 0;
      const ended = signal ?? new AbortController().signal;
      for await (const [id, message] of follow(ctx, input.topics, since, ended)) yield tracked(id, message);
    }),
});
