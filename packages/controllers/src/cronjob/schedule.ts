import { Cron } from 'croner';

/** More starts missed than this are not counted one by one. */
const MAX_MISSED = 100;
const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** When a schedule fires. */
export interface Schedule {
  /** The first time after `after`, epoch ms; undefined when there is none. */
  next(after: number): number | undefined;
}

/** `@every 1h30m`: counted from the last start, in whole seconds. */
function everySchedule(text: string): Schedule {
  let ms = 0;
  let rest = text;
  while (rest !== '') {
    const match = /^(\d+(?:\.\d+)?)(ms|h|m|s)/.exec(rest);
    if (match === null) throw new Error(`unparseable schedule @every ${text}`);
    ms += Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0);
    rest = rest.slice(match[0].length);
  }
  const period = Math.max(Math.floor(ms / 1000) * 1000, 1000);
  return { next: (after) => Math.floor(after / 1000) * 1000 + period };
}

/** Reads a cron expression, in `timeZone` (default UTC). Throws when it is not one. */
export function parseSchedule(text: string, timeZone: string | undefined): Schedule {
  if (text.startsWith('@every ')) return everySchedule(text.slice('@every '.length).trim());
  const inline = /^(?:CRON_TZ|TZ)=(\S+)\s+(.*)$/.exec(text);
  const cron = new Cron(inline?.[2] ?? text, {
    paused: true,
    timezone: inline?.[1] ?? timeZone ?? 'Etc/UTC',
    mode: '5-part',
  });
  return { next: (after) => cron.nextRun(new Date(after))?.getTime() };
}

export interface Missed {
  /** The latest time that has come, epoch ms. */
  readonly latest: number | undefined;
  readonly count: number;
  readonly tooMany: boolean;
}

/** Times after `since` that have come by `now`. */
export function missedRuns(schedule: Schedule, since: number, now: number): Missed {
  let latest: number | undefined;
  let count = 0;
  for (let next = schedule.next(since); next !== undefined && next <= now; next = schedule.next(next)) {
    latest = next;
    count++;
    if (count <= MAX_MISSED) continue;
    // From here on only the last one matters: look for it near now, in ever wider steps back.
    for (let back = 60_000; back < now - next; back *= 2) {
      const candidate = missedRuns(schedule, now - back, now);
      if (candidate.latest !== undefined) return { latest: candidate.latest, count, tooMany: true };
    }
    return { latest, count, tooMany: true };
  }
  return { latest, count, tooMany: false };
}
