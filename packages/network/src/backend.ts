import type { Frontend } from './frontend.ts';

/** A way to put frontends into the kernel. Calls never overlap. */
export interface ProxyBackend {
  /** Replaces whatever an earlier run left by the given frontends, by owner. */
  start(frontends: ReadonlyMap<string, readonly Frontend[]>): Promise<void>;
  /** Replaces the frontends of some owners. When a change fails, everything is loaded anew; throws if that fails too. */
  sync(changes: ReadonlyMap<string, readonly Frontend[]>): Promise<void>;
  /** True when the rules are still in the kernel; on false the caller starts anew. */
  verify(): Promise<boolean>;
  /** Ends helper processes; the rules stay. */
  close(): void;
}
