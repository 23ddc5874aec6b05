import type { CelField, CelType, CostRange } from '../port.ts';
import { UNLIMITED } from './range.ts';

/** What is declared of a place in the variables: its type, and how large it may be. */
export interface Place {
  readonly type: CelType;
  readonly maxSize?: number;
}

export function fieldPlace({ type, maxSize }: CelField | Place): Place {
  return maxSize === undefined ? { type } : { type, maxSize };
}

/** The place of a field. */
export function placeOfField(place: Place | undefined, name: string): Place | undefined {
  if (place?.type.kind === 'object') {
    const field = place.type.fields().get(name);
    return field && fieldPlace(field);
  }
  return place?.type.kind === 'map' ? { type: place.type.value } : undefined;
}

/** The place of the elements of a list, or of the values of a map. */
export function placeOfItems(place: Place | undefined): Place | undefined {
  const type = place?.type;
  return type?.kind === 'list'
    ? { type: type.element }
    : type?.kind === 'map'
      ? { type: type.value }
      : undefined;
}

export function placeOfKeys(place: Place | undefined): Place | undefined {
  return place?.type.kind === 'map' ? { type: place.type.key } : undefined;
}

/** Undefined: nothing is declared. What has no size counts as empty, as in the original. */
export function declaredSize(place: Place | undefined): CostRange | undefined {
  if (!place) {
    return undefined;
  }
  const { type } = place;
  const declared = place.maxSize ?? ('maxSize' in type ? type.maxSize : undefined);
  switch (type.kind) {
    case 'list':
      return { min: 0, max: place.maxSize ?? type.maxItems ?? UNLIMITED };
    case 'map':
      return { min: 0, max: place.maxSize ?? type.maxProperties ?? UNLIMITED };
    case 'string':
    case 'bytes':
    case 'dyn':
      return declared === undefined ? undefined : { min: 0, max: declared };
    default:
      return { min: 0, max: declared ?? 0 };
  }
}
