import { type Command, InvalidArgumentError } from 'commander';

/** Bytes. */
const LONG_EVENT = 102_400;
const LONG_BATCH = 10 * 1024 * 1024;
const MODES = ['batch', 'blocking', 'blocking-strict'] as const;
type AuditMode = (typeof MODES)[number];

/** How audit events are gathered before they are written. */
interface Batching {
  readonly mode: AuditMode;
  readonly bufferSize: number;
  readonly maxBatchSize: number;
  readonly maxBatchWaitMs: number;
  readonly throttle?: { readonly qps: number; readonly burst: number };
  /** Bytes; absent = events are never cut. */
  readonly maxEventSize?: number;
  /** Bytes of a batch, where events are cut. */
  readonly maxBatchBytes?: number;
}

export interface AuditOptions {
  readonly policyFile?: string;
  readonly log?: Batching & {
    readonly path: string;
    readonly format: 'json' | 'legacy';
    readonly maxSize: number;
    readonly maxAge: number;
    readonly maxBackups: number;
    readonly compress: boolean;
  };
  readonly webhook?: Batching & { readonly configFile: string; readonly initialBackoffMs: number };
  /** How long and how much stays in the database; absent = nothing is kept there. */
  readonly database?: { readonly days: number; readonly maxMegabytes: number };
}

type Flags = Readonly<Record<string, unknown>>;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `1h30m`, `10s`, `250ms`; milliseconds. */
export function duration(text: string): number {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text))
    throw new InvalidArgumentError('give a duration such as 30s or 1h30m');
  let total = 0;
  for (const [, value = '0', , unit = ''] of text.matchAll(/(\d+(\.\d+)?)(ms|s|m|h)/g))
    total += Number(value) * (UNITS[unit] ?? 0);
  return total;
}

export function whole(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('give a whole number');
  return Number(text);
}

/** `--flag`, `--flag=true` and `--flag=false`, as Go's flags are written. */
export const toBoolean = (value: string): boolean => value !== 'false';

function mode(text: string): AuditMode {
  const known = MODES.find((one) => one === text);
  if (known === undefined) throw new InvalidArgumentError(`give one of ${MODES.join(', ')}`);
  return known;
}

function format(text: string): string {
  if (text !== 'json' && text !== 'legacy') throw new InvalidArgumentError('give json or legacy');
  return text;
}

function groupVersion(text: string): string {
  if (text !== 'audit.k8s.io/v1')
    throw new InvalidArgumentError('invalid group version, allowed versions are ["audit.k8s.io/v1"]');
  return text;
}

function addLogBatching(command: Command): Command {
  return command
    .option('--audit-log-mode <mode>', MODES.join(', '), mode, 'blocking')
    .option('--audit-log-batch-buffer-size <n>', 'events held', whole, 10_000)
    .option('--audit-log-batch-max-size <n>', 'events a batch', whole, 1)
    .option('--audit-log-batch-max-wait <duration>', 'longest wait for a batch', duration, 30_000)
    .option('--audit-log-batch-throttle-enable [bool]', 'limit batches a second', toBoolean, false)
    .option('--audit-log-batch-throttle-qps <n>', 'batches a second', Number, 0)
    .option('--audit-log-batch-throttle-burst <n>', 'batches at once', whole, 0)
    .option('--audit-log-truncate-enabled [bool]', 'cut long events', toBoolean, false)
    .option('--audit-log-truncate-max-event-size <bytes>', 'size of a long event', whole, LONG_EVENT)
    .option('--audit-log-truncate-max-batch-size <bytes>', 'size of a long batch', whole, LONG_BATCH);
}

function addWebhookBatching(command: Command): Command {
  return command
    .option('--audit-webhook-mode <mode>', MODES.join(', '), mode, 'batch')
    .option('--audit-webhook-batch-buffer-size <n>', 'events held', whole, 10_000)
    .option('--audit-webhook-batch-max-size <n>', 'events a batch', whole, 400)
    .option('--audit-webhook-batch-max-wait <duration>', 'longest wait for a batch', duration, 30_000)
    .option('--audit-webhook-batch-throttle-enable [bool]', 'limit batches a second', toBoolean, true)
    .option('--audit-webhook-batch-throttle-qps <n>', 'batches a second', Number, 10)
    .option('--audit-webhook-batch-throttle-burst <n>', 'batches at once', whole, 15)
    .option('--audit-webhook-truncate-enabled [bool]', 'cut long events', toBoolean, false)
    .option('--audit-webhook-truncate-max-event-size <bytes>', 'size of a long event', whole, LONG_EVENT)
    .option('--audit-webhook-truncate-max-batch-size <bytes>', 'size of a long batch', whole, LONG_BATCH);
}

/** The original's `--audit-*` flags, and one for the database. */
export function addAuditFlags(command: Command): Command {
  command
    .option(
      '--audit-policy-file <file>',
      'Policy of audit.k8s.io/v1; without it no file and no webhook gets events',
    )
    .option('--audit-log-path <file>', 'file of audit events; - is standard output')
    .option('--audit-log-format <format>', 'json or legacy', format, 'json')
    .option('--audit-log-maxsize <megabytes>', 'size at which a new file is begun', whole, 100)
    .option('--audit-log-maxage <days>', 'days that old files are kept', whole, 366)
    .option('--audit-log-maxbackup <n>', 'old files kept', whole, 100)
    .option('--audit-log-compress [bool]', 'compress old files', toBoolean, false)
    .option('--audit-log-version <version>', 'version of events in the file', groupVersion, 'audit.k8s.io/v1')
    .option(
      '--audit-webhook-version <version>',
      'version of events sent to the webhook',
      groupVersion,
      'audit.k8s.io/v1',
    )
    .option('--audit-webhook-config-file <file>', 'kubeconfig of a server that gets audit events')
    .option('--audit-webhook-initial-backoff <duration>', 'wait before the first retry', duration, 10_000)
    .option(
      '--audit-database-days <days>',
      'keep audit events in the database so long; without a policy file those of a standard policy',
      whole,
    )
    .option('--audit-database-max-megabytes <n>', 'drop the oldest days when there is more', whole, 10_240);
  return addWebhookBatching(addLogBatching(command));
}

/** Numbers of batches that could never go out. Throws an Error, worded as the original. */
function checkBatching(flags: Flags, sink: 'Log' | 'Webhook'): void {
  const get = (name: string): unknown => flags[`audit${sink}${name}`];
  const [event, batch] = [Number(get('TruncateMaxEventSize')), Number(get('TruncateMaxBatchSize'))];
  if (event <= 0)
    throw new Error(
      `invalid audit truncate ${sink.toLowerCase()} max event size ${event}, must be a positive number`,
    );
  if (batch < event)
    throw new Error(
      `invalid audit truncate ${sink.toLowerCase()} max batch size ${batch}, must be greater than max event size (${event})`,
    );
  if (get('Mode') !== 'batch') return;
  const numbers = [
    ['buffer size', 'BatchBufferSize'],
    ['max batch size', 'BatchMaxSize'],
    ...(get('BatchThrottleEnable') === true
      ? [
          ['throttle QPS', 'BatchThrottleQps'],
          ['throttle burst', 'BatchThrottleBurst'],
        ]
      : []),
  ] as const;
  for (const [what, flag] of numbers)
    if (!(Number(get(flag ?? '')) > 0))
      throw new Error(
        `invalid audit batch ${sink.toLowerCase()} ${what} ${String(get(flag ?? ''))}, must be a positive number`,
      );
}

function batching(flags: Flags, sink: 'Log' | 'Webhook'): Batching {
  checkBatching(flags, sink);
  const get = <T>(name: string): T => flags[`audit${sink}${name}`] as T;
  return {
    mode: get('Mode'),
    bufferSize: get('BatchBufferSize'),
    maxBatchSize: get('BatchMaxSize'),
    maxBatchWaitMs: get('BatchMaxWait'),
    ...(get<boolean>('BatchThrottleEnable')
      ? { throttle: { qps: get('BatchThrottleQps'), burst: get('BatchThrottleBurst') } }
      : {}),
    ...(get<boolean>('TruncateEnabled')
      ? { maxEventSize: get('TruncateMaxEventSize'), maxBatchBytes: get('TruncateMaxBatchSize') }
      : {}),
  };
}

/** Picks the audit options out of parsed flags. */
export function auditOptions(flags: Flags): AuditOptions {
  const text = (name: string): string | undefined => flags[name] as string | undefined;
  const [policyFile, path, configFile] = [
    text('auditPolicyFile'),
    text('auditLogPath'),
    text('auditWebhookConfigFile'),
  ];
  const days = flags.auditDatabaseDays as number | undefined;
  return {
    ...(policyFile === undefined ? {} : { policyFile }),
    ...(path === undefined
      ? {}
      : {
          log: {
            ...batching(flags, 'Log'),
            path,
            format: flags.auditLogFormat as 'json' | 'legacy',
            maxSize: flags.auditLogMaxsize as number,
            maxAge: flags.auditLogMaxage as number,
            maxBackups: flags.auditLogMaxbackup as number,
            compress: flags.auditLogCompress as boolean,
          },
        }),
    ...(configFile === undefined
      ? {}
      : {
          webhook: {
            ...batching(flags, 'Webhook'),
            configFile,
            initialBackoffMs: flags.auditWebhookInitialBackoff as number,
          },
        }),
    ...(days === undefined || days === 0
      ? {}
      : { database: { days, maxMegabytes: flags.auditDatabaseMaxMegabytes as number } }),
  };
}
