import { setTimeout as sleep } from 'node:timers/promises';
import type { Lifecycle } from '@gantry/api/generated/types';
import type { Cri } from '../cri/port.ts';
import { portOf, probeHttp, probeTcp } from '../probes/probe.ts';
import type { AnyContainer } from './pod.ts';

type Handler = NonNullable<Lifecycle['postStart']>;

const HTTP_TIMEOUT_MS = 60_000;

/** Runs a postStart or preStop handler to its end. Throws with what went wrong. */
export async function runHook(
  handler: Handler,
  target: {
    readonly cri: Cri;
    readonly containerId: string;
    readonly container: AnyContainer;
    readonly podIp: string;
  },
  timeoutSeconds: number,
): Promise<void> {
  const { cri, containerId, container } = target;
  if (handler.exec !== undefined) {
    const command = handler.exec.command ?? [];
    const { exitCode, stdout, stderr } = await cri.execSync(containerId, command, timeoutSeconds);
    if (exitCode === 0) return;
    const output = Buffer.concat([stdout, stderr]).toString('utf8');
    throw new Error(`command '${command.join(' ')}' exited with ${exitCode}: ${output}`);
  }
  if (handler.sleep !== undefined) {
    await sleep(handler.sleep.seconds * 1000);
    return;
  }
  const probeTarget = { cri, containerId, container, podIp: target.podIp };
  const timeoutMs = timeoutSeconds > 0 ? timeoutSeconds * 1000 : HTTP_TIMEOUT_MS;
  const result =
    handler.httpGet !== undefined
      ? await probeHttp(handler.httpGet, probeTarget, timeoutMs)
      : handler.tcpSocket !== undefined
        ? await probeTcp(
            handler.tcpSocket.host ?? target.podIp,
            portOf(handler.tcpSocket.port, container),
            timeoutMs,
          )
        : { outcome: 'error', output: 'cannot run handler: none is set' };
  if (result.outcome !== 'success') throw new Error(result.output);
}
