import type { Record } from 'dns-packet';

/** What is asked. `name` is in lower case without the last dot; `asked` is as the client wrote it. */
export interface Query {
  readonly name: string;
  readonly asked: string;
  /** `A`, `SRV`, …; `ANY` is not answered. */
  readonly type: string;
  /** The client wants DNSSEC records. */
  readonly dnssec: boolean;
}

export type ResponseCode = 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED';

export interface Answer {
  readonly code: ResponseCode;
  readonly authoritative: boolean;
  readonly answers: readonly Record[];
  readonly authorities: readonly Record[];
  readonly additionals: readonly Record[];
}

/** One link of the chain: answers, or leaves the query to the next. */
export type Resolver = (query: Query) => Promise<Answer | undefined>;

/** An answer without records. */
export const bare = (code: ResponseCode): Answer => ({
  code,
  authoritative: false,
  answers: [],
  authorities: [],
  additionals: [],
});

/** Asks one resolver after the other; REFUSED when none answers. */
export const chain =
  (resolvers: readonly Resolver[]) =>
  async (query: Query): Promise<Answer> => {
    for (const resolver of resolvers) {
      const answer = await resolver(query);
      if (answer !== undefined) return answer;
    }
    return bare('REFUSED');
  };
