import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UserError } from '../errors.ts';
import { type UpOptions, upArguments } from '../options.ts';

const UNIT = '/etc/systemd/system/gantry.service';
const root = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '');

/** One word of ExecStart: quoted, and without systemd's specifiers and variables. */
const word = (text: string): string => JSON.stringify(text).replaceAll('%', '%%').replaceAll('$', '$$$$');

/** The unit's text; it starts `gantry up` with these options. */
export function unitText(options: UpOptions): string {
  const command = [
    process.execPath,
    '--max-semi-space-size=1',
    `${root}/apps/gantry/src/main.ts`,
    'up',
    ...upArguments(options),
  ];
  return `[Unit]
Description=Gantry
After=network-online.target
Wants=network-online.target

[Service]
Type=exec
WorkingDirectory=${root.replaceAll('%', '%%')}
ExecStart=${command.map(word).join(' ')}
# After \`gantry down\`, which ends it with code 0, it stays down.
Restart=on-failure
RestartSec=2
# Pods outlive Gantry: only the supervisor is signalled, and it ends its own processes.
KillMode=process
TimeoutStopSec=120
LimitNOFILE=1048576
Delegate=yes

[Install]
WantedBy=multi-user.target
`;
}

/** Writes and enables a systemd unit, so that Gantry starts after a reboot. */
export function installService(options: UpOptions): void {
  if (process.getuid?.() !== 0) throw new UserError('install-service needs root');
  if (!existsSync('/run/systemd/system'))
    throw new UserError('systemd does not run here: start Gantry from your own init with `npm start`');
  // The database's password may be in it.
  writeFileSync(UNIT, unitText(options), { mode: 0o600 });
  for (const command of [['daemon-reload'], ['enable', 'gantry.service']]) {
    const result = spawnSync('systemctl', command, { encoding: 'utf8' });
    if (result.status !== 0) throw new UserError(`systemctl ${command.join(' ')}: ${result.stderr.trim()}`);
  }
  process.stdout.write(
    `Wrote ${UNIT}; Gantry starts at the next boot, or now with \`systemctl start gantry\`\n`,
  );
}

/** Disables and removes the unit if it is this data folder's. */
export function removeService(data: string): void {
  if (!existsSync(UNIT) || !readFileSync(UNIT, 'utf8').includes(`"--data" ${word(data)}`)) return;
  spawnSync('systemctl', ['disable', 'gantry.service']);
  rmSync(UNIT, { force: true });
  spawnSync('systemctl', ['daemon-reload']);
}
