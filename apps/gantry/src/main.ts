import { Command } from 'commander';
import { down } from './commands/down.ts';
import { installService } from './commands/install-service.ts';
import { status } from './commands/status.ts';
import { up, upDetached } from './commands/up.ts';
import { UserError } from './errors.ts';
import { dataFolder, parseUpOptions, type RawUpOptions } from './options.ts';

const collect = (value: string, previous: string[]): string[] => [...previous, value];

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
    .option('--database-url <url>', 'an outside Postgres (default: an embedded one)')
    .option('--bind <address>', 'address that the API and the console listen on', '127.0.0.1')
    .option('--public-url <url>', 'how other machines reach the API')
    .option(
      '--cert-name <name>',
      "another name or address for the API's certificate (repeatable)",
      collect,
      [],
    )
    .option('--node-name <name>', "this machine's node name")
    .option('--node-ip <address>', "this machine's node address");
}

const program = new Command('gantry')
  .description('A Kubernetes-compatible platform driven by git push')
  .showHelpAfterError();
const withData = (command: Command): Command => command.option('--data <dir>', 'data folder');

withUpOptions(program.command('up').description('start everything and run until Ctrl-C'))
  .option('--detach', 'return when everything is ready, and run on in the background')
  .action(async (raw: RawUpOptions & { detach?: boolean }) => {
    const options = parseUpOptions(raw);
    if (raw.detach === true) await upDetached(options, process.argv.slice(3));
    else await up(options);
  });

withData(program.command('status').description('components, addresses and credentials'))
  .option('-o, --output <format>', 'json')
  .action(async (raw: { data?: string; output?: string }) => {
    process.exitCode = await status(dataFolder(raw.data), raw.output);
  });

withData(program.command('down').description('end Gantry; pods go on running'))
  .option('--stop-pods', 'stop the pods too')
  .option('--purge', 'stop the pods and remove every trace: rules, interfaces, mounts, data')
  .action(async (raw: { data?: string; stopPods?: boolean; purge?: boolean }) => {
    await down(dataFolder(raw.data), { stopPods: raw.stopPods === true, purge: raw.purge === true });
  });

withUpOptions(
  program.command('install-service').description('start Gantry at boot, by systemd, with these options'),
).action((raw: RawUpOptions) => {
  parseUpOptions(raw);
  installService(process.argv.slice(3));
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`gantry: ${error.message}\n`);
  process.exitCode = error.exitCode;
}
// Keep-alive connections of the client would hold the process for seconds.
process.exit();
