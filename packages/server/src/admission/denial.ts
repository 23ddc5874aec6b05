import { forbidden, type StatusError } from '@gantry/machinery/status';
import type { AdmissionRequest } from '../request.ts';

/** Name to show for an object that may not have one yet. */
export function nameOf(request: AdmissionRequest): string {
  if (request.attributes.name !== '') return request.attributes.name;
  const metadata = request.object?.metadata as
    | { readonly name?: string; readonly generateName?: string }
    | undefined;
  return metadata?.name || metadata?.generateName || 'Unknown';
}

/** 403 `pods "x" is forbidden: reason`. */
export const denied = (request: AdmissionRequest, reason: string): StatusError =>
  forbidden({ group: request.kind.group, resource: request.kind.plural }, nameOf(request), reason);

/** Makes a matcher of `handles` for one resource of one group, the object itself. */
export const isResource = (
  kind: { readonly group: string; readonly plural: string },
  group: string,
  plural: string,
): boolean => kind.group === group && kind.plural === plural;
