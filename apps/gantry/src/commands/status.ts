import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readStatus, type StatusReport } from '../client-socket.ts';
import { UserError } from '../errors.ts';
import { layoutOf } from '../layout.ts';
import { formatBytes } from '../text.ts';

/** Prints the state; exit code 0 when ready, 3 when not. */
export async function status(data: string, output: string | undefined): Promise<number> {
  if (output !== undefined && output !== 'json')
    throw new UserError(`-o: ${JSON.stringify(output)} is not json`, 2);
  const layout = layoutOf(data);
  const report = await readStatus(layout);
  if (output === 'json') {
    const stopped = {
      ready: false,
      components: [],
      kubeconfig: layout.kubeconfig,
      ca: join(layout.pki, 'ca.crt'),
      logs: layout.logs,
      data,
    };
    process.stdout.write(`${JSON.stringify(report ?? stopped, null, 2)}\n`);
  } else if (report === undefined) {
    const hint = existsSync(layout.options)
      ? 'start it with `npm start`'
      : 'nothing was started there yet; is --data right?';
    process.stdout.write(`Gantry does not run on ${data}: ${hint}\n`);
  } else {
    process.stdout.write(table(report));
  }
  return report?.ready === true ? 0 : 3;
}

function table(report: StatusReport): string {
  const rows = [
    ['COMPONENT', 'HEALTH', 'PID', 'MEMORY', 'RESTARTS', 'ADDRESS'],
    ...report.components.map((part) => [
      part.name,
      part.health,
      String(part.pid ?? '-'),
      formatBytes(part.memory),
      String(part.restarts),
      part.address,
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const words = report.components.flatMap(({ name, message }) =>
    message === undefined ? [] : [`${name}: ${message}`],
  );
  const simulated =
    report.simulatedBecause === undefined ? [] : [`simulated nodes, since ${report.simulatedBecause}`];
  return `${[...lines, ...words, ...simulated, '', `ready: ${report.ready}`, `console: ${report.consoleUrl}`, `kubeconfig: ${report.kubeconfig}`, `logs: ${report.logs}`].join('\n')}\n`;
}
