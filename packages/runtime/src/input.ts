import type { Resource } from '@gantry/client/port';
import type { KubeObject } from '@gantry/machinery/object';
import type { Input } from './port.ts';

/** An input with its object type erased: the loop gives `keys` only objects of `resource`. */
export const input = <T extends KubeObject>(resource: Resource<T>, keys?: Input<T>['keys']): Input<never> =>
  ({ resource, ...(keys === undefined ? {} : { keys }) }) as unknown as Input<never>;
