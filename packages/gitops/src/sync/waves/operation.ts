import type { Application, SyncOperation } from '@gantry/api/generated/types';
import { timestamp } from '@gantry/runtime/clock';
import { durationMs } from '../duration.ts';
import { pendingRequest, requesterOf } from '../request.ts';
import type { Step, Steps } from './steps.ts';

const TIMEOUT_MS = 300_000;
const RETRY_FIRST_MS = 5_000;
const RETRY_MAX_MS = 300_000;

/** A sync that is about to begin. `before`: the same one, when it was tried before and failed. */
export function beginOperation(
  application: Application,
  commit: string,
  steps: Steps,
  now: number,
  before: SyncOperation | undefined,
): SyncOperation {
  const request = pendingRequest(application);
  const retries = before?.retries ?? 0;
  // Whoever asks for something else meanwhile has not asked for this.
  const isSame = before !== undefined && before.request === request;
  const asked = request === undefined ? undefined : requesterOf(application);
  const user = (isSame ? before.user : undefined) ?? asked ?? application.spec.user;
  return {
    commit,
    ...at(steps.main, 0, now),
    waves: steps.main.filter(({ phase }) => phase === 'Sync').length,
    startTime: timestamp(now),
    generation: application.metadata.generation ?? 0,
    ...(retries === 0 ? {} : { retries }),
    ...(request === undefined ? {} : { request }),
    ...(user === undefined ? {} : { user }),
    created: 0,
    changed: 0,
    pruned: 0,
    transactions: 0,
  };
}

/** Where an operation is that has come to a step. */
function at(steps: readonly Step[], step: number, now: number) {
  const { phase = 'Sync', wave = 0 } = steps[step] ?? {};
  return { phase, wave, step, applied: false, phaseTime: timestamp(now) };
}

/** The next step of the same list; undefined when that was the last one. */
export function nextStep(
  operation: SyncOperation,
  steps: readonly Step[],
  now: number,
): SyncOperation | undefined {
  const next = (operation.step ?? 0) + 1;
  const { message: _, hooks: __, hooksRevision: ___, ...rest } = operation;
  return next < steps.length ? { ...rest, ...at(steps, next, now) } : undefined;
}

/** Runs the SyncFail hooks of a sync that failed. */
export function toFailureHooks(
  operation: SyncOperation,
  steps: readonly Step[],
  failure: string,
  now: number,
): SyncOperation {
  const { message: _, hooks: __, hooksRevision: ___, ...rest } = operation;
  return { ...rest, ...at(steps, 0, now), failure };
}

/** The step that an operation is at; undefined when the commit's steps are no longer those that it was made from. */
export function stepAt(operation: SyncOperation, steps: Steps): Step | undefined {
  const list = listOf(operation, steps);
  const step = list[operation.step ?? 0];
  return step !== undefined && step.phase === operation.phase && step.wave === operation.wave
    ? step
    : undefined;
}

export const listOf = ({ phase }: SyncOperation, steps: Steps): readonly Step[] =>
  phase === 'SyncFail' ? steps.onFailure : steps.main;

/** What comes of a failed sync: another try after a while, or undefined when there were enough. */
export function retryAfter(
  application: Application,
  operation: SyncOperation,
  failure: string,
  now: number,
): { readonly operation: SyncOperation; readonly waitMs: number } | undefined {
  const { limit, first, max } = application.spec.syncPolicy?.retry ?? {};
  const tried = operation.retries ?? 0;
  if (limit !== undefined && tried >= limit) return undefined;
  const firstMs = Math.max(durationMs(first, RETRY_FIRST_MS), 1_000);
  const waitMs = Math.min(
    firstMs * 2 ** Math.min(tried, 30),
    Math.max(durationMs(max, RETRY_MAX_MS), firstMs),
  );
  const { commit, generation, request, user, only, startTime, phase = 'Sync', wave = 0 } = operation;
  return {
    waitMs,
    operation: {
      commit,
      phase,
      wave,
      ...(startTime === undefined ? {} : { startTime }),
      ...(generation === undefined ? {} : { generation }),
      ...(request === undefined ? {} : { request }),
      ...(user === undefined ? {} : { user }),
      ...(only === undefined ? {} : { only }),
      retries: tried + 1,
      failure,
      retryTime: timestamp(now + waitMs + 999),
      message: `failed ${tried + 1} ${tried === 0 ? 'time' : 'times'}, is tried again at ${timestamp(now + waitMs + 999)}`,
    },
  };
}

/** Milliseconds until a failed operation may be tried again; 0 = now, undefined when it has not failed. */
export function retryWait({ retryTime }: SyncOperation, now: number): number | undefined {
  return retryTime === undefined ? undefined : Math.max(0, Date.parse(retryTime) - now);
}

/** Milliseconds that the step may take yet. */
export function timeLeft(application: Application, operation: SyncOperation, now: number): number {
  const begun = operation.phaseTime === undefined ? now : Date.parse(operation.phaseTime);
  return begun + timeoutMs(application) - now;
}

export const timeoutMs = (application: Application): number =>
  Math.max(durationMs(application.spec.syncPolicy?.timeout, TIMEOUT_MS), 1_000);

/** Hooks that were begun are not cut off by what is newer: a migration that is half done is worse than one that waits. */
export const runsHooks = ({ applied, phase, hooks = 0, retryTime }: SyncOperation): boolean =>
  applied === true && (phase !== 'Sync' || hooks > 0) && retryTime === undefined;

/**
 * Whether what is under way, and kept from ending by itself, isn't what is followed: another commit is, or its hooks run
 * for what the Application was before it was changed.
 */
export function isOvertaken(application: Application, operation: SyncOperation, target: string): boolean {
  if (operation.commit !== target) return true;
  return runsHooks(operation) && operation.generation !== application.metadata.generation;
}

/** Whether what is under way is still what is wanted. */
export function isWanted(application: Application, operation: SyncOperation, target: string): boolean {
  if (runsHooks(operation)) return true;
  if (operation.generation !== application.metadata.generation) return false;
  if (operation.request !== pendingRequest(application)) return false;
  // Without automation a newer commit waits until it is asked for.
  return operation.commit === target || application.spec.syncPolicy?.automated === false;
}

/** `PreSync hooks`, `wave 2 (2 of 3)` */
export function describeStep({ phase, wave = 0, waves = 1, step = 0 }: SyncOperation, steps?: Steps): string {
  if (phase !== 'Sync') return `${phase} hooks`;
  if (waves < 2) return 'sync';
  const before = steps?.main.slice(0, step).filter((one) => one.phase === 'Sync').length;
  return before === undefined ? `wave ${wave}` : `wave ${wave} (${before + 1} of ${waves})`;
}
