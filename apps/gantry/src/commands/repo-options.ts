import type { Command } from 'commander';
import { connecting, printing } from './app-options.ts';

/** As commander gives it. */
export interface RawRepoOptions {
  readonly data?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly allNamespaces?: boolean;
  readonly output?: string;
  readonly url?: string;
  readonly interval?: string;
  readonly secret?: string;
  readonly webhookSecret?: string;
  readonly verifySecret?: string;
  readonly submodules?: boolean;
  readonly force?: boolean;
}

/** What a subcommand does; the result is the exit code. */
export type RepoAction = (verb: string, args: readonly string[], raw: RawRepoOptions) => Promise<number>;

/** `gantry repo …` */
export function withRepoCommands(repo: Command, act: RepoAction): Command {
  const add = (usage: string, description: string): Command => {
    const command = connecting(repo.command(usage).description(description), 'Repository');
    return command.action(async (...given: unknown[]) => {
      // Commander passes the arguments, the options, and the command.
      const args = given.slice(0, -2).filter((arg) => typeof arg === 'string');
      process.exitCode = await act(command.name(), args, command.opts<RawRepoOptions>());
    });
  };
  printing(add('list', 'all Repositories')).option(
    '-A, --all-namespaces',
    'of all namespaces (default without -n)',
  );
  printing(add('get <name>', 'a Repository: whether it can be read, its branches and tags, who follows it'));
  add('create <name>', 'a Repository: one elsewhere with --url, else one that Gantry hosts')
    .option('--url <url>', 'https://, http://, ssh:// or user@host:path')
    .option('--interval <duration>', 'how often it is looked at (default: 1m)')
    .option('--secret <name>', 'Secret with what opens it: token, or username and password, or identity')
    .option('--webhook-secret <name>', 'Secret with the key secret, for webhooks of the source')
    .option('--verify-secret <name>', 'Secret with the keys that commits must be signed with')
    .option('--submodules', 'fetch its submodules too');
  add('refresh <name>', 'look now for new commits');
  add('delete <name>', 'forget it; commits stay where they are').option(
    '--force',
    'although Applications follow it',
  );
  return repo;
}
