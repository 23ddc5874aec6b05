import type { Command } from 'commander';
import { type RawSpecOptions, withSpecOptions } from './app-spec.ts';

/** As commander gives it. */
export interface RawAppOptions {
  readonly data?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly allNamespaces?: boolean;
  readonly output?: string;
  readonly only?: string;
  readonly wait?: boolean;
  readonly timeout?: string;
  readonly spec: RawSpecOptions;
  readonly cascade?: boolean;
  readonly orphan?: boolean;
}

/** What a subcommand does; the result is the exit code. */
export type AppAction = (verb: string, args: readonly string[], raw: RawAppOptions) => Promise<number>;

export const reaching = (command: Command): Command =>
  command
    .option('--data <dir>', 'data folder, whose kubeconfig is used when no other is named')
    .option('--kubeconfig <file>', 'default: $KUBECONFIG, else that of the data folder')
    .option('--context <name>', 'context of the kubeconfig');

export const connecting = (command: Command, kind = 'Application'): Command =>
  reaching(command).option(
    '-n, --namespace <name>',
    `namespace (default: the one that has the ${kind} of this name)`,
  );

export const printing = (command: Command): Command =>
  command.option('-o, --output <format>', 'json or yaml');

const waiting = (command: Command): Command =>
  command
    .option('--no-wait', 'return when it is asked for, not when it is done')
    .option('--timeout <seconds>', 'how long to wait at most', '300');

/** `gantry app …` */
export function withAppCommands(app: Command, act: AppAction): Command {
  const add = (usage: string, description: string): Command => {
    const command = connecting(app.command(usage).description(description));
    return command.action(async (...given: unknown[]) => {
      // Commander passes the arguments, the options, and the command.
      const args = given.slice(0, -2).filter((arg) => typeof arg === 'string');
      const raw = command.opts<RawAppOptions & RawSpecOptions>();
      process.exitCode = await act(command.name(), args, { ...raw, spec: raw });
    });
  };
  printing(add('list', 'all Applications')).option(
    '-A, --all-namespaces',
    'of all namespaces (default without -n)',
  );
  printing(add('get <name>', 'an Application, its objects, and what it waits for'));
  withSpecOptions(
    add('create <name>', 'an Application that follows a Repository of the same namespace'),
    'create',
  );
  withSpecOptions(add('set <name>', 'change what an Application follows, and how it is synced'), 'set');
  waiting(add('sync <name>', 'apply the newest commit now; ends a rollback')).option(
    '--only <objects>',
    'Kind/name or group/Kind/namespace/name, with commas between: these only, and no deletions',
  );
  waiting(
    add('approve <name> [approval]', 'let deletions beyond the budget go on; without APPROVAL: show them'),
  );
  waiting(
    add('rollback <name> <commit>', 'go back to a commit of the history, and stay until another comes'),
  );
  printing(add('history <name>', 'what was applied, when, by whom'));
  printing(add('plans <name> [plan]', 'the Plans that are kept of it; with PLAN: all that one says'));
  waiting(add('delete <name>', 'deletes the Application; its objects stay or go, as its deletionPolicy says'))
    .option('--cascade', 'its objects go with it')
    .option('--orphan', 'its objects stay');
  return app;
}
