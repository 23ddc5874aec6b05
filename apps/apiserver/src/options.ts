import { join } from 'node:path';
import { pkiPaths } from '@gantry/pki/pki';
import { Command, InvalidArgumentError } from 'commander';
import { type AuditOptions, addAuditFlags, auditOptions } from './audit-options.ts';
import { addExtensionFlags, type ExtensionOptions, extensionOptions } from './extension-options.ts';

/** The command line, checked. Flags are named as the original's. */
export interface Options {
  /** All on one port. */
  readonly bindAddresses: readonly string[];
  readonly securePort: number;
  readonly advertiseAddress: string;
  readonly tlsCertFile: string;
  readonly tlsPrivateKeyFile: string;
  readonly clientCaFile: string;
  readonly serviceAccountKeyFile: string;
  readonly serviceAccountSigningKeyFile: string;
  readonly serviceAccountIssuer: string;
  readonly serviceClusterIpRange: string;
  readonly serviceNodePortRange: string;
  readonly kubeletClientCertificate: string;
  readonly kubeletClientKey: string;
  /** Absent: the embedded Postgres of `data`. */
  readonly databaseUrl: string | undefined;
  readonly data: string | undefined;
  readonly audit: AuditOptions;
  readonly extension: ExtensionOptions;
  /** The PKI of `data` is made when it is missing. */
  readonly ownPki: boolean;
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535)
    throw new InvalidArgumentError('give a port between 0 and 65535');
  return value;
}

interface Flags extends Partial<Record<string, string>> {
  readonly bindAddress: string;
  readonly advertiseAddress: string;
  readonly serviceAccountIssuer: string;
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
    .option('--service-account-key-file <file>', 'public key of service-account tokens')
    .option('--service-account-signing-key-file <file>', 'private key of service-account tokens')
    .option(
      '--service-account-issuer <url>',
      'issuer of tokens',
      'https://kubernetes.default.svc.cluster.local',
    )
    .option('--service-cluster-ip-range <cidr>', 'range of cluster IPs', '10.96.0.0/12')
    .option('--service-node-port-range <range>', 'range of node ports', '30000-32767')
    .option('--kubelet-client-certificate <file>', 'client certificate towards nodes')
    .option('--kubelet-client-key <file>', 'its key')
    .option('--database-url <url>', 'Postgres, else $DATABASE_URL, else an embedded one under --data');
}

/** Reads the command line. Ends the process with a reason when it is wrong. */
export function readOptions(argv: readonly string[], env: NodeJS.ProcessEnv): Options {
  const parser = addExtensionFlags(addAuditFlags(command()));
  parser.parse(argv, { from: 'user' });
  const flags = parser.opts<Flags & { securePort: number }>();
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
  return {
    bindAddresses: flags.bindAddress.split(',').filter((address) => address !== ''),
    securePort: flags.securePort,
    advertiseAddress: flags.advertiseAddress,
    serviceAccountIssuer: flags.serviceAccountIssuer,
    serviceClusterIpRange: flags.serviceClusterIpRange,
    serviceNodePortRange: flags.serviceNodePortRange,
    tlsCertFile: file('tls-cert-file', pki?.apiserverCert),
    tlsPrivateKeyFile: file('tls-private-key-file', pki?.apiserverKey),
    clientCaFile: file('client-ca-file', pki?.caCert),
    serviceAccountKeyFile: file('service-account-key-file', pki?.serviceAccountPublicKey),
    serviceAccountSigningKeyFile: file('service-account-signing-key-file', pki?.serviceAccountKey),
    kubeletClientCertificate: file('kubelet-client-certificate', pki?.kubeletClientCert),
    kubeletClientKey: file('kubelet-client-key', pki?.kubeletClientKey),
    audit: auditOptions(flags),
    extension: extensionOptions(parser.opts(), pki),
    databaseUrl,
    data,
    ownPki: flags.tlsCertFile === undefined && data !== undefined,
  };
}
