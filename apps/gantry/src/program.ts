import { Command } from 'commander';
import { withAppCommands } from './commands/app-options.ts';
import { type RawLedgerOptions, withLedgerOptions } from './commands/ledger-options.ts';
import type { RawPlanOptions } from './commands/plan.ts';
import { withRepoCommands } from './commands/repo-options.ts';
import { withUserCommands } from './commands/user-options.ts';
import { UserError } from './errors.ts';
import { dataFolder, parseUpOptions, type RawUpOptions } from './options.ts';

const collect = (value: string, previous: string[] = []): string[] => [...previous, value];

function withUpOptions(command: Command): Command {
  return command
    .option('--data <dir>', 'data folder (default: /var/lib/gantry as root, else ~/.local/share/gantry)')
    .option('--api-port <port>', 'port of the Kubernetes API', '6443')
    .option('--console-port <port>', 'port of the console and Git', '8080')
    .option('--nodes <kind>', 'simulated:N runs N simulated nodes instead of a real one')
    .option('--cluster-cidr <cidr>', 'addresses of pods', '10.244.0.0/16')
    .option('--service-cidr <cidr>', 'addresses of services', '10.96.0.0/12')
    .option('--proxy-mode <mode>', 'nftables, iptables or ipvs', 'nftables')
    .option(
      '--cri-endpoint <url>',
      "unix:///… of a CRI runtime (default: CRI-O's socket if it answers, else Gantry's own containerd)",
    )
    .option('--database-url <url>', 'an outside Postgres (default: $DATABASE_URL, else an embedded one)')
    .option('--bind <address>', 'address that the API listens on; 0.0.0.0 is all', '127.0.0.1')
    .option('--public-url <url>', 'how other machines reach the API')
    .option('--cert-name <name>', "another name or address for the API's certificate (repeatable)", collect)
    .option('--node-name <name>', "this machine's node name (default: its host name)")
    .option('--node-ip <address>', "this machine's node address (default: that of the default route)")
    .option(
      '--sync-allow-addresses <list>',
      "addresses of this machine, or link-local ones, that Repositories, charts and notifications may name, like 127.0.0.1:3000; none: none (repeatable; default: all of this machine's own)",
      collect,
    )
    .option('--apiserver-flag <flag>', 'another flag of the API server, --name=value (repeatable)', collect);
}

const withData = (command: Command): Command =>
  command.option('--data <dir>', 'data folder (default: $GANTRY_DATA, else as for up)');

const EXAMPLES = `
Examples:
  npm start                                     everything, on this machine
  npm start -- --nodes simulated:100            without containers, on 100 simulated nodes
  npm start -- --detach --data /srv/gantry      in the background
  npx gantry status -o json --data /srv/gantry
  npx gantry plan --exit-code                   what a push of this folder would change
  npx gantry down --purge --data /srv/gantry    remove every trace

docs/command-line.md has each command and option.`;

function program(): Command {
  const gantry = new Command('gantry')
    .description('A Kubernetes-compatible platform driven by git push')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(see --help)');
  withUpOptions(gantry.command('up').description('start everything and run until Ctrl-C'))
    .option('--detach', 'return when everything is ready, and run on in the background')
    .action(async (raw: RawUpOptions & { detach?: boolean }) => {
      const options = parseUpOptions(raw);
      if (raw.detach === true) {
        const { upDetached } = await import('./commands/up-detached.ts');
        await upDetached(options, process.argv.slice(3));
      } else {
        const { up } = await import('./commands/up.ts');
        await up(options);
      }
    });
  withData(gantry.command('status').description('components, addresses and credentials'))
    .option('-o, --output <format>', 'json')
    .action(async (raw: { data?: string; output?: string }) => {
      const { status } = await import('./commands/status.ts');
      process.exitCode = await status(dataFolder(raw.data), raw.output);
    });
  withData(gantry.command('down').description('end Gantry; pods go on running'))
    .option('--stop-pods', 'stop the pods too')
    .option('--purge', 'stop the pods and remove every trace: rules, interfaces, mounts, data')
    .action(async (raw: { data?: string; stopPods?: boolean; purge?: boolean }) => {
      const { down } = await import('./commands/down.ts');
      await down(dataFolder(raw.data), { stopPods: raw.stopPods === true, purge: raw.purge === true });
    });
  withData(
    gantry
      .command('plan [folder]')
      .description('what a push of a folder would change, uncommitted files included'),
  )
    .option('--application <name>', 'default: the one that follows the repository of the folder')
    .option('-n, --namespace <name>', 'namespace of the Application')
    .option('-o, --output <format>', 'text or json', 'text')
    .option(
      '--revision <name>',
      'a branch, tag or commit of the repository instead of the folder; kept as a Plan',
    )
    .option('--exit-code', 'exit with 2 when something would change')
    .option('--kubeconfig <file>', 'default: $KUBECONFIG, else that of the data folder')
    .option('--context <name>', 'context of the kubeconfig')
    .action(async (folder: string | undefined, raw: RawPlanOptions) => {
      const { plan } = await import('./commands/plan.ts');
      process.exitCode = await plan(folder, raw, dataFolder(raw.data));
    });
  withUpOptions(
    gantry.command('install-service').description('start Gantry at boot, by systemd, with these options'),
  ).action(async (raw: RawUpOptions) => {
    const options = parseUpOptions(raw);
    const { installService } = await import('./commands/install-service.ts');
    installService(options);
  });
  withAppCommands(
    gantry
      .command('app')
      .alias('application')
      .description('Applications: their state, sync, approvals, rollback, plans'),
    async (verb, args, raw) => (await import('./commands/app.ts')).app(verb, args, raw),
  );
  withRepoCommands(
    gantry
      .command('repo')
      .alias('repository')
      .description('Repositories: whether they can be read, what they hold, who follows them'),
    async (verb, args, raw) => (await import('./commands/repo.ts')).repo(verb, args, raw),
  );
  withUserCommands(
    gantry.command('user').description('local users: who can sign in here, and with which groups'),
    async (verb, args, raw) => (await import('./commands/user.ts')).user(verb, args, raw),
  );
  withLedgerOptions(
    gantry.command('ledger').description('what commits, pushes and people did to Applications'),
  ).action(async (entry: string | undefined, raw: RawLedgerOptions) => {
    const { ledger } = await import('./commands/ledger.ts');
    await ledger(entry, raw);
  });
  gantry
    .command('helper <task>', { hidden: true })
    .description('work of a start or an end, for the supervisor: input and output are JSON')
    .action(async (task: string) => {
      const { runTask } = await import('./helper/run-task.ts');
      await runTask(task);
    });
  return gantry;
}

/** Runs the command line. A failure that the user can mend is one line on stderr and sets the exit code. */
export async function run(argv: readonly string[]): Promise<void> {
  try {
    await program().parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`gantry: ${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
