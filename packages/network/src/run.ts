import { setTimeout as sleep } from 'node:timers/promises';
import type { Node } from '@gantry/api/generated/types';
import type { Informer, InformerFactory } from '@gantry/client/port';
import { endpointSlices, nodes, pods, services } from '@gantry/client/resources';
import type { Logger } from '@gantry/runtime/port';
import type { ProxyBackend } from './backend.ts';
import { commandRunner, type RunCommand } from './command.ts';
import { flowCleaner } from './conntrack.ts';
import type { NodeFacts } from './frontend.ts';
import { serveHealthz } from './healthz.ts';
import { IptablesBackend } from './iptables/backend.ts';
import { isUsableIp } from './ipv4.ts';
import { namesOf, type ProxyMode } from './names.ts';
import { NftBackend } from './nftables/backend.ts';
import { prepareNode, routeServiceRange } from './node-network.ts';
import { Proxier, SERVICE_INDEX, serviceOfSlice } from './proxier.ts';

export interface ServiceProxyOptions {
  readonly informers: InformerFactory;
  readonly nodeName: string;
  /** IPv4 addresses on which node ports answer, without 127.0.0.1. Empty = the node's addresses in the API. */
  readonly nodeIps: readonly string[];
  readonly mode: ProxyMode;
  /** The pods' range, IPv4. */
  readonly clusterCidr: string;
  readonly serviceCidr: string;
  /** The range of this node's pods; used when the kernel has no bridge netfilter. Default: clusterCidr. */
  readonly podCidr?: string;
  /** The pods' bridge, once it is there: the service range is routed to it. */
  readonly bridge?: string;
  /** Serve `hostPort`s of this node's pods (then CNI's portmap must be off). Default false. */
  readonly hostPorts?: boolean;
  /** Two proxies in one network namespace need different suffixes: at most 6 of a-z and 0-9. */
  readonly suffix?: string;
  readonly healthz?: { readonly address: string; readonly port: number };
  /** In front of every command, e.g. `['nsenter', '--net=/run/netns/a']`. */
  readonly commandPrefix?: readonly string[];
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Milliseconds that changes are gathered: iptables pays for whole chains, nftables only for elements. */
const DEBOUNCE_MS = { nftables: 5, iptables: 100, ipvs: 0 } as const;
const VERIFY_MS = 30_000;

const notYet = (): Error =>
  new Error('service proxy: mode ipvs is not there yet; choose nftables or iptables with --proxy-mode');

function createBackend(options: ServiceProxyOptions, run: RunCommand, bridged: boolean): ProxyBackend {
  const { clusterCidr, serviceCidr, log } = options;
  const names = namesOf(options.suffix ?? '');
  const common = {
    run,
    log,
    clusterCidr,
    serviceCidr,
    ...(bridged ? {} : { bridgedPodCidr: options.podCidr ?? clusterCidr }),
  };
  if (options.mode === 'ipvs') throw notYet();
  return options.mode === 'nftables'
    ? new NftBackend({ ...common, table: names.table, prefix: options.commandPrefix ?? [] })
    : new IptablesBackend({ ...common, prefix: names.prefix });
}

/** The node's facts as they are now, from the options and its object. */
function factsOf(options: ServiceProxyOptions, node: Node | undefined, loopback: boolean): NodeFacts {
  const found = (node?.status?.addresses ?? [])
    .filter((a) => a.type === 'InternalIP' || a.type === 'ExternalIP')
    .map((a) => a.address);
  const ips = (options.nodeIps.length > 0 ? options.nodeIps : found).filter(isUsableIp);
  const zone = node?.metadata.labels?.['topology.kubernetes.io/zone'];
  return {
    nodeName: options.nodeName,
    nodeIps: [...new Set(loopback ? [...ips, '127.0.0.1'] : ips)],
    ...(zone === undefined ? {} : { zone }),
  };
}

/** Marks Services and pods as the informers report them; `wake` is called after each. */
function follow(
  options: ServiceProxyOptions,
  node: Informer<Node>,
  proxier: Proxier,
  sources: ConstructorParameters<typeof Proxier>[0]['sources'],
  wake: () => void,
): void {
  const both = <T>(mark: (object: T) => void) => ({
    onUpdate: (object: T, old: T | undefined) => {
      if (old !== undefined) mark(old);
      mark(object);
      wake();
    },
    onDelete: (object: T) => {
      mark(object);
      wake();
    },
  });
  sources.services.addHandler(
    both((s) => proxier.markService(`${s.metadata.namespace ?? ''}/${s.metadata.name}`)),
  );
  sources.slices.addHandler(
    both((slice) => {
      for (const key of serviceOfSlice(slice)) proxier.markService(key);
    }),
  );
  sources.pods?.addHandler(both((pod) => proxier.markPod(pod)));
  let before = '';
  node.addHandler({
    onUpdate: (object) => {
      const now = JSON.stringify(factsOf(options, object, true));
      if (object.metadata.name !== options.nodeName || now === before) return;
      before = now;
      proxier.markAll();
      wake();
    },
  });
}

/** Repeats until the signal: waits for a change, gathers more, applies; looks after the rules now and then. */
async function loop(
  options: ServiceProxyOptions,
  proxier: Proxier,
  run: RunCommand,
  changed: () => Promise<void>,
): Promise<void> {
  const { signal, bridge, serviceCidr, log } = options;
  const quiet = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined);
  let verifiedAt = 0;
  let routed = false;
  while (!signal.aborted) {
    if (bridge !== undefined && !routed)
      routed = await routeServiceRange(run, serviceCidr, bridge).then(
        () => true,
        (error) => {
          log.debug({ error: String(error) }, 'the pod bridge is not there yet');
          return false;
        },
      );
    if (proxier.hasWork) {
      await quiet(Math.max(DEBOUNCE_MS[options.mode], proxier.retryAfterMs));
      if (!signal.aborted) await proxier.flush();
    } else {
      const waited = new AbortController();
      const pause = sleep(routed || bridge === undefined ? VERIFY_MS : 1_000, undefined, {
        signal: AbortSignal.any([signal, waited.signal]),
      }).catch(() => undefined);
      await Promise.race([changed(), pause]);
      waited.abort();
    }
    if (Date.now() - verifiedAt > VERIFY_MS) {
      verifiedAt = Date.now();
      routed = false;
      await proxier.verify();
    }
  }
}

/**
 * Translates Service addresses to endpoints on this node until `signal` ends; the rules stay then (see `teardown`), so
 * that a restart interrupts nothing. Starts the informers it needs. Throws when the options can't work.
 */
export async function runServiceProxy(options: ServiceProxyOptions): Promise<void> {
  const { informers, signal, log } = options;
  if (options.mode === 'ipvs') throw notYet();
  namesOf(options.suffix ?? '');
  const run = commandRunner(options.commandPrefix ?? []);
  const { loopback, bridgeNetfilter } = await prepareNode(run, log);
  const backend = createBackend(options, run, bridgeNetfilter);

  const node = informers.informer(nodes, { fieldSelector: `metadata.name=${options.nodeName}` });
  const sources = {
    services: informers.informer(services),
    slices: informers.informer(endpointSlices),
    ...(options.hostPorts
      ? { pods: informers.informer(pods, { fieldSelector: `spec.nodeName=${options.nodeName}` }) }
      : {}),
  };
  sources.slices.addIndex(SERVICE_INDEX, serviceOfSlice);
  const proxier = new Proxier({
    sources,
    backend,
    node: () => factsOf(options, node.get('', options.nodeName), loopback),
    cleanFlows: flowCleaner(run, log),
    log,
  });
  let wakeUp: (() => void) | undefined;
  follow(options, node, proxier, sources, () => wakeUp?.());
  const health = options.healthz && (await serveHealthz(options.healthz, () => proxier.health));
  try {
    await informers.startAll(signal);
    await loop(options, proxier, run, () => new Promise((resolve) => (wakeUp = resolve)));
  } finally {
    backend.close();
    health?.close();
    health?.closeAllConnections();
  }
}
