/** One field in which two states of an object differ. */
export interface FieldDifference {
  /** `spec.template.spec.containers[0].image` */
  readonly field: string;
  readonly before: string;
  readonly after: string;
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
const DIFFERENCES_MAX = 200;
const HIDDEN = '(hidden)';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const show = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

const step = (path: string, key: string): string =>
  path === '' ? key : /^[\w-]+$/.test(key) ? `${path}.${key}` : `${path}[${key}]`;

/** Leaf fields that differ, status and the server's own metadata left out; values of Secrets are hidden. */
export function differences(before: unknown, after: unknown, secret: boolean): FieldDifference[] {
  const found: FieldDifference[] = [];
  const walk = (a: unknown, b: unknown, path: string): void => {
    if (found.length >= DIFFERENCES_MAX) return;
    if (isRecord(a) && isRecord(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
        if (path === '' && key === 'status') continue;
        if (path === 'metadata' && SERVER_FIELDS.has(key)) continue;
        walk(a[key], b[key], step(path, key));
      }
    } else if (Array.isArray(a) && Array.isArray(b)) {
      for (let index = 0; index < Math.max(a.length, b.length); index += 1)
        walk(a[index], b[index], `${path}[${index}]`);
    } else if (JSON.stringify(a) !== JSON.stringify(b)) {
      const hidden = secret && /^(data|stringData)\b/.test(path);
      found.push({ field: path, before: hidden ? HIDDEN : show(a), after: hidden ? HIDDEN : show(b) });
    }
  };
  walk(before, after, '');
  return found;
}
