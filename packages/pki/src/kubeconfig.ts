import { stringify } from 'yaml';
import { writeFileAtomic } from './files.ts';

/** Writes a kubeconfig (0600) with one cluster, one user and the current context `gantry`, all data embedded. */
export async function writeKubeconfig(
  path: string,
  options: {
    readonly server: string;
    readonly ca: string;
    readonly cert: string;
    readonly key: string;
    readonly user: string;
    readonly namespace?: string;
  },
): Promise<void> {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'gantry',
        cluster: { server: options.server, 'certificate-authority-data': toBase64(options.ca) },
      },
    ],
    users: [
      {
        name: options.user,
        user: {
          'client-certificate-data': toBase64(options.cert),
          'client-key-data': toBase64(options.key),
        },
      },
    ],
    contexts: [
      {
        name: 'gantry',
        context: {
          cluster: 'gantry',
          user: options.user,
          ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
        },
      },
    ],
    'current-context': 'gantry',
  };
  await writeFileAtomic(path, stringify(config, { lineWidth: 0 }), 0o600);
}

const toBase64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
