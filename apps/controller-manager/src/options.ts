import { Command, InvalidArgumentError } from 'commander';

export interface ManagerOptions {
  readonly kubeconfig: string;
  readonly clusterCidr?: string;
  readonly serviceClusterIpRange?: string;
  readonly allocateNodeCidrs: boolean;
  readonly rootCaFile?: string;
  readonly clusterSigningCertFile?: string;
  readonly clusterSigningKeyFile?: string;
  /** Seconds. */
  readonly clusterSigningDuration?: number;
  readonly serviceAccountPrivateKeyFile?: string;
  /** Seconds. */
  readonly legacyServiceAccountTokenCleanUpPeriod?: number;
  readonly leaderElect: boolean;
  readonly leaderElectIdentity?: string;
  readonly controllers: readonly string[];
  readonly healthSocket?: string;
  readonly localPathRoot?: string;
  readonly scheduler: boolean;
  readonly schedulerKubeconfig?: string;
  readonly sync: boolean;
  readonly syncKubeconfig?: string;
  readonly gitRoot?: string;
  readonly gitSocket?: string;
  readonly helm?: string;
  readonly syncAllowAddresses?: readonly string[];
}

/** `--flag`, `--flag=true` and `--flag=false`, as Go's flags are written. */
const toBoolean = (value: string): boolean => value !== 'false';
const toList = (value: string): string[] => value.split(',').filter((entry) => entry !== '');

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };

/** `8760h0m0s`; seconds. */
function toSeconds(value: string): number {
  if (!/^(\d+[hms])+$/.test(value)) throw new InvalidArgumentError('give a duration such as 8760h or 90m');
  let total = 0;
  for (const [, amount = '0', unit = ''] of value.matchAll(/(\d+)([hms])/g))
    total += Number(amount) * (UNITS[unit] ?? 0);
  return total;
}

/** Reads the command line; flags are named as kube-controller-manager's where it has them. */
export function options(argv: readonly string[]): ManagerOptions {
  return new Command('controller-manager')
    .description("Runs Gantry's controllers, and on request its scheduler and sync, in one process")
    .requiredOption('--kubeconfig <file>', 'how to reach the API server')
    .option('--cluster-cidr <cidr>', 'addresses of pods')
    .option('--service-cluster-ip-range <cidr>', 'addresses of services')
    .option('--allocate-node-cidrs [bool]', 'give each node a part of --cluster-cidr', toBoolean, false)
    .option('--root-ca-file <file>', 'CA published in every namespace as kube-root-ca.crt')
    .option('--cluster-signing-cert-file <file>', 'authority that signs certificates of approved requests')
    .option('--cluster-signing-key-file <file>', 'its key')
    .option(
      '--cluster-signing-duration <duration>',
      'longest life of such a certificate',
      toSeconds,
      31_536_000,
    )
    .option('--service-account-private-key-file <file>', 'signs tokens that lie in Secrets')
    .option(
      '--legacy-service-account-token-clean-up-period <duration>',
      'how long an old token in a Secret may lie unused',
      toSeconds,
      31_536_000,
    )
    .option('--leader-elect [bool]', 'run only while holding the lease', toBoolean, true)
    .option(
      '--leader-elect-identity <id>',
      'name in the lease; a process that starts again under the same name goes on at once (default: a new one)',
    )
    .option('--controllers <list>', "names; '*' is all, '-name' all but one", toList, ['*'])
    .option('--health-socket <path>', 'Unix socket for /healthz and /metrics')
    .option('--local-path-root <dir>', 'folder on nodes for volumes of the local-path provisioner')
    .option('--scheduler [bool]', 'run the scheduler too', toBoolean, false)
    .option('--scheduler-kubeconfig <file>', "the scheduler's identity (default: --kubeconfig)")
    .option('--sync [bool]', 'run the GitOps sync too', toBoolean, false)
    .option('--sync-kubeconfig <file>', "the sync's identity (default: --kubeconfig)")
    .option('--git-root <dir>', 'folder of the hosted Git repositories')
    .option('--git-socket <path>', "Unix socket for Git's smart HTTP")
    .option(
      '--sync-allow-addresses <list>',
      'addresses of this machine, or link-local ones, that Repositories, charts and notifications may name',
      toList,
    )
    .option('--helm <path>', 'helm that renders charts (default: GANTRY_HELM, or the one on PATH)')
    .showHelpAfterError()
    .parse([...argv])
    .opts<ManagerOptions>();
}
