import { createClient } from '@gantry/client/client';
import { loadKubeconfig } from '@gantry/client/kubeconfig';
import type { Session } from './manager.ts';
import type { ManagerOptions } from './options.ts';

/** Loaded only when asked for: a manager without it does not pay for it. */
export async function runSchedulerPart(session: Session, signal: AbortSignal): Promise<void> {
  const { runScheduler } = await import('@gantry/scheduling/run');
  await runScheduler({ ...session.contextFor('default-scheduler'), signal });
}

export async function runSyncPart(
  options: ManagerOptions,
  session: Session,
  signal: AbortSignal,
): Promise<void> {
  if (options.gitRoot === undefined) throw new Error('--sync needs --git-root');
  const { runSync } = await import('@gantry/gitops/run');
  const { server, ca, serverName, insecure } = loadKubeconfig(options.syncKubeconfig ?? options.kubeconfig);
  const anonymous = createClient({
    server,
    ...(ca === undefined ? {} : { ca }),
    ...(serverName === undefined ? {} : { serverName }),
    ...(insecure === undefined ? {} : { insecure }),
  });
  try {
    await runSync({
      context: session.contextFor('gantry-sync'),
      anonymous,
      gitRoot: options.gitRoot,
      ...(options.gitSocket === undefined ? {} : { gitSocket: options.gitSocket }),
      ...(options.helm === undefined ? {} : { helm: options.helm }),
      ...(options.syncAllowAddresses === undefined ? {} : { allowedAddresses: options.syncAllowAddresses }),
      apiServer: server,
      signal,
    });
  } finally {
    anonymous.close();
  }
}
