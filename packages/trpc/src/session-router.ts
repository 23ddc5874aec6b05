import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { sessionCookie } from './session-cookie.ts';
import {
  AccountRests,
  isAnonymous,
  mustChangePassword,
  ownProcedure,
  procedure,
  publicProcedure,
  router,
} from './trpc.ts';

const password = z.string().min(1).max(1024);

/** What went wrong in words for the person, or undefined when it is no fault of theirs. */
const inputProblem = (error: unknown): string | undefined =>
  error instanceof Error && error.name === 'UserInputError' ? error.message : undefined;

export const sessionRouter = router({
  /** The ways to sign in, for who is not. */
  ways: publicProcedure.query(({ ctx }) => ({ oidc: ctx.oidcLabel ?? null })),

  /** Who is signed in; null for nobody. */
  me: publicProcedure.query(async ({ ctx }) => {
    if (isAnonymous(ctx.user)) return null;
    const account =
      ctx.sessionToken === undefined ? undefined : await ctx.accounts.lookupSession(ctx.sessionToken);
    return {
      name: ctx.user.name,
      groups: [...ctx.user.groups],
      mustChangePassword: mustChangePassword(ctx.user),
      /** A local user in a session of their own. */
      hasPassword: account !== undefined && account.isExternal !== true,
    };
  }),

  signIn: publicProcedure
    .input(z.object({ name: z.string().trim().min(1).max(253), password }))
    .mutation(async ({ ctx, input }) => {
      const check = await ctx.accounts.verifyPassword(input.name, input.password);
      if (!check.ok) {
        throw check.reason === 'locked'
          ? new TRPCError({
              code: 'TOO_MANY_REQUESTS',
              message: `Too many wrong passwords: this account rests. Try again in ${check.retryAfterSeconds} seconds.`,
              cause: new AccountRests(check.retryAfterSeconds),
            })
          : new TRPCError({ code: 'UNAUTHORIZED', message: 'The user name or the password is wrong.' });
      }
      const session = await ctx.accounts.createSession(check.user.id, ctx.userAgent?.slice(0, 256));
      ctx.setCookie(sessionCookie(session.token, ctx.secure, `Expires=${session.expiresAt.toUTCString()}`));
      return { name: check.user.name, passwordIsInitial: check.user.passwordIsInitial };
    }),

  signOut: publicProcedure.mutation(async ({ ctx }) => {
    if (ctx.sessionToken !== undefined) await ctx.accounts.revokeSession(ctx.sessionToken);
    ctx.setCookie(sessionCookie('', ctx.secure, 'Max-Age=0'));
  }),

  /** Ends all sessions of the user and starts a new one for this browser. */
  changePassword: ownProcedure
    .input(z.object({ oldPassword: password, newPassword: password }))
    .mutation(async ({ ctx, input }) => {
      const { name } = ctx.user;
      try {
        await ctx.accounts.changePassword(name, input.oldPassword, input.newPassword);
      } catch (error) {
        const message = inputProblem(error);
        throw message === undefined ? error : new TRPCError({ code: 'BAD_REQUEST', message });
      }
      const check = await ctx.accounts.verifyPassword(name, input.newPassword);
      if (!check.ok) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'Sign in with the new password.' });
      const session = await ctx.accounts.createSession(check.user.id, ctx.userAgent?.slice(0, 256));
      ctx.setCookie(sessionCookie(session.token, ctx.secure, `Expires=${session.expiresAt.toUTCString()}`));
    }),

  /** Where one is signed in; nothing for who came without a session. */
  sessions: procedure.query(async ({ ctx }) => {
    const sessions = ctx.sessionToken === undefined ? [] : await ctx.accounts.listSessions(ctx.sessionToken);
    return sessions.map(({ createdAt, lastSeenAt, expiresAt, ...rest }) => ({
      ...rest,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    }));
  }),

  /** Ends a session of one's own, or without `id` all but this one. It counts for nobody within ten seconds. */
  revoke: procedure.input(z.object({ id: z.uuid().optional() })).mutation(async ({ ctx, input }) => {
    if (ctx.sessionToken !== undefined) await ctx.accounts.revokeSessions(ctx.sessionToken, input.id);
  }),
});
