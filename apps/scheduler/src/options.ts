import { Command, InvalidArgumentError } from 'commander';

export interface SchedulerOptions {
  readonly kubeconfig: string;
  readonly leaderElect: boolean;
  readonly healthSocket?: string;
  readonly schedulerName: string;
  readonly percentageOfNodesToScore: number;
}

/** `--flag`, `--flag=true` and `--flag=false`, as Go's flags are written. */
const toBoolean = (value: string): boolean => value !== 'false';

function toPercentage(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > 100)
    throw new InvalidArgumentError('must be a whole number from 0 (as many as the cluster asks for) to 100');
  return number;
}

/** Reads the command line; flags are named as kube-scheduler's where it has them. */
export function options(argv: readonly string[]): SchedulerOptions {
  return new Command('scheduler')
    .description('Places pods on nodes')
    .requiredOption('--kubeconfig <file>', 'how to reach the API server')
    .option('--leader-elect [bool]', 'run only while holding the lease', toBoolean, true)
    .option('--health-socket <path>', 'Unix socket for /healthz and /metrics')
    .option('--scheduler-name <name>', 'pods with this spec.schedulerName', 'default-scheduler')
    .option(
      '--percentage-of-nodes-to-score <n>',
      'feasible nodes that are enough, 0 = adaptive',
      toPercentage,
      0,
    )
    .showHelpAfterError()
    .parse([...argv])
    .opts<SchedulerOptions>();
}
