import type { StatusError } from '@gantry/machinery/status';
import type { Entry } from '../cache/entry.ts';
import type { PreparedWrite } from '../registry/write.ts';
import type { Item } from './items.ts';

/** What becomes of one item of a set. */
export interface Planned {
  readonly item: Item;
  /** Absent: nothing to do, or an error. */
  readonly prepared?: PreparedWrite;
  /** What the object becomes, where a webhook has to convert it for the answer. */
  readonly after?: Entry;
  readonly error?: StatusError;
}
