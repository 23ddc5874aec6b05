import type { Client, InformerFactory, Resource } from '@gantry/client/port';
import type { KubeObject } from '@gantry/machinery/object';

/** What became of one run over one key. A throw is transient and backs off. */
export type Outcome =
  | { readonly type: 'done' }
  | { readonly type: 'requeueAfter'; readonly ms: number }
  /** Something else must happen first; its event brings the key back. */
  | { readonly type: 'waiting'; readonly on: string }
  /** Only a change of the object can help. */
  | { readonly type: 'stalled'; readonly because: string };

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  debug(fields: object, message: string): void;
}

/** Records `Event` objects about an object, with the original's reasons; aggregated and rate-limited. */
export interface EventRecorder {
  event(
    object: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    /** What part of the object: `spec.containers{web}`. */
    fieldPath?: string,
  ): void;
}

export interface ControllerContext {
  readonly client: Client;
  readonly informers: InformerFactory;
  readonly clock: Clock;
  readonly log: Logger;
  readonly events: EventRecorder;
}

/** An input: whose changes wake the controller, and which keys a change concerns. */
export interface Input<T extends KubeObject = KubeObject> {
  readonly resource: Resource<T>;
  /** Keys (`namespace/name`, or `name`) to reconcile when `object` changed or went. Absent = its own key. */
  readonly keys?: (object: T, old: T | undefined, context: ControllerContext) => readonly string[];
}

/** One thing written: for the controller's RBAC role and the graph. */
export interface Output {
  readonly resource: Resource;
  readonly verbs: readonly ('create' | 'update' | 'patch' | 'delete')[];
  readonly subresource?: string;
}

/**
 * A controller: reads its inputs from listers, decides by a pure function (`decide.ts`), writes its outputs through
 * the client. One key is never run twice at once.
 */
export interface Controller {
  /** As the original names it: `deployment-controller`. */
  readonly name: string;
  /** Source of its events, where that is not its name: the original's parts have several names. */
  readonly eventSource?: string;
  readonly inputs: readonly Input<never>[];
  readonly outputs: readonly Output[];
  /** Keys run side by side. */
  readonly concurrency?: number;
  /** Every key of the first input again, this often. */
  readonly resyncMs?: number;
  /** Called once, before the informers start: for indexes, and for informers that wake nobody. */
  setup?(context: ControllerContext, enqueue: (key: string, afterMs?: number) => void): void;
  /** Called once, when the informers are synced: for what is only known at run time, or starts by itself. */
  start?(context: ControllerContext, enqueue: (key: string) => void, signal: AbortSignal): void;
  reconcile(key: string, context: ControllerContext): Promise<Outcome>;
}
