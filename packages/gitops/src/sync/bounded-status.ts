import type { Application, ApplicationObjectStatus, ApplicationStatus } from '@gantry/api/generated/types';
import { whyLeft } from '../prune/left-over.ts';
import { identityOf, type Rendered } from '../render/render.ts';
import type { SourceObject, SourceProblem } from '../render/source-object.ts';
import { entryIdentity, inventoryOf } from './inventory.ts';
import { isHeld } from './waves/annotations.ts';

/** Of what the API server takes (3 MiB): the rest is room for what a patch takes away. */
const STATUS_MAX_BYTES = 3_000_000;
/** Of that, for everything but the objects. */
const REST_BYTES = 500_000;
const OBJECTS_MAX_BYTES = STATUS_MAX_BYTES - REST_BYTES;
/** So few fit whatever is said of them. */
const FEW = 400;

const MESSAGE_MAX = 8_192;
const REASON_MAX = 2_048;
const SOURCE_MAX = 256;
const FIELD_MAX = 256;
/** Keys, quotes, enums and flags of an entry. */
const ENTRY_BYTES = 160;

const cut = (text: string, max: number): string => (text.length <= max ? text : `${text.slice(0, max - 1)}…`);

/** `FILE:LINE`; of a long path its end. */
export const sourceText = (file: string, line: number): string => {
  const text = `${file}:${line}`;
  return text.length <= SOURCE_MAX ? text : `…${text.slice(1 - SOURCE_MAX)}`;
};

/**
 * The same status, small enough to be stored whatever goes wrong with however many objects: long texts are cut, and when
 * the objects take too much, those that are all right lose what is said of them first; how many did is counted.
 */
export function boundedStatus(status: ApplicationStatus): ApplicationStatus {
  const { message, history, operation, objects, detailsOmitted: _, ...rest } = status;
  return {
    ...rest,
    ...(message === undefined ? {} : { message: cut(message, MESSAGE_MAX) }),
    ...(operation === undefined ? {} : { operation: boundedOperation(operation) }),
    ...(objects === undefined ? {} : boundedObjects(objects)),
    ...(history === undefined
      ? {}
      : {
          history: history.map((entry) =>
            entry.reason === undefined ? entry : { ...entry, reason: cut(entry.reason, REASON_MAX) },
          ),
        }),
  };
}

function boundedOperation(operation: NonNullable<ApplicationStatus['operation']>) {
  const { message, failure, ...rest } = operation;
  return {
    ...rest,
    ...(message === undefined ? {} : { message: cut(message, REASON_MAX) }),
    ...(failure === undefined ? {} : { failure: cut(failure, MESSAGE_MAX) }),
  };
}

function boundedObjects(
  entries: readonly ApplicationObjectStatus[],
): Pick<ApplicationStatus, 'objects' | 'detailsOmitted'> {
  const short = entries.map(boundedEntry);
  if (short.length <= FEW || Buffer.byteLength(JSON.stringify(short)) <= OBJECTS_MAX_BYTES)
    return { objects: short };
  let left = OBJECTS_MAX_BYTES - short.reduce((sum, entry) => sum + sizeOf(withoutDetails(entry)), 0);
  const shown = new Set<ApplicationObjectStatus>();
  let omitted = 0;
  for (const entry of short.toSorted((a, b) => urgency(a) - urgency(b))) {
    const details = sizeOf(entry) - sizeOf(withoutDetails(entry));
    if (details > left) omitted += 1;
    else {
      left -= details;
      shown.add(entry);
    }
  }
  const objects = short.map((entry) => (shown.has(entry) ? entry : withoutDetails(entry)));
  return { objects, ...(omitted === 0 ? {} : { detailsOmitted: omitted }) };
}

function boundedEntry(entry: ApplicationObjectStatus): ApplicationObjectStatus {
  const fields = entry.touched?.fields;
  if (fields === undefined || fields.every((field) => field.length <= FIELD_MAX)) return entry;
  return { ...entry, touched: { ...entry.touched, fields: fields.map((field) => cut(field, FIELD_MAX)) } };
}

/** Why an entry stays that Git no longer holds is more than a text: what becomes of it hangs on it. */
function withoutDetails(entry: ApplicationObjectStatus): ApplicationObjectStatus {
  const { message, touched: _, ...rest } = entry;
  return message !== undefined && whyLeft(entry) !== undefined ? { ...rest, message } : rest;
}

const urgency = ({ health, sync }: ApplicationObjectStatus): number => {
  if (sync === 'OutOfSync') return 0;
  return health === 'Degraded' || health === 'Missing' ? 1 : 2;
};

const sizeOf = (entry: ApplicationObjectStatus): number => Buffer.byteLength(JSON.stringify(entry)) + 1;

/**
 * What makes a commit too large for one Application: the names of its objects alone would fill the status, or do so with
 * those that it holds yet, which are there until the last wave, and longer when their deletion waits for an approval.
 */
export function sizeProblems({ objects }: Rendered, application: Application): SourceProblem[] {
  const held = inventoryOf(application);
  if (objects.length + held.length <= FEW) return [];
  const own = objects.reduce((sum, source) => sum + leastOf(source), 0);
  const wanted = new Set(objects.map(({ object }) => identityOf(object)));
  const leaving = held.filter((entry) => !wanted.has(entryIdentity(entry)));
  const bytes = own + leaving.reduce((sum, entry) => sum + sizeOf(withoutDetails(entry)), 0);
  if (bytes <= OBJECTS_MAX_BYTES) return [];
  const { name } = application.metadata;
  const isTogether = own <= OBJECTS_MAX_BYTES;
  const beside = isTogether ? `, with the ${leaving.length} that it holds and the commit doesn't,` : '';
  const mend = isTogether
    ? 'delete those first, by a commit of its own'
    : 'split it into several Applications';
  return [
    {
      file: '(the whole commit)',
      reason: `the names of its ${objects.length} objects and their files${beside} take ${bytes} bytes in the status of Application ${name}, which has room for ${OBJECTS_MAX_BYTES}: ${mend}`,
    },
  ];
}

function leastOf({ object, file, line }: SourceObject): number {
  if (!isHeld(object)) return 0;
  const text = identityOf(object) + object.apiVersion + sourceText(file, line);
  return Buffer.byteLength(text) + ENTRY_BYTES;
}
