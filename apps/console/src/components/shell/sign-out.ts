import { api } from '../../lib/trpc.ts';

/** Ends the session. A full load, so that nothing of it stays in memory. */
export async function signOut(): Promise<void> {
  await api.session.signOut.mutate().catch(() => undefined);
  window.location.assign('/signin');
}
