import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pkiPaths } from '@gantry/pki/pki';
import { Command, InvalidArgumentError } from 'commander';
import { type AuditOptions, addAuditFlags, auditOptions } from './audit-options.ts';
import { type AuthOptions, addAuthFlags, authOptions } from './auth-options.ts';
import { addConsoleFlags, type ConsoleOptions, consoleOptions } from './console-options.ts';
import { addExtensionFlags, type ExtensionOptions, extensionOptions } from './extension-options.ts';
import { addLedgerFlags, type LedgerOptions, ledgerOptions } from './ledger.ts';
import { addOperationsFlags, type OperationsFlags, operationsOptions } from './operations-options.ts';

/** The command line, checked. Flags are named as the original's. */
export interface Options {
  /** All on one port. */
  readonly bindAddresses: readonly string[];
  readonly securePort: number;
  readonly advertiseAddress: string;
  readonly tlsCertFile: string;
  readonly tlsPrivateKeyFile: string;
  readonly clientCaFile: string;
  /** Keys of tokens that hold, older ones too. */
  readonly serviceAccountKeyFiles: readonly string[];
  readonly serviceAccountSigningKeyFile: string;
  /** The first one signs; all are accepted. */
  readonly serviceAccountIssuers: readonly string[];
  readonly serviceClusterIpRange: string;
  readonly serviceNodePortRange: string;
  /** Absent: nodes are shown no certificate. */
  readonly kubeletClient: { readonly certificate: string; readonly key: string } | undefined;
  /** Absent: the embedded Postgres of `data`. */
  readonly databaseUrl: string | undefined;
  readonly data: string | undefined;
  readonly audit: AuditOptions;
  /** Absent: no ledger is kept. */
  readonly ledger: LedgerOptions | undefined;
  readonly auth: AuthOptions;
  /** Absent: people sign in to the console with local users only. */
  readonly console: ConsoleOptions | undefined;
  readonly extension: ExtensionOptions;
  readonly operations: OperationsFlags;
  /** The PKI of `data` is made when it is missing. */
  readonly ownPki: boolean;
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535)
    throw new InvalidArgumentError('give a port between 0 and 65535');
  return value;
}

const DEFAULT_ISSUER = 'https://kubernetes.default.svc.cluster.local';
const several = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** Ends the process with the reason when the flags do not fit together. */
function orEnd<T>(parser: Command, read: () => T): T {
  try {
    return read();
  } catch (error) {
    return parser.error(error instanceof Error ? error.message : String(error));
  }
}

interface Flags extends Partial<Record<string, string>> {
  readonly bindAddress: string;
  readonly advertiseAddress: string;
  readonly serviceClusterIpRange: string;
  readonly serviceNodePortRange: string;
}

function command(): Command {
  return new Command('apiserver')
    .description('Serves the Kubernetes API and the Gantry console API from Postgres.')
    .option('--bind-address <ips>', 'addresses to listen on, separated by commas', '127.0.0.1')
    .option('--secure-port <port>', 'port of HTTPS', port, 6443)
    .option('--advertise-address <ip>', 'address under which pods and nodes reach this server', '127.0.0.1')
    .option('--data <folder>', 'data folder: default of the certificate files, and of an embedded database')
    .option('--tls-cert-file <file>', 'certificate of HTTPS')
    .option('--tls-private-key-file <file>', 'its key')
    .option('--client-ca-file <file>', 'authority that signs client certificates')
    .option(
      '--service-account-key-file <file>',
      'public key of service-account tokens; may be repeated',
      several,
    )
    .option('--service-account-signing-key-file <file>', 'private key of service-account tokens')
    .option(
      '--service-account-issuer <url>',
      `issuer of tokens; the first one signs when repeated (default: ${DEFAULT_ISSUER})`,
      several,
    )
    .option('--service-cluster-ip-range <cidr>', 'range of cluster IPs', '10.96.0.0/12')
    .option('--service-node-port-range <range>', 'range of node ports', '30000-32767')
    .option('--kubelet-client-certificate <file>', 'client certificate towards nodes')
    .option('--kubelet-client-key <file>', 'its key')
    .option('--database-url <url>', 'Postgres, else $DATABASE_URL, else an embedded one under --data');
}

interface Lists {
  readonly serviceAccountKeyFile?: readonly string[];
  readonly serviceAccountIssuer?: readonly string[];
}

/** The command with all of its flags. */
export const flagsCommand = (): Command =>
  addOperationsFlags(
    addExtensionFlags(addConsoleFlags(addAuthFlags(addLedgerFlags(addAuditFlags(command()))))),
  );

/** As the flags say, else that of the data folder, where there is one or will be. */
function kubeletClient(
  { kubeletClientCertificate: certificate, kubeletClientKey: key }: Flags,
  pki: ReturnType<typeof pkiPaths> | undefined,
  ownPki: boolean,
): Options['kubeletClient'] {
  if (certificate !== undefined && key !== undefined) return { certificate, key };
  if (pki === undefined || !(ownPki || existsSync(pki.kubeletClientCert))) return undefined;
  return { certificate: certificate ?? pki.kubeletClientCert, key: key ?? pki.kubeletClientKey };
}

/** Reads the command line. Ends the process with a reason when it is wrong. */
export function readOptions(argv: readonly string[], env: NodeJS.ProcessEnv): Options {
  const parser = flagsCommand();
  parser.parse(argv, { from: 'user' });
  const flags = parser.opts<Flags & { securePort: number }>();
  const lists = parser.opts<Lists>();
  const { data } = flags;
  const pki = data === undefined ? undefined : pkiPaths(join(data, 'pki'));
  const file = (flag: string, fallback: string | undefined): string => {
    const name = flag.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());
    const value = flags[name] ?? fallback;
    if (value === undefined) parser.error(`--${flag} is needed (or --data with a folder that holds pki/)`);
    return value ?? '';
  };
  const databaseUrl = flags.databaseUrl ?? env.DATABASE_URL;
  if (databaseUrl === undefined && data === undefined) parser.error('give --database-url or --data');
  const auth = orEnd(parser, () => authOptions(flags));
  return {
    bindAddresses: flags.bindAddress.split(',').filter((address) => address !== ''),
    securePort: flags.securePort,
    advertiseAddress: flags.advertiseAddress,
    serviceAccountIssuers: lists.serviceAccountIssuer ?? [DEFAULT_ISSUER],
    serviceClusterIpRange: flags.serviceClusterIpRange,
    serviceNodePortRange: flags.serviceNodePortRange,
    tlsCertFile: file('tls-cert-file', pki?.apiserverCert),
    tlsPrivateKeyFile: file('tls-private-key-file', pki?.apiserverKey),
    clientCaFile: file('client-ca-file', pki?.caCert),
    serviceAccountKeyFiles: lists.serviceAccountKeyFile ?? [
      file('service-account-key-file', pki?.serviceAccountPublicKey),
    ],
    serviceAccountSigningKeyFile: file('service-account-signing-key-file', pki?.serviceAccountKey),
    kubeletClient: kubeletClient(flags, pki, flags.tlsCertFile === undefined),
    audit: auditOptions(flags),
    ledger: ledgerOptions(flags),
    auth,
    console: orEnd(parser, () => consoleOptions(flags, auth.oidc)),
    extension: extensionOptions(parser.opts(), pki),
    operations: orEnd(parser, () => operationsOptions(parser)),
    databaseUrl,
    data,
    ownPki: flags.tlsCertFile === undefined && data !== undefined,
  };
}
