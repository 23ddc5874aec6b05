import { z } from 'zod';

const segment = z.string().max(253);

/** A DNS subdomain. */
const GROUP = /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$/;
/** Without dots: else `roles.rbac…` of no group would be another resource than the one whose rights are asked for. */
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const label = z.string().max(63).regex(LABEL);

/** A resource as URLs name it; group '' is the core group. */
export const resourceRef = z.object({ group: segment.regex(GROUP), version: label, plural: label });
export type ResourceRef = z.infer<typeof resourceRef>;

/** One object; namespace '' for kinds without namespaces. */
export const objectRef = z.object({
  resource: resourceRef,
  namespace: segment,
  name: z.string().min(1).max(253),
});
export type ObjectRef = z.infer<typeof objectRef>;

/** Path of a collection; namespace '' is all of them. */
export function collectionPath({ group, version, plural }: ResourceRef, namespace = ''): string {
  const base = group === '' ? `/api/${enc(version)}` : `/apis/${enc(group)}/${enc(version)}`;
  return `${base}${namespace === '' ? '' : `/namespaces/${enc(namespace)}`}/${enc(plural)}`;
}

export const objectPath = ({ resource, namespace, name }: ObjectRef, subresource = ''): string =>
  `${collectionPath(resource, namespace)}/${enc(name)}${subresource === '' ? '' : `/${enc(subresource)}`}`;

const enc = encodeURIComponent;

/** `deployments.apps`, `pods`: how RBAC messages and the change log name a resource. */
export const qualifiedResource = ({ group, plural }: Pick<ResourceRef, 'group' | 'plural'>): string =>
  group === '' ? plural : `${plural}.${group}`;
