import type { ObjectTouch } from '@gantry/api/generated/types';
import type { AnyObject, ManagedFieldsEntry } from '@gantry/machinery/object';
import { isOurs, owns, type Step, showPath } from './field-trie.ts';

const FIELDS_LISTED = 10;

const newer = (a: ManagedFieldsEntry, b: ManagedFieldsEntry): number =>
  (b.time ?? '').localeCompare(a.time ?? '');

/**
 * Who changed the fields in which a live object has drifted, and when: the newest entry of managedFields that owns one of
 * them. A field that was taken away is owned by nobody: then whoever wrote to the object last.
 */
export function touchOf(live: AnyObject, drifted: readonly (readonly Step[])[]): ObjectTouch {
  const others = (live.metadata.managedFields ?? [])
    .filter((entry) => !isOurs(entry) && entry.subresource !== 'status')
    .toSorted(newer);
  const by = others.find(({ fieldsV1 }) => drifted.some((path) => owns(fieldsV1, path))) ?? others[0];
  return {
    ...(by?.manager === undefined ? {} : { manager: by.manager }),
    ...(by?.time === undefined ? {} : { time: by.time }),
    fields: drifted.slice(0, FIELDS_LISTED).map(showPath),
  };
}

const NAMES_SHOWN = 10;

/** Objects by identity, each with what was changed and by whom. */
export function describeTouches(all: ReadonlyMap<string, ObjectTouch>): string {
  const shown = [...all].slice(0, NAMES_SHOWN).map(([identity, touched]) => {
    const [, kind = '', , name = ''] = identity.split('/');
    return describeTouch(`${kind}/${name}`, touched);
  });
  const more = all.size - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** `spec.replicas of Deployment/web (by ann with kubectl-edit)` */
function describeTouch(name: string, touched: ObjectTouch): string {
  const [first, ...more] = touched.fields ?? [];
  const who = describeWho(touched);
  const by = who === '' ? '' : ` (by ${who})`;
  if (first === undefined) return `${name}${by}`;
  const fields = more.length === 0 ? first : `${first} and ${more.length} more`;
  return `${fields} of ${name}${by}`;
}

/** `ann with kubectl-edit`, or what of it is known. */
export const describeWho = ({ user, manager }: ObjectTouch): string =>
  user === undefined ? (manager ?? '') : manager === undefined ? user : `${user} with ${manager}`;
