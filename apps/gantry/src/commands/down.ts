import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { requestShutdown } from '../client-socket.ts';
import { callHelper } from '../helper/call.ts';
import { type Layout, layoutOf, pidFile } from '../layout.ts';
import { lockHolder, rememberedOptions } from '../lock.ts';
import type { UpOptions } from '../options.ts';
import { endProcess, endRecorded, identify } from '../supervisor/process-table.ts';
import { endContainerd, endPostgres } from '../supervisor/services.ts';
import { COMPONENT_NAMES } from '../supervisor/specs.ts';

const STOP_TIMEOUT_MS = 90_000;

/** Ends Gantry on this data folder, whoever started it and however it ended. */
export async function down(
  data: string,
  how: { readonly stopPods: boolean; readonly purge: boolean },
): Promise<void> {
  const layout = layoutOf(data);
  if (!existsSync(layout.options) && !existsSync(layout.lock)) {
    process.stdout.write(`Nothing was started on ${data}\n`);
    return;
  }
  const options = rememberedOptions(layout.options);
  const withPods = how.stopPods || how.purge;
  await endSupervisor(layout, withPods);
  for (const name of COMPONENT_NAMES) await endRecorded(pidFile(layout, name), 15_000);
  if (withPods && hadRealNode(layout, options)) await endPods(layout, options);
  await endContainerd(layout);
  await endPostgres(layout);
  if (!how.purge) {
    process.stdout.write(withPods ? 'Stopped, pods included\n' : 'Stopped; pods go on running\n');
    return;
  }
  const { purge } = await import('../purge/purge.ts');
  const left = await purge(layout, options);
  process.stdout.write(
    left.length === 0
      ? `Removed everything under ${data}\n`
      : `Removed everything of Gantry's under ${data}; not Gantry's, so still there: ${left.join(', ')}\n`,
  );
}

/** Asks the supervisor to end; kills it when it does not. What it leaves then is ended by the caller. */
async function endSupervisor(layout: Layout, keepRuntime: boolean): Promise<void> {
  const pid = lockHolder(layout);
  const id = pid === undefined ? undefined : identify(pid);
  if (id === undefined) return;
  if (!(await requestShutdown(layout, keepRuntime))) {
    await endProcess(id, { graceMs: STOP_TIMEOUT_MS });
    return;
  }
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (lockHolder(layout) === pid && Date.now() < deadline) await sleep(25);
  if (lockHolder(layout) !== pid) return;
  process.stderr.write(
    `the supervisor (process ${pid}) did not end within ${STOP_TIMEOUT_MS / 1000} s: it is killed\n`,
  );
  await endProcess(id, { graceMs: 1_000 });
}

/** A start that fell back to simulated nodes, or that ended before its node agent ran, left no pods: the folder says so. */
const hadRealNode = (layout: Layout, options: UpOptions | undefined): boolean =>
  process.getuid?.() === 0 && options?.simulatedNodes === undefined && existsSync(layout.node);

async function endPods(layout: Layout, options: UpOptions | undefined): Promise<void> {
  const given = options?.criEndpoint === undefined ? {} : { criEndpoint: options.criEndpoint };
  const { endpoint } = await callHelper('runtime', { dataDir: layout.data, ...given });
  await callHelper('stop-pods', { endpoint, nodeRoot: layout.node });
}
