import { existsSync } from 'node:fs';
import type { Layout } from './layout.ts';
import type { ComponentStatus } from './supervisor/part.ts';
import { askSocket } from './supervisor/probe.ts';

/** What `gantry status -o json` prints. */
export interface StatusReport {
  readonly ready: boolean;
  readonly components: readonly ComponentStatus[];
  readonly kubeconfig: string;
  readonly ca: string;
  readonly logs: string;
  readonly data: string;
  readonly apiUrl: string;
  readonly consoleUrl: string;
  /** A template: replace NAME. Holds working credentials. */
  readonly gitUrl: string;
  readonly adminUser: string;
  /** Until it was changed. */
  readonly adminPassword?: string;
  /** Why simulated nodes run although none were asked for. */
  readonly simulatedBecause?: string;
}

/** Asks the running supervisor; undefined when none runs on this data folder. */
export async function readStatus(layout: Layout): Promise<StatusReport | undefined> {
  if (!existsSync(layout.supervisorSocket)) return undefined;
  try {
    const answer = await askSocket(layout.supervisorSocket, '/status');
    return JSON.parse(answer.body) as StatusReport;
  } catch {
    return undefined;
  }
}

/** Asks the supervisor to end everything, on request but the container runtime; resolves with whether it accepted. */
export async function requestShutdown(layout: Layout, keepRuntime: boolean): Promise<boolean> {
  try {
    const answer = await askSocket(layout.supervisorSocket, `/shutdown?keepRuntime=${keepRuntime}`, 'POST');
    return answer.status === 202;
  } catch {
    return false;
  }
}
