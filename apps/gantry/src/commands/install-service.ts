import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UserError } from '../errors.ts';

const UNIT = '/etc/systemd/system/gantry.service';
const root = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '');

/** The unit's text: `args` are those of `gantry up`. */
export function unitText(args: readonly string[]): string {
  const quoted = [process.execPath, `${root}/apps/gantry/src/main.ts`, 'up', ...args]
    .map((part) => JSON.stringify(part))
    .join(' ');
  return `[Unit]
Description=Gantry
After=network-online.target
Wants=network-online.target

[Service]
Type=exec
WorkingDirectory=${root}
ExecStart=${quoted}
Restart=always
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
export function installService(args: readonly string[]): void {
  if (process.getuid?.() !== 0) throw new UserError('install-service needs root');
  if (!existsSync('/run/systemd/system'))
    throw new UserError('systemd does not run here: start Gantry from your own init with `npm start`');
  writeFileSync(UNIT, unitText(args));
  for (const command of [['daemon-reload'], ['enable', 'gantry.service']]) {
    const result = spawnSync('systemctl', command, { encoding: 'utf8' });
    if (result.status !== 0) throw new UserError(`systemctl ${command.join(' ')}: ${result.stderr.trim()}`);
  }
  process.stdout.write(
    `Wrote ${UNIT}; Gantry starts at the next boot, or now with \`systemctl start gantry\`\n`,
  );
}
