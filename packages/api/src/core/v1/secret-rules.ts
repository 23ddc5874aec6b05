import { createPrivateKey, X509Certificate } from 'node:crypto';
import { invalid, required, tooLong } from '@gantry/machinery/field-error';
import { isConfigMapKey } from '@gantry/machinery/validation';
import type { Secret } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { decodedLength } from '../../validation/base64.ts';
import { check, type Errors } from '../../validation/common.ts';
import { immutableWhenSet } from './config-map-rules.ts';

const MAX_BYTES = 1024 * 1024;
/** Keys that a Secret of a well-known type must hold. */
const REQUIRED_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['kubernetes.io/dockercfg', ['.dockercfg']],
  ['kubernetes.io/dockerconfigjson', ['.dockerconfigjson']],
  ['kubernetes.io/ssh-auth', ['ssh-privatekey']],
  ['kubernetes.io/tls', ['tls.crt', 'tls.key']],
]);

export const secretRules: KindRules<Secret> = {
  warnings: keyPairWarnings,
  defaults(secret) {
    if (secret.stringData === undefined) return;
    // Write-only: merged into data and never stored.
    const data: Record<string, string> = { ...secret.data };
    for (const [key, value] of Object.entries(secret.stringData))
      data[key] = Buffer.from(value, 'utf8').toString('base64');
    secret.data = data;
    delete secret.stringData;
  },
  validate(secret) {
    const errors: Errors = [];
    let bytes = 0;
    for (const [key, value] of Object.entries(secret.data ?? {})) {
      check(isConfigMapKey(key), `data[${key}]`, key, errors);
      bytes += decodedLength(value);
    }
    if (bytes > MAX_BYTES) errors.push(tooLong('data', MAX_BYTES));
    validateType(secret, errors);
    return errors;
  },
  validateUpdate(secret, old) {
    const errors: Errors = [];
    if (secret.type !== old.type) errors.push(invalid('type', secret.type ?? '', 'field is immutable'));
    return errors.concat(immutableWhenSet(secret, old, ['data']));
  },
};

function validateType(secret: Secret, errors: Errors): void {
  const data = secret.data ?? {};
  const type = secret.type ?? '';
  for (const key of REQUIRED_KEYS.get(type) ?? [])
    if (data[key] === undefined || (type === 'kubernetes.io/ssh-auth' && data[key] === ''))
      errors.push(required(`data[${key}]`));
    else if (type.startsWith('kubernetes.io/docker') && !isJSONObject(data[key]))
      errors.push(
        invalid(`data[${key}]`, '<secret contents redacted>', 'invalid character in JSON, or no object'),
      );
  if (type === 'kubernetes.io/basic-auth' && data.username === undefined && data.password === undefined)
    errors.push(required('data[username]'), required('data[password]'));
  const account = 'kubernetes.io/service-account.name';
  if (type === 'kubernetes.io/service-account-token' && !secret.metadata.annotations?.[account])
    errors.push(required(`metadata.annotations[${account}]`));
}

function isJSONObject(base64: string): boolean {
  try {
    const value: unknown = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** A certificate and key that do not belong together; such a Secret is accepted all the same. */
function keyPairWarnings({ type, data }: Secret): string[] {
  if (type !== 'kubernetes.io/tls') return [];
  const [certificate, key] = ['tls.crt', 'tls.key'].map((name) =>
    Buffer.from(data?.[name] ?? '', 'base64').toString('latin1'),
  ) as [string, string];
  if (!certificate.includes('-----BEGIN CERTIFICATE-----'))
    return ['tls: failed to find any PEM data in certificate input'];
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(key))
    return ['tls: failed to find any PEM data in key input'];
  try {
    const belongs = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
    return belongs ? [] : ['tls: private key does not match public key'];
  } catch {
    return ['tls: failed to parse private key'];
  }
}
