import { deepEqual } from '@gantry/machinery/json';

export interface FieldChange {
  /** `spec.template.spec.containers[0].image` */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Fields that the server keeps and no person wrote. */
const SERVER_FIELDS = new Set([
  'managedFields',
  'resourceVersion',
  'generation',
  'uid',
  'creationTimestamp',
  'selfLink',
]);
const CHANGES_MAX = 200;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Leaf fields in which two states of an object differ; status and the server's own metadata left out. */
export function diffObjects(before: unknown, after: unknown): FieldChange[] {
  const changes: FieldChange[] = [];
  const walk = (a: unknown, b: unknown, path: string): void => {
    if (changes.length >= CHANGES_MAX || deepEqual(a, b)) return;
    if (isRecord(a) && isRecord(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
        if (path === '' && key === 'status') continue;
        if (path === 'metadata' && SERVER_FIELDS.has(key)) continue;
        walk(a[key], b[key], path === '' ? key : /^[\w-]+$/.test(key) ? `${path}.${key}` : `${path}[${key}]`);
      }
    } else if (Array.isArray(a) && Array.isArray(b)) {
      for (let index = 0; index < Math.max(a.length, b.length); index += 1)
        walk(a[index], b[index], `${path}[${index}]`);
    } else changes.push({ field: path, before: a, after: b });
  };
  walk(before, after, '');
  return changes;
}
