import type { AnyObject } from '@gantry/machinery/object';
import { hpaFromStorage, hpaToStorage } from './autoscaling/v1/convert-horizontal-pod-autoscaler.ts';
import { eventFromStorage, eventToStorage } from './events/v1/convert-event.ts';
import type { KindDefinition } from './kind.ts';

interface Conversion {
  readonly toStorage: (object: AnyObject) => AnyObject;
  readonly fromStorage: (object: AnyObject) => AnyObject;
}

/** Kinds whose rows are kept in the shape of another kind, by `group/version/kind`. */
const CONVERSIONS: Readonly<Record<string, Conversion>> = {
  'events.k8s.io/v1/Event': { toStorage: eventToStorage, fromStorage: eventFromStorage },
  'autoscaling/v1/HorizontalPodAutoscaler': { toStorage: hpaToStorage, fromStorage: hpaFromStorage },
};

const conversionOf = (kind: KindDefinition): Conversion | undefined =>
  CONVERSIONS[`${kind.group}/${kind.version}/${kind.kind}`];

/** The object in the shape in which its rows are stored. The same object when the kind stores itself. */
export function toStorage(kind: KindDefinition, object: AnyObject): AnyObject {
  return conversionOf(kind)?.toStorage(object) ?? object;
}

/** A stored object in the shape of `kind`. The same object when the kind stores itself. */
export function fromStorage(kind: KindDefinition, object: AnyObject): AnyObject {
  return conversionOf(kind)?.fromStorage(object) ?? object;
}
