import type { Right } from './access.ts';
import type { ObjectRef } from './paths.ts';

/** A right on one object. */
export const rightOn = (ref: ObjectRef, verb: string, subresource = ''): Right => ({
  verb,
  group: ref.resource.group,
  resource: ref.resource.plural,
  namespace: ref.namespace,
  name: ref.name,
  ...(subresource === '' ? {} : { subresource }),
});
