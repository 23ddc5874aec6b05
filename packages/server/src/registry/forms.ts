import { fromStorage, toStorage } from '@gantry/api/conversion';
import type { KindDefinition } from '@gantry/api/kind';
import { deepClone } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import { getOrMake } from '../cache/get-or-make.ts';
import type { EquivalentForms } from '../request.ts';

interface Stored {
  readonly kind: KindDefinition;
  readonly storage: string;
}

/** The served forms of built-in kinds that share rows, by storage resource. Kinds that stand alone have none. */
export function equivalentForms(resources: readonly Stored[]): ReadonlyMap<string, EquivalentForms> {
  const byStorage = new Map<string, KindDefinition[]>();
  for (const { kind, storage } of resources) getOrMake(byStorage, storage, () => []).push(kind);
  const forms = new Map<string, EquivalentForms>();
  for (const [storage, kinds] of byStorage) if (kinds.length > 1) forms.set(storage, { kinds, convert });
  return forms;
}

const convert: EquivalentForms['convert'] = (object, from, to) =>
  from === to ? deepClone(object) : fromStorage(to, toStorage(from, deepClone(object) as AnyObject));
