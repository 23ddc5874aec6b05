import { cpus, totalmem } from 'node:os';

export interface Row {
  readonly what: string;
  readonly figure: number;
  readonly unit: string;
  readonly p50?: number;
  readonly p99?: number;
  /** Milliseconds of CPU of the servers, an operation. */
  readonly cpuMs?: number;
  /** What the original reached on this class of machine. */
  readonly original?: number;
  /** Smaller is better. */
  readonly smaller?: boolean;
}

const digits = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2);

export function printReport(title: string, rows: readonly Row[]): void {
  const [processor] = cpus();
  process.stdout.write(
    `\n${title} (${cpus().length} × ${processor?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB)\n`,
  );
  const cells = rows.map((row) => {
    const ratio =
      row.original === undefined
        ? ''
        : `${digits(row.smaller === true ? row.original / row.figure : row.figure / row.original)} ×`;
    const times = row.p50 === undefined ? '' : `p50 ${digits(row.p50)} p99 ${digits(row.p99 ?? 0)} ms`;
    return [
      row.what,
      `${digits(row.figure)} ${row.unit}`,
      times,
      row.cpuMs === undefined ? '' : `${digits(row.cpuMs)} ms CPU`,
      row.original === undefined ? '' : digits(row.original),
      ratio,
    ];
  });
  const head = ['', 'Gantry', 'latency', 'per operation', 'original', 'better by'];
  const widths = head.map((text, column) =>
    Math.max(text.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [head, ...cells])
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
}
