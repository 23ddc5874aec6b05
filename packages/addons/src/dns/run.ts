import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, InformerFactory } from '@gantry/client/port';
import { endpointSlices, services } from '@gantry/client/resources';
import type { Logger } from '@gantry/runtime/port';
import { chain } from './answer.ts';
import { cached } from './cache.ts';
import { clusterResolver } from './cluster.ts';
import { createForwarder } from './forward.ts';
import { publishDns, tenthAddress } from './publish.ts';
import { type Address, upstreamsOfResolvConf } from './resolv-conf.ts';
import { reverseResolver } from './reverse.ts';
import { type DnsServer, type Handler, listenDns } from './server.ts';
import { informerSource } from './source.ts';
import { createZone } from './zone.ts';

export interface DnsOptions {
  readonly informers: InformerFactory;
  /** Waits for an address that is not there yet (the pods' bridge). */
  readonly listen: readonly Address[];
  /** `cluster.local` */
  readonly clusterDomain: string;
  /** `ADDRESS[:PORT]`; absent = those of /etc/resolv.conf. */
  readonly upstreams?: readonly string[];
  /** With it, Service kube-system/kube-dns and this node's EndpointSlice of it are kept; the first listener is published. */
  readonly publish?: {
    readonly client: Client;
    readonly nodeName: string;
    /** Its 10th address is the Service's. */
    readonly serviceCidr: string;
  };
  /** Told of each listener once it is bound. */
  readonly onListen?: (server: DnsServer) => void;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

const RETRY_MS = 1_000;
const PUBLISH_AGAIN_MS = 60_000;

const pause = (ms: number, signal: AbortSignal): Promise<unknown> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);

async function listenWhenPossible(
  at: Address,
  handler: Handler,
  options: DnsOptions,
): Promise<DnsServer | undefined> {
  const { signal, log } = options;
  let said = '';
  while (!signal.aborted) {
    try {
      return await listenDns(at, handler, log);
    } catch (error) {
      if (said !== String(error))
        log.warn({ ...at, error: String(error) }, 'can not listen for DNS yet; retrying');
      said = String(error);
      await pause(RETRY_MS, signal);
    }
  }
  return undefined;
}

/** Keeps the Service and the slice, against deletion too. */
async function keepPublished(server: DnsServer, options: DnsOptions): Promise<void> {
  const { publish, signal, log } = options;
  if (publish === undefined) return;
  while (!signal.aborted) {
    let wait = PUBLISH_AGAIN_MS;
    try {
      const { client, nodeName, serviceCidr } = publish;
      const { address, port } = server;
      await publishDns({ client, nodeName, clusterIp: tenthAddress(serviceCidr), address, port });
    } catch (error) {
      log.warn({ error: String(error) }, 'could not publish the DNS server; retrying');
      wait = RETRY_MS * 5;
    }
    await pause(wait, signal);
  }
}

/**
 * Serves DNS until `signal` ends: the cluster's zone and reverse names from the informers (which it starts), all others
 * from the upstreams.
 */
export async function runDns(options: DnsOptions): Promise<void> {
  const { informers, signal, log } = options;
  const zone = createZone(options.clusterDomain, Date.now());
  const source = informerSource(informers.informer(services), informers.informer(endpointSlices));
  const forwarder = createForwarder({
    upstreams: options.upstreams ?? upstreamsOfResolvConf(),
    own: options.listen,
    log,
  });
  const outside = cached(forwarder.resolve);
  const serverIp = (): string | undefined =>
    source.service('kube-system', 'kube-dns')?.spec.clusterIP ?? options.listen[0]?.address;
  const handler = chain([
    forwarder.guard,
    clusterResolver(zone, source, outside, serverIp),
    reverseResolver(zone, source),
    outside,
  ]);
  const synced = informers.startAll(signal);
  const servers = await Promise.all(options.listen.map((at) => listenWhenPossible(at, handler, options)));
  const bound = servers.filter((server) => server !== undefined);
  for (const server of bound) options.onListen?.(server);
  void forwarder.probe();
  try {
    await synced;
    const first = bound[0];
    if (first !== undefined) await keepPublished(first, options);
    if (!signal.aborted)
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  } finally {
    await Promise.all(bound.map((server) => server.close()));
  }
}
