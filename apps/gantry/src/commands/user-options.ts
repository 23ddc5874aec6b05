import type { Command } from 'commander';
import { printing, reaching } from './app-options.ts';

/** As commander gives it. */
export interface RawUserOptions {
  readonly data?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly output?: string;
  readonly group?: readonly string[];
  readonly yes?: boolean;
}

/** What a subcommand does; the result is the exit code. */
export type UserAction = (verb: string, args: readonly string[], raw: RawUserOptions) => Promise<number>;

const collect = (value: string, previous: readonly string[] = []): string[] => [
  ...previous,
  ...value
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean),
];

/** `gantry user …` */
export function withUserCommands(user: Command, act: UserAction): Command {
  const add = (usage: string, description: string): Command => {
    const command = reaching(user.command(usage).description(description));
    return command.action(async (...given: unknown[]) => {
      // Commander passes the arguments, the options, and the command.
      const args = given.slice(0, -2).filter((arg) => typeof arg === 'string');
      process.exitCode = await act(command.name(), args, command.opts<RawUserOptions>());
    });
  };
  const groups = (command: Command): Command =>
    command.option('--group <name>', 'a group of the user (repeatable, or with commas between)', collect);
  printing(add('list', 'all local users'));
  groups(printing(add('create <name>', 'a local user; prints the first password, which is shown once')));
  groups(add('set-groups <name>', 'other groups: those of --group, or none'));
  printing(add('reset-password <name>', 'ends all sessions, prints a new first password'));
  add('disable <name>', 'nobody can sign in as the user, tokens included');
  add('enable <name>', 'take that back');
  add('delete <name>', 'the user, with sessions and tokens').option('--yes', 'without asking');
  return user;
}
