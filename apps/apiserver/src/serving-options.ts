import { type Command, InvalidArgumentError, Option } from 'commander';
import { duration, toBoolean, whole } from './audit-options.ts';

/** How connections are served, and how long things last. */
export interface ServingFlags {
  /** 0: events stay. */
  readonly eventLifeMs: number;
  /** 0: watches end only when clients say so. */
  readonly minRequestTimeoutMs: number;
  readonly corsAllowedOrigins: readonly RegExp[];
  /** The header `Strict-Transport-Security`; '' = none. */
  readonly strictTransport: string;
  readonly goawayChance: number;
  readonly disableHttp2: boolean;
  readonly sniCertificates: readonly SniFiles[];
}

export interface SniFiles {
  readonly certFile: string;
  readonly keyFile: string;
  /** None: those of the certificate. */
  readonly names: readonly string[];
}

interface Values {
  readonly eventTtl: number;
  readonly minRequestTimeout: number;
  readonly corsAllowedOrigins: readonly RegExp[];
  readonly strictTransportSecurityDirectives: readonly string[];
  readonly goawayChance: number;
  readonly disableHttp2Serving: boolean;
  readonly tlsSniCertKey: readonly SniFiles[];
}

/** A pattern that does not say where the host begins and ends would let in hosts that only contain it. */
function origins(text: string, before: readonly RegExp[]): readonly RegExp[] {
  const patterns = text.split(',').map((pattern) => {
    if (pattern === '') throw new InvalidArgumentError('empty value');
    if (!/\^|\/\//.test(pattern) || !/[$:]/.test(pattern))
      throw new InvalidArgumentError(
        'invalid regular expression: regular expression does not pin to start/end of host in the origin header',
      );
    try {
      return new RegExp(pattern);
    } catch (error) {
      throw new InvalidArgumentError(`invalid regular expression: ${(error as Error).message}`);
    }
  });
  return [...before, ...patterns];
}

function directives(text: string, before: readonly string[]): readonly string[] {
  const given = text.split(',').map((one) => one.trim());
  const isKnown = (one: string): boolean => /^(max-age=\S+|includeSubDomains|preload)$/.test(one);
  if (!given.every(isKnown))
    throw new InvalidArgumentError(
      'invalid, allowed values: max-age=expireTime, includeSubDomains, preload. see https://tools.ietf.org/html/rfc6797#section-6.1 for more information',
    );
  return [...before, ...given];
}

function chance(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 0.02))
    throw new InvalidArgumentError('can not be less than 0 or greater than 0.02');
  return value;
}

/** `certfile,keyfile` or `certfile,keyfile:name,name`. */
function sniFiles(text: string, before: readonly SniFiles[]): readonly SniFiles[] {
  const colon = text.indexOf(':');
  const files = (colon < 0 ? text : text.slice(0, colon)).split(',').map((file) => file.trim());
  const names = colon < 0 ? [] : text.slice(colon + 1).split(',');
  const [certFile = '', keyFile = ''] = files;
  if (files.length !== 2 || certFile === '' || keyFile === '')
    throw new InvalidArgumentError('expected comma separated certificate and key file paths');
  if (names.length === 1 && names[0]?.trim() === '')
    throw new InvalidArgumentError('empty names list is not allowed');
  return [...before, { certFile, keyFile, names: names.map((name) => name.trim()) }];
}

/** The original's flags of connections and lifetimes. */
export function addServingFlags(command: Command): Command {
  return command
    .option(
      '--event-ttl <duration>',
      'how long events are kept after they were last seen',
      duration,
      3_600_000,
    )
    .option(
      '--min-request-timeout <seconds>',
      'least time of a watch that asks for none; it gets up to twice as much',
      whole,
      1_800,
    )
    .addOption(
      new Option('--cors-allowed-origins <patterns>', 'regular expressions of origins whose pages may ask')
        .argParser(origins)
        .default([]),
    )
    .addOption(
      new Option(
        '--strict-transport-security-directives <list>',
        'such as max-age=31536000,includeSubDomains',
      )
        .argParser(directives)
        .default([]),
    )
    .option(
      '--goaway-chance <fraction>',
      'of HTTP/2 requests that end their connection, 0 to 0.02',
      chance,
      0,
    )
    .option('--disable-http2-serving [bool]', 'speak HTTP/1.1 only', toBoolean, false)
    .addOption(
      new Option(
        '--tls-sni-cert-key <cert,key[:names]>',
        'certificate for clients that ask for its names; may be repeated',
      )
        .argParser(sniFiles)
        .default([]),
    );
}

/** Picks these options out of parsed flags. */
export function servingOptions(flags: Values): ServingFlags {
  return {
    eventLifeMs: flags.eventTtl,
    minRequestTimeoutMs: flags.minRequestTimeout * 1_000,
    corsAllowedOrigins: flags.corsAllowedOrigins,
    strictTransport: flags.strictTransportSecurityDirectives.join('; '),
    goawayChance: flags.goawayChance,
    disableHttp2: flags.disableHttp2Serving,
    sniCertificates: flags.tlsSniCertKey,
  };
}
