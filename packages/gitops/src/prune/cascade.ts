import type { Application, ApplySetReference, Namespace } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { applications, namespaces } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import type { ControllerContext } from '@gantry/runtime/port';
import { GitError } from '../git/tree.ts';
import { ledgerOf } from '../ledger/record.ts';
import { describeNames } from '../plan/describe.ts';
import { applyCommit } from '../plan/plan.ts';
import { nameOf } from '../render/source-object.ts';
import { actorOf } from '../sync/actor.ts';
import { entryIdentity } from '../sync/inventory.ts';
import { describeProblems } from '../sync/sync-application.ts';
import { CASCADE_FINALIZER } from './cascade-finalizer.ts';
import { protectionOf } from './protection.ts';
import {
  describeLate,
  HEIRS_WAIT_MS,
  type HeldObject,
  heldEntries,
  type PruneParts,
  readLive,
  referenceOf,
} from './prune-choice.ts';

const LOOK_AGAIN_MS = 2_000;
const NAMES_SHOWN = 5;

/** How far the deletion of an Application has come; `message`: what it waits for. */
export type Leaving = { readonly done: true } | { readonly done: false; readonly message: string };

export const cascades = ({ spec }: Application): boolean => spec.deletionPolicy === 'Cascade';

const hasFinalizer = ({ metadata }: Application): boolean =>
  metadata.finalizers?.includes(CASCADE_FINALIZER) === true;

/** Puts the finalizer on an Application, or takes it off, as its policy says. */
export async function tendFinalizer(application: Application, client: Client): Promise<void> {
  if (cascades(application) !== hasFinalizer(application))
    await setFinalizer(application, client, cascades(application));
}

async function setFinalizer(application: Application, client: Client, present: boolean): Promise<void> {
  const { namespace = '', name, uid, resourceVersion, finalizers = [] } = application.metadata;
  const others = finalizers.filter((finalizer) => finalizer !== CASCADE_FINALIZER);
  // The resourceVersion: others may add or take finalizers meanwhile; their event brings us back here.
  const patch = {
    metadata: {
      uid,
      resourceVersion,
      finalizers: present ? [...others, CASCADE_FINALIZER] : others,
    },
  };
  try {
    await client.patch<Application>(applications, namespace, name, patch, { type: 'merge' });
  } catch (error) {
    if (!isStatusError(error, 'NotFound') && !isStatusError(error, 'Conflict')) throw error;
  }
}

/**
 * Takes an Application that is being deleted one step further: deletes what it holds, with its own rights and in one
 * transaction, and lets go of it when that is gone. What is protected or held by another Application stays. Undefined:
 * nothing is to be done for it. Throws what may pass by itself.
 */
export async function leave(
  parts: PruneParts,
  application: Application,
  context: ControllerContext,
): Promise<{ readonly message: string; readonly againMs: number } | undefined> {
  if (!hasFinalizer(application)) return undefined;
  if (cascades(application)) {
    const home = await leavingHome(application, context.client);
    const leaving =
      home === undefined
        ? await deleteHeld(parts, application)
        : await leaveWithHome(parts, application, home, context);
    if (!leaving.done) return { message: leaving.message, againMs: LOOK_AGAIN_MS };
  }
  await setFinalizer(application, context.client, false);
  return undefined;
}

/** The namespace of the Application, when it is being deleted. */
async function leavingHome({ metadata }: Application, client: Client): Promise<Namespace | undefined> {
  try {
    const home = await client.get<Namespace>(namespaces, '', metadata.namespace ?? '');
    return home.metadata.deletionTimestamp === undefined ? undefined : home;
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return undefined;
    throw error;
  }
}

/** What is there yet of what goes with the Application. */
async function doomedBy(parts: PruneParts, application: Application): Promise<HeldObject[]> {
  const live = await readLive(parts, application, heldEntries(application));
  return live.filter((one) => protectionOf(one.live) === undefined && one.entry.keep !== true);
}

/** The same without what others of the same source are to hold. `late`: those of which that isn't known yet. */
async function heldAlone(
  parts: PruneParts,
  application: Application,
): Promise<{ readonly doomed: readonly HeldObject[]; readonly late: readonly string[] }> {
  const doomed = await doomedBy(parts, application);
  const identities = doomed.map(({ entry }) => entryIdentity(entry));
  const { commit = '', targetCommit = commit } = application.status ?? {};
  const heirs = await parts.desired?.heirs({ application, commit: targetCommit }, identities, HEIRS_WAIT_MS);
  return {
    doomed: doomed.filter(({ entry }) => heirs?.found.has(entryIdentity(entry)) !== true),
    late: heirs?.late ?? [],
  };
}

async function deleteHeld(parts: PruneParts, application: Application): Promise<Leaving> {
  const { doomed, late } = await heldAlone(parts, application);
  if (late.length > 0) return { done: false, message: `being deleted: waits for ${describeLate(late)}` };
  if (doomed.length === 0) return { done: true };
  const fresh = doomed.filter(({ live }) => live.metadata.deletionTimestamp === undefined);
  const problem = await remove(parts, application, fresh.map(referenceOf));
  if (problem !== undefined)
    return {
      done: false,
      message: `can't be deleted with what it holds: ${problem}; mend that, or set spec.deletionPolicy to Orphan to leave the objects`,
    };
  const waiting = doomed.filter((one) => !fresh.includes(one));
  if (waiting.length === 0) {
    // Most objects are gone at once; then so is the Application.
    const left = (await heldAlone(parts, application)).doomed;
    return left.length === 0 ? { done: true } : { done: false, message: describeWaiting(left) };
  }
  return { done: false, message: describeWaiting(doomed) };
}

function describeWaiting(left: readonly HeldObject[]): string {
  const shown = left.slice(0, NAMES_SHOWN).map(({ entry, live }) => {
    const finalizers = live.metadata.finalizers ?? [];
    const text = `${entry.kind}/${entry.name}`;
    return finalizers.length === 0 ? text : `${text} (held by ${finalizers.join(', ')})`;
  });
  const more = left.length - shown.length;
  return `being deleted: waits until ${left.length} objects are gone: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/**
 * The namespace goes, and waits for nothing but its contents: what the Application holds elsewhere is deleted as far as
 * its rights, which may go with the namespace, still allow; the rest is left and told.
 */
async function leaveWithHome(
  parts: PruneParts,
  application: Application,
  home: Namespace,
  context: ControllerContext,
): Promise<Leaving> {
  const elsewhere = (await doomedBy(parts, application)).filter(
    ({ entry, live }) =>
      entry.namespace !== home.metadata.name && live.metadata.deletionTimestamp === undefined,
  );
  const left: HeldObject[] = [];
  let why = '';
  for (const one of elsewhere) {
    const problem = await remove(parts, application, [referenceOf(one)]);
    if (problem === undefined) continue;
    why = problem;
    left.push(one);
  }
  if (left.length > 0) {
    const names = describeNames(left.map(({ entry }) => entry));
    context.log.warn(
      { application: nameOf(application), left: names, why },
      'left behind with its namespace',
    );
    // On the namespace, whose events are elsewhere: in what is being deleted nothing new is made.
    const text = `Application ${application.metadata.name} left ${names} behind: ${why}`;
    context.events.event(home, 'Warning', 'LeftBehind', text);
  }
  return { done: true };
}

/** Returns why nothing was deleted. */
async function remove(
  parts: PruneParts,
  application: Application,
  prune: readonly ApplySetReference[],
): Promise<string | undefined> {
  if (prune.length === 0) return undefined;
  try {
    const { user, groups } = actorOf(application);
    const plan = await applyCommit({
      client: parts.client.as(user, groups),
      rendered: { commit: application.status?.commit ?? '', objects: [], problems: [] },
      prune,
      dryRun: false,
      namespace: undefined,
      ledger: ledgerOf(application, application.status?.commit ?? ''),
    });
    return plan.problems.length === 0 ? undefined : describeProblems(plan);
  } catch (error) {
    if (error instanceof GitError) return error.message;
    throw error;
  }
}
