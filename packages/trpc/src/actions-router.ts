import { z } from 'zod';
import { write } from './api.ts';
import { objectPath, objectRef } from './resource-ref.ts';
import { procedure, router } from './trpc.ts';

const MERGE_PATCH = 'application/merge-patch+json';
const REPLICAS_MAX = 100_000;
/** The annotation that `kubectl rollout restart` sets. */
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';
/** Any new value asks the sync to apply the newest commit now. */
export const SYNC_REQUESTED_AT = 'gitops.gantry.dev/sync-requested-at';

const now = (): string => new Date().toISOString();

export const actionsRouter = router({
  scale: procedure
    .input(z.object({ ref: objectRef, replicas: z.number().int().min(0).max(REPLICAS_MAX) }))
    .mutation(async ({ ctx, input }) => {
      await write(ctx.dispatch, {
        method: 'PATCH',
        path: objectPath(input.ref, 'scale'),
        contentType: MERGE_PATCH,
        body: { spec: { replicas: input.replicas } },
      });
    }),

  /** Rolls all pods of a workload, as `kubectl rollout restart` does. */
  restart: procedure.input(z.object({ ref: objectRef })).mutation(async ({ ctx, input }) => {
    await write(ctx.dispatch, {
      method: 'PATCH',
      path: objectPath(input.ref),
      contentType: MERGE_PATCH,
      body: { spec: { template: { metadata: { annotations: { [RESTARTED_AT]: now() } } } } },
    });
  }),

  cordon: procedure
    .input(z.object({ name: z.string().min(1).max(253), unschedulable: z.boolean() }))
    .mutation(async ({ ctx, input }) => {
      const resource = { group: '', version: 'v1', plural: 'nodes' };
      await write(ctx.dispatch, {
        method: 'PATCH',
        path: objectPath({ resource, namespace: '', name: input.name }),
        contentType: MERGE_PATCH,
        body: { spec: { unschedulable: input.unschedulable ? true : null } },
      });
    }),

  /** Asks the sync to apply the newest commit now. */
  sync: procedure
    .input(z.object({ namespace: z.string().min(1).max(253), name: z.string().min(1).max(253) }))
    .mutation(async ({ ctx, input }) => {
      const resource = { group: 'gitops.gantry.dev', version: 'v1alpha1', plural: 'applications' };
      await write(ctx.dispatch, {
        method: 'PATCH',
        path: objectPath({ resource, ...input }),
        contentType: MERGE_PATCH,
        body: { metadata: { annotations: { [SYNC_REQUESTED_AT]: now() } } },
      });
    }),
});
