import { runDns } from '@gantry/addons/dns/run';
import { createClient } from '@gantry/client/client';
import { createInformerFactory } from '@gantry/client/informer-factory';
import { loadKubeconfig } from '@gantry/client/kubeconfig';
import type { Client, InformerFactory } from '@gantry/client/port';
import { runServiceProxy } from '@gantry/network/run';
import { startAgent } from '@gantry/node/node/agent';
import { SimulatedNodes } from '@gantry/node/simulated/simulated-nodes';
import { systemClock } from '@gantry/runtime/clock';
import { createEventRecorder } from '@gantry/runtime/event-recorder';
import { serveHealth } from '@gantry/runtime/health';
import { createLogger } from '@gantry/runtime/logger';
import { runProcess, untilAborted } from '@gantry/runtime/process';
import { collectDefaultMetrics, register } from 'prom-client';
import { type Options, readOptions } from './options.ts';

const DNS_PORT = 53;
/** A node is given up after 50 s of silence: a request that hangs must leave time for another. */
const REQUEST_TIMEOUT_MS = 15_000;
const log = createLogger('node-agent');

await runProcess(log, async (signal) => {
  const options = readOptions(process.argv);
  const client = createClient({
    ...loadKubeconfig(options.kubeconfig),
    userAgent: 'gantry-node-agent',
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
  });
  const informers = createInformerFactory(client, {
    onError: (resource, error) =>
      log.warn({ resource: resource.plural, error: String(error) }, 'list or watch failed'),
  });
  try {
    if (options.simulated === undefined) await runNode(options, client, informers, signal);
    else await runSimulated(options, options.simulated, client, informers, signal);
  } finally {
    client.close();
  }
});

async function runNode(
  options: Options,
  client: Client,
  informers: InformerFactory,
  signal: AbortSignal,
): Promise<void> {
  const { nodeName, nodeIp, clusterCidr, serviceCidr, clusterDomain } = options;
  collectDefaultMetrics();
  const agent = await startAgent(
    {
      client,
      informers,
      events: createEventRecorder({ client, component: 'kubelet', host: nodeName, log }),
      log,
      nodeName,
      nodeIp,
      rootDir: options.rootDir,
      localPathRoot: options.localPathRoot,
      criEndpoint: options.containerRuntimeEndpoint,
      port: options.port,
      clusterCidr,
      serviceCidr,
      ...(options.podCidr === undefined ? {} : { podCidr: options.podCidr }),
      bridge: options.bridge,
      cniConfDir: options.cniConfDir,
      clusterDns: options.dns ? options.clusterDns : '',
      clusterDomain,
      cgroupParent: options.cgroupParent,
      images: options.images,
      ...(options.tls === undefined ? {} : { tls: options.tls }),
      metrics: () => register.metrics(),
    },
    signal,
  );
  const parts: Promise<void>[] = [];
  if (options.proxy) {
    const { podCidr } = agent;
    const { bridge, proxyMode: mode } = options;
    const nodeIps = [nodeIp];
    parts.push(
      runServiceProxy({
        informers,
        nodeName,
        nodeIps,
        mode,
        clusterCidr,
        serviceCidr,
        podCidr,
        bridge,
        log,
        signal,
      }),
    );
  }
  if (options.dns) {
    const listen = [{ address: agent.bridgeAddress, port: DNS_PORT }];
    parts.push(
      runDns({ informers, listen, clusterDomain, publish: { client, nodeName, serviceCidr }, log, signal }),
    );
  }
  if (options.healthSocket !== undefined) {
    await serveHealth(options.healthSocket, { node: () => agent.checkHealth() }, signal);
  }
  await Promise.race([untilAborted(signal), Promise.all(parts).then(() => untilAborted(signal))]);
  await agent.close();
  await Promise.allSettled(parts);
}

async function runSimulated(
  options: Options,
  count: number,
  client: Client,
  informers: InformerFactory,
  signal: AbortSignal,
): Promise<void> {
  const { clusterCidr, nodeIp, simulatedPrefix: prefix } = options;
  const simulated = new SimulatedNodes({
    client,
    informers,
    clock: systemClock,
    log,
    count,
    prefix,
    clusterCidr,
    port: 0,
    nodeIp,
  });
  await informers.startAll(signal);
  await simulated.start();
  log.info({ count }, 'simulated nodes are ready');
  if (options.healthSocket !== undefined)
    await serveHealth(options.healthSocket, { ping: () => undefined }, signal);
  await untilAborted(signal);
  simulated.close();
}
