import type { AnyObject } from '@gantry/machinery/object';
import { hookOf } from '../sync/waves/annotations.ts';
import { suffixed } from './suffixed.ts';

/**
 * What a dry run tries for an object. A sync deletes a hook of its last run before it makes the new one, so that what is
 * asked is whether it could be made anew: under another name, since the last one may be there still.
 */
export function probeOf(object: AnyObject): AnyObject {
  if (hookOf(object) === undefined) return object;
  const { name } = object.metadata;
  return { ...object, metadata: { ...object.metadata, name: suffixed(name, `probe ${name}`) } };
}
