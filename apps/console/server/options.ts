import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

export interface FrontOptions {
  readonly bind: string;
  readonly port: number;
  readonly apiUrl: URL;
  /** PEM of the authority that signed the API server's certificate. */
  readonly ca: string;
  /** Unix socket of the Git endpoint; absent = no Git here. */
  readonly gitSocket: string | undefined;
}

/** Reads the flags. Throws an Error with one line that says what is wrong. */
export function readOptions(args: readonly string[]): FrontOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      bind: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '8080' },
      'api-url': { type: 'string', default: 'https://127.0.0.1:6443' },
      'ca-file': { type: 'string' },
      'git-socket': { type: 'string' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port}: not a port between 0 and 65535`);
  const apiUrl = URL.canParse(values['api-url']) ? new URL(values['api-url']) : undefined;
  if (apiUrl?.protocol !== 'https:') throw new Error(`--api-url ${values['api-url']}: not an https:// URL`);
  const caFile = values['ca-file'];
  if (caFile === undefined)
    throw new Error('--ca-file is missing: the certificate authority of the API server');
  return {
    bind: values.bind,
    port,
    apiUrl,
    ca: readFileSync(caFile, 'utf8'),
    gitSocket: values['git-socket'],
  };
}
