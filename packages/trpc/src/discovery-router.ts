import { callJson } from './api.ts';
import { servedKinds } from './discovery.ts';
import { procedure, router } from './trpc.ts';

export const discoveryRouter = router({
  kinds: procedure.query(({ ctx }) => servedKinds(ctx.dispatch)),
  version: procedure.query(({ ctx }) =>
    callJson<{ gitVersion: string; platform?: string }>(ctx.dispatch, { method: 'GET', path: '/version' }),
  ),
});
