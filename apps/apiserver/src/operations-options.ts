import { type FeatureGates, parseFeatureGates } from '@gantry/server/operations/feature-gates';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { duration, toBoolean, whole } from './audit-options.ts';
import { durationText } from './duration-text.ts';
import { addInertFlags, inertFlagsGiven } from './inert-flags.ts';
import { addServingFlags, type ServingFlags, servingOptions } from './serving-options.ts';

/** Limits, health, shutdown, logs, traces, encryption: how the server is run. Files are not read yet. */
export interface OperationsFlags {
  readonly maxRequestsInflight: number;
  readonly maxMutatingRequestsInflight: number;
  readonly enablePriorityAndFairness: boolean;
  readonly requestTimeoutMs: number;
  readonly livezGraceMs: number;
  readonly shutdownDelayMs: number;
  readonly shutdownSendRetryAfter: boolean;
  readonly shutdownWatchGraceMs: number;
  readonly profiling: boolean;
  readonly http2MaxStreams: number;
  readonly tlsMinVersion: 'TLSv1.2' | 'TLSv1.3';
  readonly tlsCipherSuites: readonly string[];
  readonly encryptionConfig: string | undefined;
  readonly encryptionReload: boolean;
  readonly tracingConfigFile: string | undefined;
  readonly featureGates: FeatureGates;
  readonly disabledMetrics: readonly string[];
  /** 0: as little as possible … 10; requests are logged from 3 on. */
  readonly verbosity: number;
  /** All flags and their values, for `/flagz`. */
  readonly all: Readonly<Record<string, string>>;
  readonly serving: ServingFlags;
  readonly inert: readonly { readonly flag: string; readonly reason: string }[];
}

interface Values {
  readonly maxRequestsInflight: number;
  readonly maxMutatingRequestsInflight: number;
  readonly enablePriorityAndFairness: boolean;
  readonly requestTimeout: number;
  readonly livezGracePeriod: number;
  readonly shutdownDelayDuration: number;
  readonly shutdownSendRetryAfter: boolean;
  readonly shutdownWatchTerminationGracePeriod: number;
  readonly profiling: boolean;
  readonly http2MaxStreamsPerConnection: number;
  readonly tlsMinVersion: 'TLSv1.2' | 'TLSv1.3';
  readonly tlsCipherSuites: readonly string[];
  readonly encryptionProviderConfig?: string;
  readonly encryptionProviderConfigAutomaticReload: boolean;
  readonly tracingConfigFile?: string;
  readonly featureGates: readonly string[];
  readonly disabledMetrics: readonly string[];
  readonly v: number;
}

const TLS_VERSIONS: Readonly<Record<string, 'TLSv1.2' | 'TLSv1.3'>> = {
  VersionTLS12: 'TLSv1.2',
  VersionTLS13: 'TLSv1.3',
};
const SECRET = /token|password|secret/;

function tlsVersion(text: string): 'TLSv1.2' | 'TLSv1.3' {
  const version = TLS_VERSIONS[text];
  if (version === undefined) throw new InvalidArgumentError('give VersionTLS12 or VersionTLS13');
  return version;
}

const names = (text: string): readonly string[] => text.split(',').filter((name) => name !== '');
const several = (text: string, before: readonly string[]): readonly string[] => [...before, text];

function loggingFormat(text: string): string {
  if (text !== 'json' && text !== 'text') throw new InvalidArgumentError('give json');
  return text;
}

function addLimitFlags(command: Command): Command {
  return command
    .option('--max-requests-inflight <count>', 'reading requests at once; 0 = no limit', whole, 400)
    .option('--max-mutating-requests-inflight <count>', 'writing requests at once; 0 = no limit', whole, 200)
    .option(
      '--enable-priority-and-fairness [bool]',
      'share both limits out by FlowSchemas and PriorityLevelConfigurations',
      toBoolean,
      true,
    )
    .option('--request-timeout <duration>', 'longest request that is no watch', duration, 60_000)
    .option('--http2-max-streams-per-connection <count>', 'requests at once on one connection', whole, 250)
    .addOption(
      new Option('--tls-min-version <version>', 'VersionTLS12 or VersionTLS13')
        .argParser(tlsVersion)
        .default('TLSv1.2', 'VersionTLS12'),
    )
    .option('--tls-cipher-suites <names>', 'cipher suites of TLS 1.2 (default: those of Node)', names, []);
}

/** Adds the flags, and those of the original that have no effect. Comes after all others. */
export function addOperationsFlags(command: Command): Command {
  addLimitFlags(command)
    .option(
      '--livez-grace-period <duration>',
      'how long /livez takes an unfinished start for well',
      duration,
      0,
    )
    .option(
      '--shutdown-delay-duration <duration>',
      'serve on for this long after /readyz failed',
      duration,
      0,
    )
    .option('--shutdown-send-retry-after [bool]', 'answer 429 while ending', toBoolean, false)
    .option(
      '--shutdown-watch-termination-grace-period <duration>',
      'time over which watches are ended',
      duration,
      0,
    )
    .option('--profiling [bool]', 'offer /debug/pprof', toBoolean, false)
    .option('--encryption-provider-config <file>', 'EncryptionConfiguration of what lies in the database')
    .option('--encryption-provider-config-automatic-reload [bool]', 'follow that file', toBoolean, false)
    .option('--tracing-config-file <file>', 'TracingConfiguration: where traces go')
    .option('--feature-gates <name=bool,…>', 'features of Kubernetes that are switched', several, [])
    .option('--disabled-metrics <names>', 'metrics that /metrics leaves out', names, [])
    .option('-v, --v <level>', 'how much to log; requests from 3 on', whole, 0)
    .addOption(
      new Option('--logging-format <format>', 'json').argParser(loggingFormat).default('json').hideHelp(),
    );
  addServingFlags(command);
  return addInertFlags(command);
}

function textOf(value: unknown, isDuration: boolean): string {
  if (value === undefined) return '';
  return isDuration && typeof value === 'number' ? durationText(value) : String(value);
}

/** Every flag by its name, as `/flagz` shows it. */
function allFlags(command: Command): Record<string, string> {
  const all: Record<string, string> = {};
  for (const option of command.options) {
    if (option.hidden || option.long === undefined || option.long === '--help') continue;
    const name = option.long.slice(2);
    const value: unknown = command.getOptionValue(option.attributeName());
    const hides = SECRET.test(name) && !name.endsWith('-file') && typeof value === 'string';
    const database = name === 'database-url' && value !== undefined;
    all[name] = hides || database ? 'CLASSIFIED' : textOf(value, option.flags.includes('<duration>'));
  }
  return all;
}

/** Reads the flags. Throws Error in the original's words. */
export function operationsOptions(command: Command): OperationsFlags {
  const flags = command.opts<Values>();
  let featureGates: FeatureGates;
  try {
    featureGates = parseFeatureGates(flags.featureGates);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new Error(`invalid argument "${flags.featureGates.join(',')}" for "--feature-gates" flag: ${text}`);
  }
  if (flags.encryptionProviderConfigAutomaticReload && flags.encryptionProviderConfig === undefined)
    throw new Error(
      '--encryption-provider-config-automatic-reload must be set with --encryption-provider-config',
    );
  return {
    maxRequestsInflight: flags.maxRequestsInflight,
    maxMutatingRequestsInflight: flags.maxMutatingRequestsInflight,
    enablePriorityAndFairness: flags.enablePriorityAndFairness,
    requestTimeoutMs: flags.requestTimeout,
    livezGraceMs: flags.livezGracePeriod,
    shutdownDelayMs: flags.shutdownDelayDuration,
    shutdownSendRetryAfter: flags.shutdownSendRetryAfter,
    shutdownWatchGraceMs: flags.shutdownWatchTerminationGracePeriod,
    profiling: flags.profiling,
    http2MaxStreams: flags.http2MaxStreamsPerConnection,
    tlsMinVersion: flags.tlsMinVersion,
    tlsCipherSuites: flags.tlsCipherSuites,
    encryptionConfig: flags.encryptionProviderConfig,
    encryptionReload: flags.encryptionProviderConfigAutomaticReload,
    tracingConfigFile: flags.tracingConfigFile,
    featureGates,
    disabledMetrics: flags.disabledMetrics,
    verbosity: flags.v,
    all: allFlags(command),
    serving: servingOptions(command.opts()),
    inert: inertFlagsGiven(command),
  };
}
