import type { KubeObject } from '@gantry/machinery/object';

/** `"false"`: never delete this object because Git no longer holds it. */
const PRUNE = 'gitops.gantry.dev/prune';
/** Argo CD's list of options, such as `Prune=false,Validate=false`. */
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';
/** Helm's word for the same. */
const RESOURCE_POLICY = 'helm.sh/resource-policy';

/**
 * The annotation that keeps an object from being deleted, as `NAME: VALUE`; undefined when nothing does. `Delete=false`
 * of Argo CD counts too: whoever may not be deleted with the Application isn't to be pruned either.
 */
export function protectionOf(object: Pick<KubeObject, 'metadata'>): string | undefined {
  const { annotations } = object.metadata;
  if (annotations === undefined) return undefined;
  if (annotations[PRUNE]?.trim() === 'false') return `${PRUNE}: "false"`;
  const options = annotations[SYNC_OPTIONS]?.split(',').map((option) => option.trim());
  const option = options?.find((one) => one === 'Prune=false' || one === 'Delete=false');
  if (option !== undefined) return `${SYNC_OPTIONS}: ${option}`;
  return annotations[RESOURCE_POLICY]?.trim() === 'keep' ? `${RESOURCE_POLICY}: keep` : undefined;
}
