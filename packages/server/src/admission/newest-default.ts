import type { KubeObject } from '@gantry/machinery/object';

/** Of the objects that an annotation marks as default, the newest; of equally old ones, the first by name. */
export function newestDefault<T extends KubeObject>(
  objects: readonly T[],
  annotations: readonly string[],
): T | undefined {
  const time = (object: T): number => Date.parse(object.metadata.creationTimestamp ?? '') || 0;
  return objects
    .filter(({ metadata }) => annotations.some((key) => metadata.annotations?.[key] === 'true'))
    .sort((a, b) => time(b) - time(a) || (a.metadata.name < b.metadata.name ? -1 : 1))[0];
}
