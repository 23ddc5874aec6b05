import type { Call } from '../http/server.ts';
import type { RequestAttributes, UserInfo } from '../request.ts';

/** Watches one request from its beginning to its end. */
export interface Observation {
  /** Who asks what; called once that is known. */
  known(user: UserInfo, attributes: RequestAttributes): void;
  /** The answer's last byte is out, or the client is gone. */
  end(status: number): void;
}

/** Told of requests that come over the wire. */
export interface RequestObserver {
  /** Undefined: not interested in this one. */
  begin(call: Call): Observation | undefined;
}

/** Several as one; undefined when none is interested. */
export function observing(observers: readonly RequestObserver[], call: Call): Observation | undefined {
  const all = observers.map((one) => one.begin(call)).filter((one) => one !== undefined);
  if (all.length === 0) return undefined;
  return {
    known: (user, attributes) => {
      for (const one of all) one.known(user, attributes);
    },
    end: (status) => {
      for (const one of all) one.end(status);
    },
  };
}
