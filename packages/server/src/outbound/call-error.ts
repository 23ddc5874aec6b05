import { isIP } from 'node:net';

/** Why a call to another server failed, in the words that clients know from the original. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  /** HTTP status of the other side's answer, when there was one. */
  readonly answered: number | undefined;

  constructor(message: string, answered?: number) {
    super(message);
    this.answered = answered;
  }
}

/** The configuration does not tell whom to call, or whom to trust: nobody was called. */
export class ConfigurationError extends OutboundError {}

const UNKNOWN_AUTHORITY = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
]);

interface SocketFailure {
  readonly code?: string;
  readonly message: string;
  readonly address?: string;
  readonly port?: number;
  readonly host?: string;
  readonly cert?: { readonly subjectaltname?: string };
}

const certificate = (cause: string): string => `tls: failed to verify certificate: x509: ${cause}`;

function wrongName({ cert, host }: SocketFailure): string {
  // Addresses say nothing of a name, nor names of an address.
  const kind = isIP(host ?? '') === 0 ? 'DNS:' : 'IP Address:';
  const names = (cert?.subjectaltname ?? '')
    .split(', ')
    .filter((name) => name.startsWith(kind))
    .map((name) => name.slice(kind.length));
  return names.length === 0
    ? certificate('certificate relies on legacy Common Name field, use SANs instead')
    : certificate(`certificate is valid for ${names.join(', ')}, not ${host ?? ''}`);
}

/** The text of a failed connection. */
export function describeFailure(error: unknown): string {
  const failure = (error instanceof AggregateError ? error.errors[0] : error) as SocketFailure;
  const { code = '', address, port, message } = failure;
  const dial = (cause: string): string =>
    address === undefined ? `dial tcp: ${cause}` : `dial tcp ${address}:${port ?? 0}: ${cause}`;
  if (UNKNOWN_AUTHORITY.has(code)) return certificate('certificate signed by unknown authority');
  switch (code) {
    case 'ECONNREFUSED':
      return dial('connect: connection refused');
    case 'EHOSTUNREACH':
      return dial('connect: no route to host');
    case 'ENETUNREACH':
      return dial('connect: network is unreachable');
    case 'ETIMEDOUT':
      return dial('connect: connection timed out');
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `dial tcp: lookup ${(error as { hostname?: string }).hostname ?? ''}: no such host`;
    case 'ECONNRESET':
    case 'EPIPE':
      return 'EOF';
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return certificate('certificate has expired or is not yet valid');
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return wrongName(failure);
    default:
      return message;
  }
}

const ANSWERS: Readonly<Record<number, string>> = {
  400: 'the server rejected our request for an unknown reason',
  401: 'the server has asked for the client to provide credentials',
  404: 'the server could not find the requested resource',
  405: 'the server does not allow this method on the requested resource',
  409: 'the server reported a conflict',
  413: 'the server responded with the status code 413 but did not return more information',
  422: 'the server rejected our request due to an error in our request',
  429: 'the server has received too many requests and has asked us to try again later',
  503: 'the server is currently unable to handle the request',
  504: 'the server was unable to return a response in the time allotted, but may still be processing the request',
};

const SAYS_WHY = new Set([403, 406]);
const MAX_SHOWN = 1024;

/** The text for an answer that is no success; `body` is what the server said. */
export function describeAnswer(code: number, body: string): string {
  const said = body.trim().slice(0, MAX_SHOWN) || 'unknown';
  if (SAYS_WHY.has(code)) return said;
  const known = ANSWERS[code];
  if (known !== undefined) return known;
  return code >= 500
    ? `an error on the server (${JSON.stringify(said)}) has prevented the request from succeeding`
    : `the server responded with the status code ${code} but did not return more information`;
}
