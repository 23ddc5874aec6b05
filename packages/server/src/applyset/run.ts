import type { ApplySetSpec } from '@gantry/api/generated/types';
import type { StatusError } from '@gantry/machinery/status';
import type { Store } from '@gantry/store/port';
import type { Entry } from '../cache/entry.ts';
import type { HandlerContext } from '../handler.ts';
import type { LedgerService } from '../ledger/service.ts';
import type { Registry } from '../registry/registry.ts';
import type { Releases } from '../registry/releases.ts';
import type { PreparedWrite } from '../registry/write.ts';
import type { Authorizer } from '../request.ts';
import type { Item } from './items.ts';
import type { Preview } from './set-kinds.ts';

export interface ApplySetParts {
  readonly registry: Registry;
  readonly store: Store;
  readonly authorizer: Authorizer;
  readonly preview: Preview;
  /** Absent: nothing is recorded. */
  readonly ledger?: Pick<LedgerService, 'applied'>;
}

/** One request for a set. */
export interface Run {
  readonly parts: ApplySetParts;
  readonly context: HandlerContext;
  readonly spec: ApplySetSpec;
  readonly dryRun: boolean;
  /** The answer tells what admission set. */
  readonly explains: boolean;
  readonly releases: Releases;
  /** Kept with each change. */
  readonly origin: string | undefined;
}

/** What becomes of one item. */
export interface Planned {
  readonly item: Item;
  /** Absent: nothing to do, or an error. */
  readonly prepared?: PreparedWrite;
  /** What the object becomes, where a webhook has to convert it for the answer. */
  readonly after?: Entry;
  /** Paths of the fields that mutating admission set. */
  readonly admitted?: readonly string[];
  readonly error?: StatusError;
}
