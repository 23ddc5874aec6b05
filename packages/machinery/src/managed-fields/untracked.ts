/** Top-level fields and fields of metadata that no manager ever owns. */
const TOP = new Set(['apiVersion', 'kind']);
const METADATA = new Set([
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'clusterName',
  'generation',
  'managedFields',
  'resourceVersion',
]);

/** `level` 0 is the object, 1 its metadata; deeper levels are always tracked. */
export function isUntracked(level: number, name: string): boolean {
  return level === 0 ? TOP.has(name) : level === 1 && METADATA.has(name);
}
