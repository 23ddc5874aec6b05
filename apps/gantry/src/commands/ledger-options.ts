import type { Command } from 'commander';

/** What was asked for, as the command line has it. */
export interface RawLedgerOptions {
  readonly data?: string;
  readonly kubeconfig?: string;
  readonly namespace?: string;
  readonly allNamespaces?: boolean;
  readonly object?: string;
  readonly commit?: string;
  readonly image?: string;
  readonly error?: string;
  readonly application?: string;
  readonly actor?: string;
  readonly type?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit: string;
  readonly output?: string;
}

export const withLedgerOptions = (command: Command): Command =>
  command
    .argument('[entry]', 'name of one entry: prints it whole, with the manifest that was applied')
    .option('--data <dir>', 'data folder, whose kubeconfig is used when no other is named')
    .option('--kubeconfig <file>', 'how to reach the API (default: $KUBECONFIG)')
    .option('-n, --namespace <name>', "namespace (default: the kubeconfig's)")
    .option('-A, --all-namespaces', 'entries of all namespaces')
    .option('--object <kind/name>', 'entries about an object: Deployment/web, Deployment/prod/web, web')
    .option('--commit <id>', 'entries about a commit; its first characters will do')
    .option('--image <reference>', 'entries of objects that run an image: web, web:1.2, quay.io/team/web')
    .option('--error <text>', 'entries whose error has this in it')
    .option('--application <name>', 'entries of an Application')
    .option('--actor <user>', 'what a user did')
    .option('--type <types>', 'Push,Sync,Change,Prune,Failure,Approval,Rollback,Drift,Heal,Healthy …')
    .option('--since <time>', 'a time, or how long ago: 2026-01-31T08:00:00Z, 90m, 24h, 7d')
    .option('--until <time>', 'likewise')
    .option('--limit <n>', 'entries at most', '50')
    .option('-o, --output <format>', 'json or yaml');
