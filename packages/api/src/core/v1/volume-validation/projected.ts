import { forbidden, invalid, notSupportedInOrder, required } from '@gantry/machinery/field-error';
import { validateAnnotations } from '@gantry/machinery/object-meta';
import { validateSignerName } from '../../../certificates/v1/signer-name.ts';
import type {
  ClusterTrustBundleProjection,
  PodCertificateProjection,
  ProjectedVolumeSource,
  ServiceAccountTokenProjection,
  VolumeProjection,
} from '../../../generated/types.ts';
import { type Errors, validateLabelSelector } from '../../../validation/common.ts';
import { validateDownwardFile, validateItems, validateMode, validateUnreservedPath } from './files.ts';
import { validateTrustBundleName } from './trust-bundle-name.ts';

const TOKEN_SECONDS_MIN = 600;
const CERTIFICATE_SECONDS_MIN = 3600;
const CERTIFICATE_SECONDS_MAX = 7_862_400;
const OWN_CERTIFICATE_SECONDS_MAX = 86_400;
const KEY_TYPES = ['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519'];

/** Paths that the sources of one volume write to: each once. `value` is what the error shows. */
class Paths {
  readonly #taken = new Set<string>();
  readonly #at: string;
  readonly #errors: Errors;

  constructor(at: string, errors: Errors) {
    this.#at = at;
    this.#errors = errors;
  }

  take(path: string, shown: string): void {
    if (this.#taken.has(path)) this.#errors.push(invalid(this.#at, shown, 'conflicting duplicate paths'));
    this.#taken.add(path);
  }
}

export function validateProjected(source: ProjectedVolumeSource, path: string, errors: Errors): void {
  validateMode(source.defaultMode, `${path}.defaultMode`, errors);
  const paths = new Paths(path, errors);
  for (const [index, one] of (source.sources ?? []).entries()) {
    const at = `${path}.sources[${index}]`;
    for (const field of ['secret', 'configMap'] as const) keyed(one, field, at, paths, errors);
    for (const file of one.downwardAPI?.items ?? []) {
      validateDownwardFile(file, `${at}.downwardAPI`, errors);
      if (file.path) paths.take(file.path, file.path);
    }
    if (one.serviceAccountToken !== undefined) token(one.serviceAccountToken, at, path, errors);
    if (one.clusterTrustBundle !== undefined)
      trustBundle(one.clusterTrustBundle, `${at}.clusterTrustBundle`, paths, errors);
    if (one.podCertificate !== undefined)
      certificate(one.podCertificate, `${at}.podCertificate`, paths, errors);
    if (Object.values(one).filter((value) => value !== undefined).length > 1)
      errors.push(forbidden(at, 'may not specify more than 1 volume type per source'));
  }
}

function keyed(
  source: VolumeProjection,
  field: 'secret' | 'configMap',
  path: string,
  paths: Paths,
  errors: Errors,
): void {
  const one = source[field];
  if (one === undefined) return;
  const at = `${path}.${field}`;
  if (!one.name) errors.push(required(`${at}.name`));
  for (const [index, item] of (one.items ?? []).entries()) {
    validateItems([item], `${at}.items`, errors, index);
    if (item.path) paths.take(item.path, one.name ?? '');
  }
}

/** The path of a token is reported at the volume's own path, as in the original. */
function token(source: ServiceAccountTokenProjection, at: string, volume: string, errors: Errors): void {
  const seconds = source.expirationSeconds ?? 3600;
  const path = `${at}.serviceAccountToken.expirationSeconds`;
  if (seconds < TOKEN_SECONDS_MIN)
    errors.push(invalid(path, seconds, 'may not specify a duration less than 10 minutes'));
  if (seconds > 2 ** 32)
    errors.push(invalid(path, seconds, 'may not specify a duration larger than 2^32 seconds'));
  if (!source.path) errors.push(required(`${volume}.path`));
  else validateUnreservedPath(source.path, `${volume}.path`, errors);
}

function trustBundle(source: ClusterTrustBundleProjection, at: string, paths: Paths, errors: Errors): void {
  const { name, signerName, labelSelector, path = '' } = source;
  if (name !== undefined && signerName !== undefined)
    errors.push(invalid(at, source, 'only one of name and signerName may be used'));
  else if (name !== undefined) {
    if (name === '') errors.push(required(`${at}.name`, 'must be a valid object name'));
    validateTrustBundleName(name, `${at}.name`, errors);
    if (labelSelector !== undefined)
      errors.push(
        invalid(`${at}.labelSelector`, labelSelector, 'labelSelector must be unset if name is specified'),
      );
  } else if (signerName !== undefined) {
    if (signerName === '') errors.push(required(`${at}.signerName`, 'must be a valid signer name'));
    validateSignerName(signerName, `${at}.signerName`, errors);
    validateLabelSelector(labelSelector, `${at}.labelSelector`, errors);
  } else errors.push(required(at, 'either name or signerName must be specified'));
  if (path === '') errors.push(required(`${at}.path`));
  validateUnreservedPath(path, `${at}.path`, errors);
  paths.take(path, path);
}

function certificate(source: PodCertificateProjection, at: string, paths: Paths, errors: Errors): void {
  const { signerName = '', userAnnotations, keyType = '', maxExpirationSeconds } = source;
  validateSignerName(signerName, `${at}.signerName`, errors);
  if (userAnnotations !== undefined)
    errors.push(...validateAnnotations(userAnnotations, `${at}.userAnnotations`));
  if (!KEY_TYPES.includes(keyType)) errors.push(notSupportedInOrder(`${at}.keyType`, keyType, KEY_TYPES));
  if (maxExpirationSeconds !== undefined) {
    const own = /^[^/]*\.?kubernetes\.io\//.test(signerName);
    const most = own ? OWN_CERTIFICATE_SECONDS_MAX : CERTIFICATE_SECONDS_MAX;
    const field = `${at}.maxExpirationSeconds`;
    const bounds = [
      [maxExpirationSeconds < CERTIFICATE_SECONDS_MIN, `>= ${CERTIFICATE_SECONDS_MIN}`],
      [maxExpirationSeconds > most, `<= ${most}`],
    ] as const;
    for (const [broken, bound] of bounds)
      if (broken)
        errors.push(
          invalid(field, maxExpirationSeconds, `if provided, maxExpirationSeconds must be ${bound}`),
        );
  }
  const fields = ['credentialBundlePath', 'keyPath', 'certificateChainPath'] as const;
  const given = fields.filter((field) => source[field]);
  for (const field of given) {
    const path = source[field] ?? '';
    validateUnreservedPath(path, `${at}.${field}`, errors);
    paths.take(path, path);
  }
  if (given.length === 0)
    errors.push(
      required(at, 'specify at least one of credentialBundlePath, keyPath, and certificateChainPath'),
    );
}
