import type { Application, ApplicationHistoryEntry } from '@gantry/api/generated/types';
import type { KubeList, KubeObject } from '@gantry/machinery/object';
import { z } from 'zod';
import { ApiError, callJson } from './api.ts';
import { SYNC_REQUESTED_AT } from './application-requests.ts';
import { childrenOf } from './children.ts';
import { servedKinds } from './discovery.ts';
import { driftOf } from './drift.ts';
import { planProcedures } from './plans-router.ts';
import type { Dispatch } from './port.ts';
import { type PushProblem, parsePushProblems, parseRejection } from './push-problems.ts';
import { collectionPath, objectPath } from './resource-ref.ts';
import { procedure, router } from './trpc.ts';

const APPLICATIONS = { group: 'gitops.gantry.dev', version: 'v1alpha1', plural: 'applications' };
const EVENTS = { group: '', version: 'v1', plural: 'events' };
/** The condition in which the sync notes which request it has dealt with. */
const SYNC_HANDLED = 'SyncHandled';
const DRIFTS_MAX = 100;
const REJECTIONS_MAX = 5;

const applicationName = z.object({ namespace: z.string().min(1).max(253), name: z.string().min(1).max(253) });

/** An Application in a list: its two axes, and what happened last. */
export interface ApplicationLine {
  readonly namespace: string;
  readonly name: string;
  readonly sync: string;
  readonly health: string;
  readonly message: string;
  readonly repository: string;
  readonly branch: string;
  /** What is followed: a branch, a tag, a range of versions, or one commit. */
  readonly follows: { readonly what: 'branch' | 'tag' | 'semver' | 'commit'; readonly value: string };
  readonly path: string;
  readonly commit: string;
  readonly targetCommit: string;
  readonly last: ApplicationHistoryEntry | null;
  readonly objects: number;
  readonly createdAt: string;
}

/** The worst object's words, when the Application itself says nothing. */
function messageOf({ status }: Application): string {
  if (status?.message !== undefined && status.message !== '') return status.message;
  const worst =
    status?.objects?.find(({ health }) => health === 'Degraded' || health === 'Missing') ??
    status?.objects?.find(({ health }) => health === 'Progressing');
  if (worst === undefined) return '';
  return `${worst.kind}/${worst.name}: ${worst.message ?? worst.health ?? ''}`;
}

function followed({ spec: { source } }: Application): ApplicationLine['follows'] {
  for (const what of ['commit', 'semver', 'tag'] as const) {
    const value = source[what];
    if (value !== undefined && value !== '') return { what, value };
  }
  return { what: 'branch', value: source.branch ?? 'main' };
}

export function toApplicationLine(application: Application): ApplicationLine {
  const { metadata, spec, status } = application;
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    sync: status?.sync ?? 'Unknown',
    health: status?.health ?? 'Unknown',
    message: messageOf(application),
    repository: spec.source.repository,
    branch: spec.source.branch ?? 'main',
    follows: followed(application),
    path: spec.source.path ?? '.',
    commit: status?.commit ?? '',
    targetCommit: status?.targetCommit ?? '',
    last: status?.history?.[0] ?? null,
    objects: status?.objects?.length ?? 0,
    createdAt: metadata.creationTimestamp ?? '',
  };
}

export async function listApplications(dispatch: Dispatch): Promise<ApplicationLine[]> {
  const path = collectionPath(APPLICATIONS);
  const list = await callJson<KubeList<Application & KubeObject>>(dispatch, { method: 'GET', path });
  return list.items.map(toApplicationLine);
}

/** A push that was refused: when, and what was wrong. */
export interface RejectedPush {
  readonly time: string;
  readonly commit: string;
  readonly user: string;
  readonly problems: readonly PushProblem[];
}

interface RejectionEvent extends KubeObject {
  readonly message?: string;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
}

async function rejectedPushes(
  dispatch: Dispatch,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Promise<RejectedPush[]> {
  try {
    const events = await callJson<KubeList<RejectionEvent>>(dispatch, {
      method: 'GET',
      path: collectionPath(EVENTS, namespace),
      query: { fieldSelector: `reason=PushRejected,involvedObject.name=${name}` },
    });
    return events.items
      .map(({ message = '', lastTimestamp, eventTime, metadata }) => ({
        time: lastTimestamp || eventTime || metadata.creationTimestamp || '',
        ...parseRejection(message),
      }))
      .sort((a, b) => (a.time < b.time ? 1 : -1))
      .slice(0, REJECTIONS_MAX);
  } catch (error) {
    // Who may not read events sees the Application all the same.
    if (error instanceof ApiError) return [];
    throw error;
  }
}

export const applicationsRouter = router({
  ...planProcedures,

  list: procedure.query(({ ctx }) => listApplications(ctx.dispatch)),

  /** The Application, pushes that were refused, and what was wrong when the last sync failed. */
  get: procedure.input(applicationName).query(async ({ ctx, input }) => {
    const application = await callJson<Application>(ctx.dispatch, {
      method: 'GET',
      path: objectPath({ resource: APPLICATIONS, ...input }),
    });
    const { annotations = {} } = application.metadata;
    const handled = application.status?.conditions?.find(({ type }) => type === SYNC_HANDLED)?.message;
    const requested = annotations[SYNC_REQUESTED_AT];
    const newest = application.status?.history?.[0];
    const failed = newest?.result === 'Failed' || newest?.result === 'Rejected';
    return {
      line: toApplicationLine(application),
      /** A sync was asked for and is not done yet. */
      isSyncing: requested !== undefined && requested !== handled,
      uid: application.metadata.uid ?? '',
      spec: application.spec,
      /** The sync that is under way. */
      operation: application.status?.operation ?? null,
      /** Deletions that wait for an approval. */
      pendingPrune: application.status?.pendingPrune ?? null,
      /** A commit that was rolled back. */
      quarantine: application.status?.quarantine ?? null,
      objects: application.status?.objects ?? [],
      /** Objects of which message and who touched them are left out, since the status would be too large. */
      detailsOmitted: application.status?.detailsOmitted ?? 0,
      /** Of the chart that was applied, when it comes from a chart repository. */
      chartVersion: application.status?.chartVersion ?? '',
      history: application.status?.history ?? [],
      rejected: await rejectedPushes(ctx.dispatch, input),
      children: await childrenOf(ctx, application.status?.objects ?? []),
      failure: failed ? parsePushProblems(newest.reason ?? '') : [],
    };
  }),

  /** What a sync would change: how the objects that are out of sync differ from what Git says, and who did it. */
  plan: procedure.input(applicationName).query(async ({ ctx, input }) => {
    const application = await callJson<Application>(ctx.dispatch, {
      method: 'GET',
      path: objectPath({ resource: APPLICATIONS, ...input }),
    });
    const { commit = '', targetCommit = '', objects = [] } = application.status ?? {};
    const drifted = objects.filter(({ sync, health }) => sync === 'OutOfSync' || health === 'Missing');
    const kinds = drifted.length === 0 ? [] : await servedKinds(ctx.dispatch);
    const parts = { dispatch: ctx.dispatch, history: ctx.history, kinds };
    return {
      commit,
      targetCommit,
      pending: targetCommit !== '' && targetCommit !== commit,
      drifts: await Promise.all(drifted.slice(0, DRIFTS_MAX).map((entry) => driftOf(entry, parts))),
      omitted: Math.max(0, drifted.length - DRIFTS_MAX),
    };
  }),
});
