import type { FieldError } from '@gantry/machinery/field-error';
import type { AnyObject } from '@gantry/machinery/object';
import type { Claim, Guard, Write } from '@gantry/store/port';
import type { StateReader, UserInfo } from '../request.ts';

/** What a hook may look at besides the object. */
export interface HookEnvironment {
  readonly state: StateReader;
  readonly user: UserInfo;
  readonly dryRun: boolean;
  /** '' for the object itself. */
  readonly subresource: string;
  /** How often this request has been tried; an allocation picks another value when it lost a race. */
  readonly attempt: number;
}

/** Values that only one object may hold, with the error to show when somebody else has one. */
export interface HeldClaim extends Claim {
  /** The client asked for this very value; otherwise the server picks another. */
  readonly taken?: FieldError;
}

/** What a storage resource does beyond the generic registry. One file a resource in `registry/resources`. */
export interface ResourceHooks {
  /** PUT on a name that does not exist creates it. */
  readonly createOnUpdate?: boolean;
  /** PUT without a resourceVersion is refused. */
  readonly versionRequired?: boolean;
  /** What becomes of dependents when the client does not say. */
  readonly orphansByDefault?: boolean;
  /** Told to a client that deletes without saying what becomes of dependents. */
  readonly orphanWarning?: string;
  /** Allocations; after prepareForCreate, before validation. May throw StatusError. */
  readonly beforeCreate?: (object: AnyObject, env: HookEnvironment) => void;
  readonly beforeUpdate?: (object: AnyObject, old: AnyObject, env: HookEnvironment) => void;
  /** What is wrong beyond the kind's own rules, and comes before them; `old` is absent for a create. */
  readonly validate?: (
    object: AnyObject,
    old: AnyObject | undefined,
    env: HookEnvironment,
  ) => readonly FieldError[];
  /** All that the object holds; released with it. */
  readonly claims?: (object: AnyObject, old: AnyObject | undefined) => readonly HeldClaim[];
  /** Put on an object when it is deleted: it stays until somebody takes the finalizer away. */
  readonly finalizerOnDelete?: string;
  /** Seconds that the object may take to end; undefined: it goes at once. `requested` is the client's wish. */
  readonly gracePeriod?: (object: AnyObject, requested: number | undefined) => number | undefined;
  /** A change when deletion begins, e.g. the phase. */
  readonly onTerminating?: (object: AnyObject) => void;
  /** False keeps an object that is being deleted, beyond metadata.finalizers. */
  readonly mayGo?: (object: AnyObject) => boolean;
  /** Must hold when the object goes. */
  readonly deleteGuards?: (object: AnyObject) => readonly Guard[];
  /** Other writes that belong to this one, in the same transaction. */
  readonly alongWrites?: (object: AnyObject, old: AnyObject | undefined) => readonly Write[];
}
