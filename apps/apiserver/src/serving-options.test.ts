import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addServingFlags, servingOptions } from './serving-options.ts';

const read = (...args: string[]) => {
  const command = addServingFlags(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  return servingOptions(command.parse(args, { from: 'user' }).opts());
};

it('are the defaults of the original', () => {
  expect(read()).toEqual({
    ...{ eventLifeMs: 3_600_000, minRequestTimeoutMs: 1_800_000, goawayChance: 0, disableHttp2: false },
    ...{ corsAllowedOrigins: [], sniCertificates: [], strictTransport: '' },
  });
});

it('are read as the original has them', () => {
  const sni = ['--tls-sni-cert-key', 'a.crt,a.key', '--tls-sni-cert-key', 'b.crt, b.key:*.b.org,b.org'];
  expect(
    read('--event-ttl', '30m', '--goaway-chance', '.001', '--disable-http2-serving', ...sni),
  ).toMatchObject({
    ...{ eventLifeMs: 1_800_000, goawayChance: 0.001, disableHttp2: true },
    sniCertificates: [
      { certFile: 'a.crt', keyFile: 'a.key', names: [] },
      { certFile: 'b.crt', keyFile: 'b.key', names: ['*.b.org', 'b.org'] },
    ],
  });
  const strict = ['--strict-transport-security-directives', 'max-age=60,includeSubDomains'];
  expect(read(...strict).strictTransport).toBe('max-age=60; includeSubDomains');
  expect(read('--cors-allowed-origins', '//a\\.com(:|$),^https://b\\.com$').corsAllowedOrigins).toHaveLength(
    2,
  );
});

it.each([
  ['--goaway-chance', '0.5', 'can not be less than 0 or greater than 0.02'],
  ['--goaway-chance', 'x', 'can not be less than 0 or greater than 0.02'],
  ['--cors-allowed-origins', 'example.com', 'does not pin to start/end of host'],
  ['--cors-allowed-origins', '^(', 'does not pin'],
  ['--cors-allowed-origins', '^($', 'invalid regular expression'],
  ['--cors-allowed-origins', '', 'empty value'],
  ['--tls-sni-cert-key', 'a.crt', 'expected comma separated certificate and key file paths'],
  ['--tls-sni-cert-key', 'a.crt,a.key:', 'empty names list is not allowed'],
  ['--strict-transport-security-directives', 'max-age', 'allowed values: max-age=expireTime'],
  ['--min-request-timeout', '-1', 'give a whole number'],
])('%s %s is refused', (flag, value, words) => {
  expect(() => read(`${flag}=${value}`)).toThrow(words);
});
