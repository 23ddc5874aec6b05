import { parseYaml } from '@gantry/machinery/yaml';
import { aesCbc, aesGcm, type Cipher, secretbox } from './ciphers.ts';
import type { Envelope } from './envelope.ts';
import { kmsConfiguration, type OpenKms } from './kms-configuration.ts';

/** One key, under the mark that its data carries; the identity has no cipher and no mark. */
export interface Provider {
  readonly prefix: string;
  readonly cipher: Cipher | undefined;
  /** In place of a cipher: keys of a key management service. */
  readonly envelope?: Envelope;
}

/** The first provider writes, all read. */
export interface Rule {
  /** `secrets`, `deployments.apps`, `*.` (core), `*.apps`, `*.*`. */
  readonly masks: readonly string[];
  readonly providers: readonly Provider[];
}

/** Every encrypted text begins so; JSON never does. */
export const ENCRYPTED = 'k8s:enc:';

const GROUP_VERSION = 'apiserver.config.k8s.io/v1';
const KINDS: Readonly<
  Record<string, { readonly mark: string; readonly sizes: readonly number[]; make(key: Buffer): Cipher }>
> = {
  aesgcm: { mark: 'aesgcm', sizes: [16, 24, 32], make: aesGcm },
  aescbc: { mark: 'aescbc', sizes: [16, 24, 32], make: aesCbc },
  secretbox: { mark: 'secretbox', sizes: [32], make: secretbox },
};
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

type Loose = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Throws Error with the path of the field and, for the secret parts, nothing of their value. */
function fail(path: string, text: string): never {
  throw new Error(`${path}: ${text}`);
}

function list(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0)
    fail(path, `Required value: at least one ${path.endsWith('.keys') ? 'keys' : path} is required`);
  return value;
}

function onlyKnown(value: Loose, known: readonly string[], path: string): void {
  for (const name of Object.keys(value))
    if (!known.includes(name)) fail(path === '' ? name : `${path}.${name}`, 'unknown field');
}

function keyOf(value: unknown, path: string, sizes: readonly number[]): { name: string; secret: Buffer } {
  if (!isMap(value)) fail(path, 'must be an object');
  onlyKnown(value, ['name', 'secret'], path);
  const { name, secret } = value;
  if (typeof name !== 'string' || name === '')
    fail(`${path}.name`, 'Required value: name is a mandatory field for a key');
  if (name.includes(':')) fail(`${path}.name`, "must not contain ':'");
  if (typeof secret !== 'string' || secret === '')
    fail(`${path}.secret`, 'Required value: secret is a mandatory field for a key');
  const redacted = 'Invalid value: "REDACTED"';
  if (!BASE64.test(secret) || secret.length % 4 !== 0)
    fail(`${path}.secret`, `${redacted}: secrets must be base64 encoded`);
  const bytes = Buffer.from(secret, 'base64');
  if (!sizes.includes(bytes.length)) {
    const wanted = sizes.join(' ');
    fail(
      `${path}.secret`,
      `${redacted}: secret is not of the expected length, got ${bytes.length}, expected one of [${wanted}]`,
    );
  }
  return { name, secret: bytes };
}

/** What a file may name once only, and how what it names is opened. */
interface Reading {
  readonly names: Set<string>;
  readonly openKms: OpenKms | undefined;
}

function providersOf(value: unknown, path: string, { names: used, openKms }: Reading): Provider[] {
  if (!isMap(value)) fail(path, 'must be an object');
  const names = Object.keys(value);
  const [name = ''] = names;
  if (names.length > 1)
    fail(
      path,
      'more than one provider specified in a single element, should split into different list elements',
    );
  if (name === 'identity') return [{ prefix: '', cipher: undefined }];
  if (name === 'kms') {
    if (!isMap(value.kms)) fail(`${path}.kms`, 'must be an object');
    const kms = kmsConfiguration(value.kms, used, (field, text) => fail(`${path}.kms.${field}`, text));
    if (openKms === undefined) fail(`${path}.kms`, 'KMS providers are not supported');
    return [{ prefix: `${ENCRYPTED}kms:v2:${kms.name}:`, cipher: undefined, envelope: openKms(kms) }];
  }
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (kind === undefined)
    fail(
      path,
      'provider does not contain any of the expected providers: KMS, AESGCM, AESCBC, Secretbox, Identity',
    );
  const own = value[name];
  const at = `${path}.${name}`;
  if (!isMap(own)) fail(at, 'must be an object');
  onlyKnown(own, ['keys'], at);
  return list(own.keys, `${at}.keys`).map((one, index) => {
    const key = keyOf(one, `${at}.keys[${index}]`, kind.sizes);
    return { prefix: `${ENCRYPTED}${kind.mark}:v1:${key.name}:`, cipher: kind.make(key.secret) };
  });
}

function checkMask(mask: unknown, path: string): string {
  if (typeof mask !== 'string') fail(path, 'must be a string');
  const invalid = (text: string): never => fail(path, `Invalid value: ${JSON.stringify(mask)}: ${text}`);
  if (/[A-Z]/.test(mask)) invalid('resource name should not contain capital letters');
  if (mask === '*')
    invalid("use '*.' to encrypt all the resources from core API group or *.* to encrypt all resources");
  if (mask === 'apiserveripinfo' || mask === 'serviceipallocations' || mask === 'servicenodeportallocations')
    invalid('resources which do not have REST API/s cannot be encrypted');
  const dot = mask.indexOf('.');
  const [resource, group] = dot < 0 ? [mask, ''] : [mask.slice(0, dot), mask.slice(dot + 1)];
  if (group === 'events.k8s.io')
    invalid(
      "'*.events.k8s.io' objects are stored using the 'events' API group in etcd. Use 'events' instead in the config file",
    );
  if (group === 'extensions')
    invalid("'extensions' group has been removed and cannot be used for encryption");
  if (group === '*' && resource !== '*')
    invalid('encrypting the same resource across groups is not supported');
  return mask;
}

const groupOf = (mask: string): string => (mask.includes('.') ? mask.slice(mask.indexOf('.') + 1) : '');

function checkOverlap(masks: readonly string[], path: string): void {
  const value = `Invalid value: ${JSON.stringify(masks)}`;
  if (new Set(masks).size < masks.length)
    fail(path, `${value}: the same resource cannot be specified multiple times`);
  const stars = masks.filter((mask) => mask.startsWith('*'));
  const covered = (star: string): boolean =>
    masks.some((mask) => mask !== star && (star === '*.*' || groupOf(mask) === groupOf(star)));
  if (stars.some(covered))
    fail(
      path,
      `${value}: using overlapping resources such as 'secrets' and '*.' in the same resource list is not allowed as they will be masked`,
    );
}

/** A later entry that an earlier one hides would never be used. */
function checkMasked(rules: readonly Rule[]): void {
  const earlier = new Set<string>();
  for (const { masks } of rules) {
    for (const mask of masks) {
      const hiding = [`*.${groupOf(mask)}`, '*.*'].find((star) => earlier.has(star));
      if (hiding !== undefined)
        throw new Error(
          `resource ${JSON.stringify(mask)} is masked by earlier rule ${JSON.stringify(hiding)}`,
        );
    }
    for (const mask of masks) earlier.add(mask);
  }
}

/** Reads an EncryptionConfiguration (YAML or JSON). Throws Error that names the field. */
export function parseEncryptionConfiguration(text: string, openKms?: OpenKms): readonly Rule[] {
  const reading = { names: new Set<string>(), openKms };
  const [document, ...more] = parseYaml(text);
  const value = document?.value;
  if (!isMap(value) || more.length > 0) throw new Error('give one EncryptionConfiguration');
  if (value.apiVersion !== GROUP_VERSION || value.kind !== 'EncryptionConfiguration')
    throw new Error(`give apiVersion ${GROUP_VERSION}, kind EncryptionConfiguration`);
  onlyKnown(value, ['apiVersion', 'kind', 'resources'], '');
  const rules = list(value.resources, 'resources').map((entry, index): Rule => {
    const path = `resources[${index}]`;
    if (!isMap(entry)) fail(path, 'must be an object');
    onlyKnown(entry, ['resources', 'providers'], path);
    const masks = list(entry.resources, `${path}.resources`).map((mask, at) =>
      checkMask(mask, `${path}.resources[${at}]`),
    );
    checkOverlap(masks, `${path}.resources`);
    const providers = list(entry.providers, `${path}.providers`).flatMap((provider, at) =>
      providersOf(provider, `${path}.providers[${at}]`, reading),
    );
    return { masks, providers };
  });
  checkMasked(rules);
  return rules;
}
