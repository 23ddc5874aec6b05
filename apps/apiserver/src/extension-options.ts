import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { PkiPaths } from '@gantry/pki/pki';
import type { TolerationSeconds } from '@gantry/server/admission/default-toleration-seconds';
import type { FrontProxyIdentity } from '@gantry/server/aggregation/transport';
import { type Command, InvalidArgumentError } from 'commander';

/** Admission plugins that are switched, and how the server shows itself to aggregated API servers. */
export interface ExtensionOptions {
  readonly enableAdmissionPlugins: readonly string[];
  readonly disableAdmissionPlugins: readonly string[];
  readonly admissionControlConfigFile?: string;
  readonly tolerationSeconds: TolerationSeconds;
  /** Absent: requests reach aggregated servers without a client certificate. */
  readonly proxyClientCertFile?: string;
  readonly proxyClientKeyFile?: string;
  /** Signs what aggregated servers take user headers from. */
  readonly requestHeaderClientCaFile?: string;
}

interface Flags {
  readonly enableAdmissionPlugins?: readonly string[];
  readonly disableAdmissionPlugins?: readonly string[];
  readonly admissionControlConfigFile?: string;
  readonly defaultNotReadyTolerationSeconds: number;
  readonly defaultUnreachableTolerationSeconds: number;
  readonly proxyClientCertFile?: string;
  readonly proxyClientKeyFile?: string;
  readonly requestheaderClientCaFile?: string;
}

const names = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text.split(',').filter((name) => name !== ''),
];

function seconds(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('give a number of seconds');
  return Number(text);
}

export function addExtensionFlags(command: Command): Command {
  const has = (flag: string): boolean => command.options.some(({ long }) => long === flag);
  command
    .option('--enable-admission-plugins <names>', 'admission plugins beside those on by default', names)
    .option('--disable-admission-plugins <names>', 'admission plugins on by default that are off', names)
    .option('--admission-control-config-file <file>', 'configuration of admission plugins')
    .option('--default-not-ready-toleration-seconds <n>', 'of pods, on a node not ready', seconds, 300)
    .option('--default-unreachable-toleration-seconds <n>', 'of pods, on a node not reached', seconds, 300)
    .option('--proxy-client-cert-file <file>', 'client certificate towards aggregated API servers')
    .option('--proxy-client-key-file <file>', 'its key');
  if (!has('--requestheader-client-ca-file'))
    command.option('--requestheader-client-ca-file <file>', 'authority of authenticating proxies');
  return command;
}

/** A default counts where the file is there: data folders of earlier versions have none until the next start. */
export function extensionOptions(flags: Flags, pki: PkiPaths | undefined): ExtensionOptions {
  const cert = flags.proxyClientCertFile ?? pki?.frontProxyClientCert;
  const key = flags.proxyClientKeyFile ?? pki?.frontProxyClientKey;
  const ca = flags.requestheaderClientCaFile ?? pki?.frontProxyCaCert;
  return {
    enableAdmissionPlugins: flags.enableAdmissionPlugins ?? [],
    disableAdmissionPlugins: flags.disableAdmissionPlugins ?? [],
    tolerationSeconds: {
      notReady: flags.defaultNotReadyTolerationSeconds,
      unreachable: flags.defaultUnreachableTolerationSeconds,
    },
    ...(flags.admissionControlConfigFile === undefined
      ? {}
      : { admissionControlConfigFile: flags.admissionControlConfigFile }),
    ...(cert === undefined || key === undefined
      ? {}
      : { proxyClientCertFile: cert, proxyClientKeyFile: key }),
    ...(ca === undefined ? {} : { requestHeaderClientCaFile: ca }),
  };
}

const readIfThere = async (file: string | undefined): Promise<string | undefined> =>
  file === undefined || !existsSync(file) ? undefined : readFile(file, 'utf8');

/** What the files hold. */
export async function loadExtension(options: ExtensionOptions): Promise<{
  readonly frontProxy?: FrontProxyIdentity;
  readonly requestHeaderCa?: string;
}> {
  const [cert, key, ca] = await Promise.all([
    readIfThere(options.proxyClientCertFile),
    readIfThere(options.proxyClientKeyFile),
    readIfThere(options.requestHeaderClientCaFile),
  ]);
  return {
    ...(cert === undefined || key === undefined ? {} : { frontProxy: { cert, key } }),
    ...(ca === undefined ? {} : { requestHeaderCa: ca }),
  };
}
