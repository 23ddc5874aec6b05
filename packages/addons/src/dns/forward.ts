import { randomBytes } from 'node:crypto';
import type { Logger } from '@gantry/runtime/port';
import type { Packet } from 'dns-packet';
import { type Answer, bare, type Query, type Resolver, type ResponseCode } from './answer.ts';
import { askTcp, askUdp } from './exchange.ts';
import { type Address, parseAddress } from './resolv-conf.ts';

const ATTEMPT_TIMEOUT_MS = 1_500;
const ATTEMPTS_MAX = 3;
const CONCURRENT_MAX = 512;
/** Failures in a row that put an upstream aside, for 1 s, then twice as long, at most 10 s. */
const FAILURES_MAX = 3;
const ASIDE_FIRST_MS = 1_000;
const ASIDE_MAX_MS = 10_000;
const PROBE_DOMAIN = 'loop-probe.gantry.invalid';
const CODES: readonly ResponseCode[] = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];

interface Upstream extends Address {
  readonly text: string;
  readonly probe: string;
  failures: number;
  asideUntil: number;
  /** Its queries come back to this server. */
  loops: boolean;
}

export interface ForwardOptions {
  /** `ADDRESS` or `ADDRESS:PORT`; what is neither is left out, and so are this server's own addresses. */
  readonly upstreams: readonly string[];
  readonly own: readonly Address[];
  readonly log: Logger;
  readonly attemptTimeoutMs?: number;
}

export interface Forwarder {
  /** Answers SERVFAIL when no upstream can. */
  readonly resolve: Resolver;
  /** Recognises this server's own probes among the queries; such an upstream is not asked any more. */
  readonly guard: Resolver;
  /** Sends each upstream a name that only a loop brings back. */
  probe(): Promise<void>;
}

function toAnswer(packet: Packet): Answer {
  const code = CODES.find((c) => c === packet.rcode) ?? 'SERVFAIL';
  return {
    code,
    authoritative: false,
    answers: packet.answers ?? [],
    authorities: packet.authorities ?? [],
    additionals: (packet.additionals ?? []).filter((record) => record.type !== 'OPT'),
  };
}

async function ask(upstream: Upstream, query: Query, timeoutMs: number): Promise<Answer> {
  const packet = await askUdp(upstream, query, timeoutMs);
  return toAnswer(packet.flag_tc === true ? await askTcp(upstream, query, timeoutMs) : packet);
}

function upstreamsOf({ upstreams, own, log }: ForwardOptions): Upstream[] {
  return upstreams.flatMap((text) => {
    const address = parseAddress(text);
    if (address === undefined) {
      log.warn({ upstream: text }, 'not an address of a DNS server; left out');
      return [];
    }
    if (own.some((mine) => mine.address === address.address && mine.port === address.port)) return [];
    const probe = `${randomBytes(8).toString('hex')}.${PROBE_DOMAIN}`;
    return [{ ...address, text, probe, failures: 0, asideUntil: 0, loops: false }];
  });
}

/** Sends names outside the cluster to other servers: in order, with a second try, leaving out those that are down. */
export function createForwarder(options: ForwardOptions): Forwarder {
  const { log } = options;
  const timeoutMs = options.attemptTimeoutMs ?? ATTEMPT_TIMEOUT_MS;
  const upstreams = upstreamsOf(options);
  let concurrent = 0;

  const failed = (upstream: Upstream, error: unknown): void => {
    upstream.failures++;
    if (upstream.failures < FAILURES_MAX) return;
    const times = Math.min(upstream.failures - FAILURES_MAX, 10);
    upstream.asideUntil = Date.now() + Math.min(ASIDE_MAX_MS, ASIDE_FIRST_MS * 2 ** times);
    if (upstream.failures === FAILURES_MAX)
      log.warn({ upstream: upstream.text, error: String(error) }, 'a DNS upstream does not answer');
  };

  const tryAll = async (query: Query): Promise<Answer> => {
    const now = Date.now();
    const up = upstreams.filter((upstream) => !upstream.loops && upstream.asideUntil <= now);
    for (const upstream of [...up, ...up].slice(0, ATTEMPTS_MAX))
      try {
        const answer = await ask(upstream, query, timeoutMs);
        upstream.failures = 0;
        return answer;
      } catch (error) {
        failed(upstream, error);
      }
    return bare('SERVFAIL');
  };

  return {
    async resolve(query) {
      if (upstreams.length === 0 || concurrent >= CONCURRENT_MAX) return bare('SERVFAIL');
      concurrent++;
      try {
        return await tryAll(query);
      } finally {
        concurrent--;
      }
    },
    async guard(query) {
      if (!query.name.endsWith(PROBE_DOMAIN)) return undefined;
      const mine = upstreams.find((upstream) => upstream.probe === query.name);
      if (mine !== undefined && !mine.loops) {
        mine.loops = true;
        log.error(
          { upstream: mine.text },
          'this DNS upstream sends queries back to this server; not asking it',
        );
      }
      return bare('REFUSED');
    },
    async probe() {
      const query = (name: string): Query => ({ name, asked: name, type: 'TXT', dnssec: false });
      await Promise.allSettled(
        upstreams.map((upstream) => askUdp(upstream, query(upstream.probe), timeoutMs)),
      );
    },
  };
}
