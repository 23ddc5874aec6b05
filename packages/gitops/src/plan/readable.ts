import type { PlanChange, PlanStatus } from '@gantry/api/generated/types';
import { type Asker, type ReviewParts, Rights } from './rights.ts';

/** Whose rights decide what of a plan is kept. */
export interface PlanReaders {
  /** Of the Plan. */
  readonly namespace: string;
  /** Who chose the manifests. */
  readonly asker: Asker;
  /** With whose rights a sync acts: whoever may read Plans in the namespace sees no further than that reaches. */
  readonly actor: Asker;
}

const HIDDEN = '(hidden)';
const NOTE = 'who asked for the plan may not read this object: its live values are hidden';
const NOTE_OUTSIDE =
  'the Application may not read this object of another namespace: its live values are hidden';
/**
 * A plan is made with the rights of its Application, and whoever asked for it chose the manifests: of an object that they
 * may not read, it shows what Git says and nothing of what is there. Outside of the Plan's namespace, where its readers
 * need not have any rights, both have to be allowed to read it.
 */
export async function hideUnreadable(
  parts: ReviewParts,
  { namespace, asker, actor }: PlanReaders,
  status: PlanStatus,
): Promise<PlanStatus> {
  const reader = new Rights(parts, asker, 'get');
  const sync = new Rights(parts, actor, 'get');
  const changes: PlanChange[] = [];
  let detailsOmitted = 0;
  for (const change of status.changes ?? []) {
    const why =
      change.fields === undefined || change.operation === 'create'
        ? undefined
        : !(await reader.allow(change))
          ? NOTE
          : change.namespace === namespace || (await sync.allow(change))
            ? undefined
            : NOTE_OUTSIDE;
    if (why !== undefined) detailsOmitted += 1;
    changes.push(why === undefined ? change : hidden(change, why));
  }
  return { ...status, changes, ...(detailsOmitted === 0 ? {} : { detailsOmitted }) };
}

function hidden(change: PlanChange, why: string): PlanChange {
  const fields = change.fields?.map(({ replaces: _, ...field }) => ({
    ...field,
    ...(field.before === undefined ? {} : { before: HIDDEN as never }),
    ...(field.after === undefined || field.origin === 'Git' ? {} : { after: HIDDEN as never }),
  }));
  const note = change.note === undefined ? why : `${change.note}; ${why}`;
  return { ...change, ...(fields === undefined ? {} : { fields }), note };
}
