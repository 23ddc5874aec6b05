import { z } from 'zod';
import { listPast } from './list-past.ts';
import { changesOf, objectPast } from './object-past.ts';
import { permit, revisionOf } from './past.ts';
import { objectRef, resourceRef } from './resource-ref.ts';
import { procedure, router } from './trpc.ts';

const moment = {
  /** RFC 3339; in place of a revision. */
  time: z.string().max(40).optional(),
  revision: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
};

/**
 * Time travel: lists and objects as they were, from the change log. Asks for the same rights as reading them now;
 * values of Secrets are never shown. What the log no longer holds fails with PRECONDITION_FAILED, which says how far it
 * reaches.
 */
export const historyRouter = router({
  /** How far back one can go, and the revision of a time. */
  reach: procedure.query(async ({ ctx }) => {
    const oldest = await ctx.past.oldestMs();
    return { oldest: oldest === undefined ? null : new Date(oldest).toISOString() };
  }),

  /** One object as it was, how it differs from now, and who changed what since. */
  objectAt: procedure
    .input(objectRef.extend({ ...moment, limit: z.number().int().min(1).max(50).default(20) }))
    .query(async ({ ctx, input }) => {
      await permit(ctx, 'get', input);
      return objectPast(ctx, input, await revisionOf(ctx, input), input.limit);
    }),

  /** A list as it was; namespace '' is all of them. */
  listAt: procedure
    .input(
      z.object({
        resource: resourceRef,
        namespace: z.string().max(253).default(''),
        ...moment,
        limit: z.number().int().min(1).max(5_000).default(1_000),
      }),
    )
    .query(async ({ ctx, input }) => {
      await permit(ctx, 'list', input);
      const revision = await revisionOf(ctx, input);
      const then = input.time === undefined ? new Date() : new Date(input.time);
      return listPast(ctx, input.resource, input.namespace, { revision, then }, input.limit);
    }),

  /** Changes of one object, newest first: who, when, from which commit, and which fields. `before`: a revision. */
  changesOf: procedure
    .input(
      objectRef.extend({
        limit: z.number().int().min(1).max(50).default(20),
        before: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
      }),
    )
    .query(async ({ ctx, input }) => {
      await permit(ctx, 'get', input);
      return changesOf(ctx, input, input.limit, input.before);
    }),
});
