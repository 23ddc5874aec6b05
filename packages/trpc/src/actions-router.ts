import { z } from 'zod';
import { write } from './api.ts';
import { applicationRequests } from './application-requests.ts';
import { objectPath, objectRef } from './resource-ref.ts';
import { procedure, router } from './trpc.ts';

const MERGE_PATCH = 'application/merge-patch+json';
const REPLICAS_MAX = 100_000;
/** The annotation that `kubectl rollout restart` sets. */
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

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

  ...applicationRequests,
});
