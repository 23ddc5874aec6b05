import { z } from 'zod';
import { write } from './api.ts';
import type { Dispatch } from './port.ts';
import { objectPath } from './resource-ref.ts';
import { procedure } from './trpc.ts';

const APPLICATIONS = { group: 'gitops.gantry.dev', version: 'v1alpha1', plural: 'applications' };
const MERGE_PATCH = 'application/merge-patch+json';
/** Any new value asks the sync to apply the newest commit now. */
export const SYNC_REQUESTED_AT = 'gitops.gantry.dev/sync-requested-at';
const SYNC_OBJECTS = 'gitops.gantry.dev/sync-objects';
const APPROVE_PRUNE = 'gitops.gantry.dev/approve-prune';
const ROLLBACK_TO = 'gitops.gantry.dev/rollback-to';
const OBJECTS_MAX = 5_000;

const named = z.object({ namespace: z.string().min(1).max(253), name: z.string().min(1).max(253) });
/** `group/Kind/namespace/name`. */
const identity = z
  .string()
  .min(3)
  .max(1_024)
  .regex(/^[^,]+$/);

const now = (): string => new Date().toISOString();

/** Requests to the sync are annotations of the Application, the same from kubectl, the console and `gantry app`. */
async function annotate(
  dispatch: Dispatch,
  { namespace, name }: z.infer<typeof named>,
  annotations: Readonly<Record<string, string | null>>,
): Promise<void> {
  await write(dispatch, {
    method: 'PATCH',
    path: objectPath({ resource: APPLICATIONS, namespace, name }),
    contentType: MERGE_PATCH,
    body: { metadata: { annotations } },
  });
}

/** Of the actions router. */
export const applicationRequests = {
  /** Applies the newest commit now, also one that was rolled back. */
  sync: procedure
    .input(named)
    .mutation(({ ctx, input }) =>
      annotate(ctx.dispatch, input, { [SYNC_REQUESTED_AT]: now(), [SYNC_OBJECTS]: null }),
    ),

  /** Applies these objects of the newest commit now, and deletes nothing. */
  syncObjects: procedure
    .input(named.extend({ objects: z.array(identity).min(1).max(OBJECTS_MAX) }))
    .mutation(({ ctx, input }) =>
      annotate(ctx.dispatch, input, {
        [SYNC_REQUESTED_AT]: now(),
        [SYNC_OBJECTS]: input.objects.join(','),
      }),
    ),

  /** Lets the deletions go on that `approval` names: the value of status.pendingPrune.approval. */
  approvePrune: procedure
    .input(named.extend({ approval: z.string().min(1).max(253) }))
    .mutation(({ ctx, input }) => annotate(ctx.dispatch, input, { [APPROVE_PRUNE]: input.approval })),

  /** Goes back to a commit that was applied before, and keeps the present one from being applied again. */
  rollBack: procedure
    .input(named.extend({ commit: z.string().regex(/^[0-9a-f]{7,64}$/) }))
    .mutation(({ ctx, input }) =>
      // The time: the same may be asked for again.
      annotate(ctx.dispatch, input, { [ROLLBACK_TO]: `${input.commit}@${now()}` }),
    ),
};
