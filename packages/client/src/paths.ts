import type { DeleteOptions, ListOptions, PatchOptions, Resource, WriteOptions } from './port.ts';

/** `/api/v1/namespaces/NS/pods`, `/apis/apps/v1/deployments`: the collection that a resource lives in. */
export function collectionPath(resource: Resource, namespace: string): string {
  const root =
    resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`;
  return resource.namespaced && namespace !== ''
    ? `${root}/namespaces/${encodeURIComponent(namespace)}/${resource.plural}`
    : `${root}/${resource.plural}`;
}

export const objectPath = (
  resource: Resource,
  namespace: string,
  name: string,
  subresource?: string,
): string => {
  const path = `${collectionPath(resource, namespace)}/${encodeURIComponent(name)}`;
  return subresource === undefined || subresource === '' ? path : `${path}/${subresource}`;
};

type Parameter = string | number | boolean | undefined;

/** `?a=b&c=d` without the parameters that are undefined; '' when none is left. */
export function query(parameters: Readonly<Record<string, Parameter>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

export const listParameters = (options: ListOptions): Record<string, Parameter> => ({
  labelSelector: options.labelSelector,
  fieldSelector: options.fieldSelector,
  limit: options.limit,
  continue: options.continue,
  resourceVersion: options.resourceVersion,
});

export const writeParameters = (options: WriteOptions): Record<string, Parameter> => ({
  dryRun: options.dryRun === true ? 'All' : undefined,
  fieldManager: options.fieldManager,
});

export const patchParameters = (options: PatchOptions): Record<string, Parameter> => ({
  ...writeParameters(options),
  force: options.type === 'apply' && options.force === true ? 'true' : undefined,
});

export const PATCH_TYPES = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

/** The body of a DELETE. */
export const deleteBody = (options: DeleteOptions): object => ({
  kind: 'DeleteOptions',
  apiVersion: 'v1',
  ...(options.gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds: options.gracePeriodSeconds }),
  ...(options.propagationPolicy === undefined ? {} : { propagationPolicy: options.propagationPolicy }),
  ...(options.preconditions === undefined ? {} : { preconditions: options.preconditions }),
  ...(options.dryRun === true ? { dryRun: ['All'] } : {}),
});
