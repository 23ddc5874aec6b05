import { dirname, join } from 'node:path';
import { defaultNodeName } from '@gantry/node/node/node-object';
import { Command, InvalidArgumentError } from 'commander';

/** The command line, checked. Flags are named as kubelet's and kube-proxy's where they have them. */
export interface Options {
  readonly kubeconfig: string;
  readonly nodeName: string;
  readonly nodeIp: string;
  readonly rootDir: string;
  readonly localPathRoot: string;
  readonly containerRuntimeEndpoint: string;
  readonly clusterDns: string;
  readonly clusterDomain: string;
  readonly clusterCidr: string;
  readonly serviceCidr: string;
  readonly podCidr: string | undefined;
  readonly proxyMode: 'nftables' | 'iptables' | 'ipvs';
  readonly port: number;
  readonly tls:
    | { readonly certFile: string; readonly keyFile: string; readonly clientCaFile: string }
    | undefined;
  readonly healthSocket: string | undefined;
  readonly bridge: string;
  readonly cniConfDir: string;
  readonly cgroupParent: string;
  readonly images: { readonly dataDir: string; readonly certsDir: string };
  readonly proxy: boolean;
  readonly dns: boolean;
  /** Undefined = a real node. */
  readonly simulated: number | undefined;
  readonly simulatedPrefix: string;
}

interface Flags extends Partial<Record<string, string>> {
  readonly kubeconfig: string;
  readonly nodeName: string;
  readonly nodeIp: string;
  readonly rootDir: string;
  readonly clusterDomain: string;
  readonly clusterCidr: string;
  readonly serviceClusterIpRange: string;
  readonly bridge: string;
  readonly cgroupRoot: string;
}

function whole(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
}

function proxyMode(text: string): Options['proxyMode'] {
  if (text === 'nftables' || text === 'iptables' || text === 'ipvs') return text;
  throw new InvalidArgumentError('must be nftables, iptables or ipvs');
}

function bridgeName(text: string): string {
  if (!/^[a-z][a-z0-9-]{0,14}$/.test(text))
    throw new InvalidArgumentError('must be 1 to 15 of a-z, 0-9 and -');
  return text;
}

function command(): Command {
  return new Command('node-agent')
    .description('Runs the pods of a node, its Service rules and its DNS server.')
    .requiredOption('--kubeconfig <file>', 'how to reach the API server')
    .option('--node-name <name>', 'name of the Node', defaultNodeName())
    .option('--node-ip <address>', 'address of the Node', '127.0.0.1')
    .option('--root-dir <folder>', 'pods, logs, checkpoints', '/var/lib/gantry/node')
    .option('--local-path-root <folder>', 'volumes of the local-path provisioner; default: volumes beside it')
    .option('--container-runtime-endpoint <url>', 'unix:///… of a CRI v1 runtime')
    .option('--cluster-dns <address>', 'name server of pods; default: the 10th address of the service range')
    .option('--cluster-domain <domain>', 'domain of the cluster', 'cluster.local')
    .option('--cluster-cidr <cidr>', 'range of all pods', '10.244.0.0/16')
    .option('--service-cluster-ip-range <cidr>', 'range of cluster IPs', '10.96.0.0/12')
    .option(
      '--pod-cidr <cidr>',
      "range of this node's pods; default: as a controller says, or the first free one",
    )
    .option('--proxy-mode <mode>', 'nftables, iptables or ipvs', proxyMode, 'nftables')
    .option('--port <port>', 'port of logs, exec and statistics', whole, 10_250)
    .option('--tls-cert-file <file>', 'certificate of that port')
    .option('--tls-private-key-file <file>', 'its key')
    .option('--client-ca-file <file>', 'authority of the clients that may ask')
    .option('--health-socket <path>', 'Unix socket for /healthz and /metrics')
    .option('--bridge <name>', "the pods' bridge", bridgeName, 'cni0')
    .option('--cni-conf-dir <folder>', "the runtime's CNI configuration; default: of Gantry's own containerd")
    .option('--cgroup-root <name>', 'cgroup that holds all pods', 'kubepods')
    .option('--no-proxy', 'leave Services to another program')
    .option('--no-dns', 'leave DNS to another program')
    .option('--simulated <count>', 'be so many nodes without containers', whole)
    .option('--simulated-prefix <name>', 'their names are NAME-0 …', 'sim')
    .showHelpAfterError();
}

/** The n-th address of an IPv4 range. */
function addressIn(cidr: string, index: number): string {
  const [base = ''] = cidr.split('/');
  const value = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + index;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** Reads the command line; ends the process with a reason when it is wrong. */
export function readOptions(argv: readonly string[]): Options {
  const parser = command();
  parser.parse([...argv]);
  const flags = parser.opts<
    Flags & {
      port: number;
      proxyMode: Options['proxyMode'];
      proxy: boolean;
      dns: boolean;
      simulated?: number;
    }
  >();
  const { tlsCertFile, tlsPrivateKeyFile, clientCaFile, containerRuntimeEndpoint, rootDir } = flags;
  if (flags.simulated === undefined && containerRuntimeEndpoint === undefined) {
    parser.error('--container-runtime-endpoint is needed (or --simulated)');
  }
  const given = [tlsCertFile, tlsPrivateKeyFile, clientCaFile].filter((file) => file !== undefined).length;
  if (given !== 0 && given !== 3)
    parser.error('--tls-cert-file, --tls-private-key-file and --client-ca-file go together');
  const dataDir = dirname(rootDir);
  return {
    kubeconfig: flags.kubeconfig,
    nodeName: flags.nodeName,
    nodeIp: flags.nodeIp,
    rootDir,
    localPathRoot: flags.localPathRoot ?? join(dataDir, 'volumes'),
    containerRuntimeEndpoint: containerRuntimeEndpoint ?? '',
    clusterDns: flags.clusterDns ?? addressIn(flags.serviceClusterIpRange, 10),
    clusterDomain: flags.clusterDomain,
    clusterCidr: flags.clusterCidr,
    serviceCidr: flags.serviceClusterIpRange,
    podCidr: flags.podCidr,
    proxyMode: flags.proxyMode,
    port: flags.port,
    tls:
      tlsCertFile === undefined || tlsPrivateKeyFile === undefined || clientCaFile === undefined
        ? undefined
        : { certFile: tlsCertFile, keyFile: tlsPrivateKeyFile, clientCaFile },
    healthSocket: flags.healthSocket,
    bridge: flags.bridge,
    cniConfDir: flags.cniConfDir ?? join(dataDir, 'containerd', 'cni'),
    cgroupParent: flags.cgroupRoot,
    images: { dataDir, certsDir: join(dataDir, 'containerd', 'certs.d') },
    proxy: flags.proxy,
    dns: flags.dns,
    simulated: flags.simulated,
    simulatedPrefix: flags.simulatedPrefix ?? 'sim',
  };
}
