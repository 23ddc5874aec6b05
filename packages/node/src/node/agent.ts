import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Client, InformerFactory } from '@gantry/client/port';
import { nodes } from '@gantry/client/resources';
import { systemClock } from '@gantry/runtime/clock';
import type { EventRecorder, Logger } from '@gantry/runtime/port';
import { hasSysResource } from '../containerd/launch.ts';
import { connectCri } from '../cri/client.ts';
import { ensureImages } from '../images/ensure.ts';
import { startRegistry } from '../images/registry.ts';
import { Kubelet } from '../kubelet/kubelet.ts';
import { instanceOf } from '../kubelet/labels.ts';
import { acceptForwarding } from '../pod-network/forwarding.ts';
import { addressAt, parseCidr } from '../pod-network/ipv4.ts';
import { keepNodeRoutes } from '../pod-network/node-routes.ts';
import { type PodNetworkOptions, setUpPodNetwork } from '../pod-network/pod-network.ts';
import { recordTraces } from '../pod-network/teardown.ts';
import { startNodeServer } from '../server/server.ts';
import { StatsProvider } from '../server/stats.ts';
import { Heartbeat } from './heartbeat.ts';
import { allocatableAmounts, measureMachine, newNode } from './node-object.ts';
import { ensurePodCidr } from './pod-cidr.ts';
import { registerNode } from './registration.ts';

const FORWARDING_CHECK_MS = 60_000;

export interface AgentOptions {
  readonly client: Client;
  readonly informers: InformerFactory;
  readonly events: EventRecorder;
  readonly log: Logger;
  readonly nodeName: string;
  readonly nodeIp: string;
  readonly rootDir: string;
  /** Folders of the local-path provisioner. */
  readonly localPathRoot: string;
  readonly criEndpoint: string;
  readonly port: number;
  readonly clusterCidr: string;
  readonly serviceCidr: string;
  /** Absent = by a controller, or the first that is free. */
  readonly podCidr?: string;
  readonly bridge: string;
  readonly cniConfDir: string;
  readonly clusterDns: string;
  readonly clusterDomain: string;
  readonly cgroupParent: string;
  /** The folder that holds `images/`, and the runtime's certs.d; absent = no loopback registry. */
  readonly images?: { readonly dataDir: string; readonly certsDir: string };
  readonly tls?: { readonly certFile: string; readonly keyFile: string; readonly clientCaFile: string };
  readonly metrics: () => Promise<string>;
}

export interface Agent {
  readonly podCidr: string;
  /** The node's address on the pods' bridge. */
  readonly bridgeAddress: string;
  /** Throws with what is wrong. */
  checkHealth(): void;
  close(): Promise<void>;
}

/**
 * Makes this machine a node: registers it, sets up the pod network, and runs its pods until `close`, which leaves them
 * running. The caller ends the informers.
 */
export async function startAgent(options: AgentOptions, signal: AbortSignal): Promise<Agent> {
  const { client, log, nodeName, nodeIp, rootDir, events } = options;
  await mkdir(rootDir, { recursive: true, mode: 0o750 });
  const images = prepareImages(options);
  const cri = connectCri(options.criEndpoint);
  const version = await cri.version();
  const machine = await measureMachine(rootDir);
  const wanted = newNode(nodeName, options.podCidr);
  const node = await registerNode(client, wanted);
  const podCidr = await ensurePodCidr(client, node, options.clusterCidr);
  const network: PodNetworkOptions = {
    bridge: options.bridge,
    podCidr,
    clusterCidr: options.clusterCidr,
    serviceCidr: options.serviceCidr,
    cniConfDir: options.cniConfDir,
    ipamDir: join(rootDir, 'ipam'),
  };
  await recordTraces(rootDir, { network, cgroupParent: options.cgroupParent });
  const hostPorts = await setUpPodNetwork(network);
  await images;
  const kubelet = await Kubelet.create({
    config: {
      nodeName,
      nodeIp,
      rootDir,
      logsDir: join(rootDir, 'pods-logs'),
      instance: instanceOf(rootDir),
      clusterDns: options.clusterDns,
      clusterDomain: options.clusterDomain,
      memoryCapacityBytes: machine.memoryBytes,
      restrictOomScoreAdj: !(await hasSysResource()),
    },
    cgroupParent: options.cgroupParent,
    localPathRoot: options.localPathRoot,
    cri,
    criEndpoint: options.criEndpoint,
    runtimeKind: version.runtimeName,
    client,
    informers: options.informers,
    events,
    log,
    clock: systemClock,
    node: { nodeName, hostIp: nodeIp, allocatable: allocatableAmounts(machine) },
    hostPorts,
    nodeObject: () => options.informers.informer(nodes).get('', nodeName),
  });
  const stats = new StatsProvider(cri, nodeName, rootDir);
  const server =
    options.tls === undefined
      ? undefined
      : await startNodeServer({
          source: kubelet,
          cri,
          stats,
          log,
          port: options.port,
          ...options.tls,
          metrics: options.metrics,
        });
  keepNodeRoutes({ nodes: options.informers.informer(nodes), nodeName, nodeIp, log });
  await options.informers.startAll(signal);
  await kubelet.start();
  const heartbeat = new Heartbeat(
    {
      client,
      cri,
      clock: systemClock,
      events,
      log,
      wanted,
      nodeIp,
      hostname: nodeName,
      port: server?.port ?? options.port,
      machine,
      rootDir,
      checkHealth: () => kubelet.checkHealth(),
      watched: () => options.informers.informer(nodes).get('', nodeName),
    },
    node,
  );
  await heartbeat.start();
  const forwarding = keepForwarding(podCidr, log);
  log.info({ node: nodeName, podCidr, runtime: version.runtimeName }, 'node is ready');
  return {
    podCidr,
    bridgeAddress: addressAt(parseCidr(podCidr), 1),
    checkHealth: () => kubelet.checkHealth(),
    close: async () => {
      heartbeat.close();
      clearInterval(forwarding);
      kubelet.close();
      await server?.close();
      cri.close();
    },
  };
}

/** A firewall or Docker that starts later may begin to drop what is forwarded. */
function keepForwarding(podCidr: string, log: Logger): NodeJS.Timeout {
  const check = async (): Promise<void> => {
    const added = await acceptForwarding(podCidr);
    if (added) log.warn({ podCidr }, "iptables' FORWARD chain drops packets: pods' are let through");
  };
  const timer = setInterval(() => {
    check().catch((error: unknown) => log.warn({ error: String(error) }, 'forwarding not checked'));
  }, FORWARDING_CHECK_MS);
  return timer.unref();
}

/** Images that work without a registry, served to our own containerd. Failing that, pods can still name others. */
async function prepareImages({ images, log }: AgentOptions): Promise<void> {
  if (images === undefined || !existsSync(dirname(images.certsDir))) return;
  try {
    const { dataDir, certsDir } = images;
    const { dir } = await ensureImages({ dataDir, log, scope: 'local' });
    const rest = ensureImages({ dataDir, log }).catch(() => undefined);
    const registry = await startRegistry({
      imagesDir: dir,
      certsDir,
      pending: (name) => (name === 'docker.io/library/nginx' ? rest : undefined),
    });
    log.info({ port: registry.port }, 'serving images on loopback');
  } catch (error) {
    log.warn({ error: String(error) }, 'no images on loopback');
  }
}
