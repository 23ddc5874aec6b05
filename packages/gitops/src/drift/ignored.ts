import type { Application, IgnoredDifference } from '@gantry/api/generated/types';
import { type AnyObject, parseGroupVersion } from '@gantry/machinery/object';

/** What others may change in one object. */
export interface Ignored {
  /** Steps of JSON pointers; `*` is any one step. */
  readonly pointers: readonly (readonly string[])[];
  /** Field managers that may change what they own. */
  readonly managers: ReadonlySet<string>;
}

/** The rules of spec.ignoreDifferences that are about an object; undefined when none is. */
export function ignoredIn(application: Application, object: AnyObject): Ignored | undefined {
  const rules = (application.spec.ignoreDifferences ?? []).filter((rule) => isAbout(rule, object));
  if (rules.length === 0) return undefined;
  return {
    pointers: rules
      .flatMap((rule) => (rule.jsonPointers ?? []).map(stepsOf))
      .filter((steps) => steps.length > 0),
    managers: new Set(rules.flatMap((rule) => rule.managers ?? [])),
  };
}

function isAbout({ group, kind, namespace, name }: IgnoredDifference, object: AnyObject): boolean {
  return (
    (kind === '*' || kind === object.kind) &&
    (group === undefined || group === '*' || group === parseGroupVersion(object.apiVersion).group) &&
    (namespace === undefined || namespace === '' || namespace === object.metadata.namespace) &&
    (name === undefined || name === '' || name === object.metadata.name)
  );
}

/** RFC 6901. A text that is no pointer points nowhere. */
function stepsOf(pointer: string): string[] {
  if (!pointer.startsWith('/')) return [];
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

const isStep = (wanted: string, key: string | number): boolean => wanted === '*' || wanted === String(key);

/** Whether a path is what a pointer names, or lies below it. */
export const isPointedAt = (pointers: Ignored['pointers'], path: readonly (string | number)[]): boolean =>
  pointers.some(
    (pointer) =>
      pointer.length <= path.length && pointer.every((step, index) => isStep(step, path[index] ?? '')),
  );

/** Pointers that lead below a path, as seen from there. */
export const pointersBelow = (
  pointers: Ignored['pointers'],
  path: readonly (string | number)[],
): readonly (readonly string[])[] =>
  pointers
    .filter(
      (pointer) =>
        pointer.length > path.length && path.every((key, index) => isStep(pointer[index] ?? '', key)),
    )
    .map((pointer) => pointer.slice(path.length));
