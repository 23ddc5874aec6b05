import { z } from 'zod';
import { callJson } from './api.ts';
import { procedure, router } from './trpc.ts';

const PATH = '/apis/users.gantry.dev/v1alpha1/localusers';
const JSON_TYPE = { 'content-type': 'application/json' };

interface LocalUser {
  readonly metadata: { readonly name: string; readonly creationTimestamp: string };
  readonly spec: { readonly groups: readonly string[]; readonly disabled: boolean };
  readonly status: {
    readonly passwordIsInitial: boolean;
    readonly lockedUntil?: string;
    readonly lastSeenTime?: string;
    /** Once, of who was made or reset just now. */
    readonly initialPassword?: string;
  };
}

const lineOf = ({ metadata, spec, status }: LocalUser) => ({
  name: metadata.name,
  createdAt: metadata.creationTimestamp,
  groups: [...spec.groups],
  disabled: spec.disabled,
  passwordIsInitial: status.passwordIsInitial,
  lockedUntil: status.lockedUntil ?? '',
  lastSeenAt: status.lastSeenTime ?? '',
});

const name = z.string().min(1).max(253);
const groups = z.array(z.string().trim().min(1).max(253)).max(32);
const pathOf = (user: string): string => `${PATH}/${encodeURIComponent(user)}`;

/** Local users, by the API that decides who may manage them. */
export const usersRouter = router({
  list: procedure.query(async ({ ctx }) => {
    const { items } = await callJson<{ items: LocalUser[] }>(ctx.dispatch, { method: 'GET', path: PATH });
    return items.map(lineOf);
  }),

  /** Gives the first password, which is never shown again. */
  create: procedure.input(z.object({ name, groups })).mutation(async ({ ctx, input }) => {
    const body = { metadata: { name: input.name }, spec: { groups: input.groups } };
    const user = await callJson<LocalUser>(ctx.dispatch, {
      method: 'POST',
      path: PATH,
      headers: JSON_TYPE,
      body,
    });
    return { password: user.status.initialPassword ?? '' };
  }),

  update: procedure
    .input(z.object({ name, groups: groups.optional(), disabled: z.boolean().optional() }))
    .mutation(async ({ ctx, input: { name: user, ...spec } }) => {
      await callJson(ctx.dispatch, {
        method: 'PATCH',
        path: pathOf(user),
        headers: { 'content-type': 'application/merge-patch+json' },
        body: { spec },
      });
    }),

  /** Ends all sessions of the user, and gives a new first password. */
  resetPassword: procedure.input(z.object({ name })).mutation(async ({ ctx, input }) => {
    const path = `${pathOf(input.name)}/password`;
    const user = await callJson<LocalUser>(ctx.dispatch, {
      method: 'POST',
      path,
      headers: JSON_TYPE,
      body: {},
    });
    return { password: user.status.initialPassword ?? '' };
  }),

  delete: procedure.input(z.object({ name })).mutation(async ({ ctx, input }) => {
    await callJson(ctx.dispatch, { method: 'DELETE', path: pathOf(input.name) });
  }),
});
