import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureRuntime } from '@gantry/node/containerd/runtime';
import { stopPostgres } from '@gantry/postgres/launcher';
import { readStatus, requestShutdown } from '../client-socket.ts';
import { UserError } from '../errors.ts';
import { type Layout, layoutOf, pidFile } from '../layout.ts';
import { rememberedOptions } from '../lock.ts';
import type { UpOptions } from '../options.ts';
import { purge } from '../purge.ts';
import { lineLogger } from '../supervisor/line-logger.ts';
import { stopAllPods } from '../supervisor/pods.ts';
import { endProcess, endRecorded, recordedPid } from '../supervisor/process-table.ts';

const STOP_TIMEOUT_MS = 90_000;

/** Ends Gantry on this data folder, whoever started it and however it ended. */
export async function down(
  data: string,
  how: { readonly stopPods: boolean; readonly purge: boolean },
): Promise<void> {
  const layout = layoutOf(data);
  if (!existsSync(layout.options)) {
    process.stdout.write(`Nothing was started on ${data}\n`);
    return;
  }
  const options = rememberedOptions<UpOptions>(layout.options);
  const stopPods = how.stopPods || how.purge;
  const wasRunning = await endSupervisor(layout, stopPods);
  await endLeftovers(layout);
  if (stopPods && !wasRunning) await stopPodsOfStopped(data, options);
  if (how.purge) await purge(layout, options);
  process.stdout.write(
    how.purge
      ? `Removed everything under ${data}\n`
      : stopPods
        ? 'Stopped, pods included\n'
        : 'Stopped; pods go on running\n',
  );
}

async function endSupervisor(layout: Layout, stopPods: boolean): Promise<boolean> {
  if ((await readStatus(layout)) === undefined) return false;
  const lock = join(layout.data, 'lock');
  const pid = recordedPid(lock);
  await requestShutdown(layout, stopPods);
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (pid !== undefined && recordedPid(lock) === pid && Date.now() < deadline) await sleep(50);
  if (pid !== undefined && recordedPid(lock) === pid) {
    await endProcess(pid, 1_000);
    throw new UserError(
      `the supervisor (process ${pid}) did not end within ${STOP_TIMEOUT_MS / 1000} s and was killed: run \`gantry down\` again`,
    );
  }
  return true;
}

/** Processes whose supervisor was killed. */
async function endLeftovers(layout: Layout): Promise<void> {
  for (const name of ['node-agent', 'console', 'controller-manager', 'apiserver'])
    await endRecorded(pidFile(layout, name), 15_000);
  await stopPostgres(layout.postgres);
}

async function stopPodsOfStopped(data: string, options: UpOptions | undefined): Promise<void> {
  if (options === undefined || options.simulatedNodes !== undefined || process.getuid?.() !== 0) return;
  if (!existsSync(join(data, 'containerd')) && options.criEndpoint === undefined) return;
  const runtime = await ensureRuntime({
    dataDir: data,
    log: lineLogger(() => undefined),
    ...(options.criEndpoint === undefined ? {} : { criEndpoint: options.criEndpoint }),
  });
  await stopAllPods(runtime.endpoint);
  await runtime.stop();
}
