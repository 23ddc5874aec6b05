/** What was sent as an empty list or map and went, by the object that it was a field of. */
const emptied = new WeakMap<object, Map<string, readonly [] | Readonly<Record<string, never>>>>();

/** Remembers that `object` had an empty list or map of this name: the original tells it from an absent one. */
export function noteEmptied(object: object, name: string, value: object): void {
  const kept = Array.isArray(value) ? [] : {};
  const known = emptied.get(object);
  if (known === undefined) emptied.set(object, new Map([[name, kept]]));
  else known.set(name, kept);
}

/** The empty list or map that a client sent as this field; undefined: none. Objects that are copies know of none. */
export const emptiedField = (
  object: object,
  name: string,
): readonly [] | Readonly<Record<string, never>> | undefined => emptied.get(object)?.get(name);

/** Whether the field is there, be it as an empty list or map: what is no nil in the original. */
export const isSent = (object: object, name: string): boolean =>
  (object as Readonly<Record<string, unknown>>)[name] !== undefined ||
  emptiedField(object, name) !== undefined;
