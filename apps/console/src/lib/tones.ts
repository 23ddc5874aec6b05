/** What a status word means. Drift is amber, broken is red; each tone has its own icon, so that colour is never alone. */
export type Tone = 'ok' | 'drift' | 'broken' | 'busy' | 'idle';

const WORDS: Readonly<Record<string, Tone>> = {
  Synced: 'ok',
  Healthy: 'ok',
  Running: 'ok',
  Ready: 'ok',
  Active: 'ok',
  Bound: 'ok',
  Available: 'ok',
  Applied: 'ok',
  Completed: 'ok',
  Complete: 'ok',
  Succeeded: 'ok',
  True: 'ok',
  Approved: 'ok',
  OutOfSync: 'drift',
  Warning: 'drift',
  Released: 'drift',
  Rejected: 'broken',
  Refused: 'broken',
  Degraded: 'broken',
  Missing: 'broken',
  Failed: 'broken',
  Evicted: 'broken',
  OOMKilled: 'broken',
  Lost: 'broken',
  NotReady: 'broken',
  Progressing: 'busy',
  Pending: 'busy',
  ContainerCreating: 'busy',
  PodInitializing: 'busy',
  Terminating: 'busy',
  Suspended: 'idle',
  Unmanaged: 'idle',
  Superseded: 'idle',
  Unknown: 'idle',
};

/** The tone of a status word, also of composed ones such as `Ready,SchedulingDisabled` or `Init:0/1`. */
export function toneOf(word: string): Tone {
  const known = WORDS[word];
  if (known !== undefined) return known;
  if (/BackOff|Error|Err[A-Z]|Failed|NotReady|Invalid/.test(word)) return 'broken';
  if (/SchedulingDisabled/.test(word)) return 'drift';
  if (/^Init:|Creating|Pending/.test(word)) return 'busy';
  return 'idle';
}

/** Columns of server Tables that hold a status word. */
export const isStatusColumn = (column: string): boolean =>
  /^(Status|Sync|Health|Phase|Ready State)$/i.test(column);

/** `2/3` is on its way, `3/3` is ready; undefined for anything else. */
export function readyTone(text: string): Tone | undefined {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  if (match === null) return undefined;
  return match[1] === match[2] ? 'ok' : 'busy';
}
