import type { Application } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import { GitError } from '../git/tree.ts';
import { chartInterval, isChartRange } from '../render/helm/chart-range.ts';
import type { Rendered } from '../render/render.ts';
import { withJitter } from './interval.ts';

interface Look {
  /** Another generation or version applied: what was found is no longer so. */
  readonly tag: string;
  readonly dueMs: number;
  readonly found?: string;
}

export interface ChartNews {
  /** Version of the chart that is to be applied now, when it isn't the one that was. */
  readonly newer?: string;
  /** Milliseconds until the next look; absent: no range is followed. */
  readonly againMs?: number;
}

/** When the charts of Applications that follow a range of versions are looked at, and what was found. */
export class ChartVersions {
  readonly #looks = new Map<string, Look>();
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  forget(key: string): void {
    this.#looks.delete(key);
  }

  /** `render`: as it would be applied now. What can't be read is tried again after the interval, and changes nothing. */
  async check(application: Application, render: () => Promise<Rendered>, now: number): Promise<ChartNews> {
    const { helm } = application.spec.source;
    if (helm === undefined || !isChartRange(helm)) return {};
    const key = keyOf(application);
    const { uid = '', generation = 0 } = application.metadata;
    const applied = application.status?.chartVersion;
    const tag = `${uid} ${generation} ${applied}`;
    const intervalMs = chartInterval(helm);
    const before = this.#looks.get(key);
    let look: Look =
      before?.tag === tag
        ? before
        : // After a start, or a sync: not all at once.
          { tag, dueMs: now + withJitter(intervalMs, this.#random()) };
    if (look.dueMs <= now) {
      const found = await versionOf(render);
      const dueMs = now + withJitter(intervalMs, this.#random());
      look = { tag, dueMs, ...(found === undefined || found === applied ? {} : { found }) };
    }
    this.#looks.set(key, look);
    const againMs = Math.max(1, look.dueMs - now);
    return look.found === undefined ? { againMs } : { newer: look.found, againMs };
  }
}

async function versionOf(render: () => Promise<Rendered>): Promise<string | undefined> {
  try {
    return (await render()).chartVersion;
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
