import { duplicate, forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { deepClone } from '@gantry/machinery/json';
import { formatTime } from '@gantry/machinery/time';
import type {
  CertificateSigningRequest,
  CertificateSigningRequestCondition as Condition,
} from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import type { Errors } from '../../validation/common.ts';
import { validateSignerName } from './signer-name.ts';

const LEGACY_SIGNER = 'kubernetes.io/legacy-unknown';
const MIN_EXPIRATION_SECONDS = 600;
const STATUSES = ['False', 'True', 'Unknown'];
/** Conditions that are only ever true, and never go away. */
const FINAL_CONDITIONS = ['Approved', 'Denied', 'Failed'];
const APPROVAL_CONDITIONS = ['Approved', 'Denied'];
const USAGES = [
  'any',
  'cert sign',
  'client auth',
  'code signing',
  'content commitment',
  'crl sign',
  'data encipherment',
  'decipher only',
  'digital signature',
  'email protection',
  'encipher only',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'key agreement',
  'key encipherment',
  'microsoft sgc',
  'netscape sgc',
  'ocsp signing',
  's/mime',
  'server auth',
  'signing',
  'timestamping',
];

const conditionsOf = (request: CertificateSigningRequest | undefined): Condition[] =>
  request?.status?.conditions ?? [];
const ofType = (conditions: readonly Condition[], type: string): Condition[] =>
  conditions.filter((condition) => condition.type === type);
const hasRepeats = (values: readonly string[]): boolean => new Set(values).size !== values.length;

export const certificateSigningRequestRules: KindRules<CertificateSigningRequest> = {
  prepareForUpdate(request, old, { subresource, now }) {
    request.spec = deepClone(old.spec);
    if (subresource === '') return;
    const conditions = conditionsOf(request);
    if (subresource === 'status') keepApprovals(conditions, deepClone(conditionsOf(old)));
    fillTimes(conditions, conditionsOf(old), formatTime(now));
    // An approval is of conditions alone.
    if (subresource === 'approval') request.status = { ...deepClone(old.status), conditions };
  },
  validate: (request, _context, old) => requestErrors(request, old),
  validateUpdate: (request, old, { subresource }) =>
    subresource === 'approval'
      ? [...requestErrors(request, old), ...updateErrors(request, old, 'approval')]
      : updateErrors(request, old, ''),
  validateStatusUpdate: (request, old) => [
    ...requestErrors(request, old),
    ...updateErrors(request, old, 'status'),
  ],
};

/** Approvals are not changed by `status`: one that is there on both sides stays as it was. */
function keepApprovals(conditions: Condition[], old: readonly Condition[]): void {
  for (const type of APPROVAL_CONDITIONS) {
    const before = ofType(old, type);
    if (before.length !== ofType(conditions, type).length) continue;
    for (const [index, condition] of conditions.entries())
      if (condition.type === type) conditions[index] = before.shift() ?? condition;
  }
}

function fillTimes(conditions: readonly Condition[], old: readonly Condition[], now: string): void {
  for (const condition of conditions) {
    condition.lastUpdateTime ??= now;
    condition.lastTransitionTime ??=
      old.find(
        ({ type, status, lastTransitionTime }) =>
          type === condition.type && status === condition.status && lastTransitionTime !== undefined,
      )?.lastTransitionTime ?? now;
  }
}

function requestErrors(
  request: CertificateSigningRequest,
  old: CertificateSigningRequest | undefined,
): Errors {
  const errors: Errors = [];
  const { spec } = request;
  validatePem(spec.request, errors);
  validateUsages(spec.usages ?? [], old?.spec.usages, errors);
  if (spec.signerName === LEGACY_SIGNER && old?.spec.signerName !== LEGACY_SIGNER)
    errors.push(
      invalid(
        'spec.signerName',
        spec.signerName,
        'the legacy signerName is not allowed via this API version',
      ),
    );
  else validateSignerName(spec.signerName, 'spec.signerName', errors);
  const expiration = spec.expirationSeconds;
  if (expiration !== undefined && expiration < MIN_EXPIRATION_SECONDS)
    errors.push(
      invalid(
        'spec.expirationSeconds',
        expiration,
        'may not specify a duration less than 600 seconds (10 minutes)',
      ),
    );
  validateConditions(conditionsOf(request), conditionsOf(old), errors);
  return errors;
}

/** The envelope alone; what is in it, and its signature, is for the server to check. */
function validatePem(request: string | undefined, errors: Errors): void {
  const text = Buffer.from(request ?? '', 'base64').toString('latin1');
  if (
    !/(?:^|\n)-----BEGIN CERTIFICATE REQUEST-----\r?\n[\s\S]*?\n-----END CERTIFICATE REQUEST-----/.test(text)
  )
    errors.push(invalid('spec.request', request ?? null, 'PEM block type must be CERTIFICATE REQUEST'));
}

function validateUsages(usages: readonly string[], old: readonly string[] | undefined, errors: Errors): void {
  if (usages.length === 0) errors.push(required('spec.usages'));
  if (old === undefined || old.every((usage) => USAGES.includes(usage)))
    for (const [index, usage] of usages.entries())
      if (!USAGES.includes(usage)) errors.push(notSupported(`spec.usages[${index}]`, usage, USAGES));
  if (old !== undefined && hasRepeats(old)) return;
  for (const [index, usage] of usages.entries())
    if (usages.indexOf(usage) < index) errors.push(duplicate(`spec.usages[${index}]`, usage));
}

function validateConditions(
  conditions: readonly Condition[],
  old: readonly Condition[],
  errors: Errors,
): void {
  const path = 'status.conditions';
  const both = APPROVAL_CONDITIONS.every((type) => ofType(old, type).length > 0);
  const mayRepeat = hasRepeats(old.map(({ type }) => type));
  const mayBeEmpty = old.some(({ type }) => type === '');
  const seen = new Set<string>();
  for (const [index, { type, status }] of conditions.entries()) {
    const at = `${path}[${index}]`;
    if (type === '' && !mayBeEmpty) errors.push(required(`${at}.type`));
    const allowed = FINAL_CONDITIONS.includes(type) ? ['True'] : STATUSES;
    if (status === '') errors.push(required(`${at}.status`));
    else if (!allowed.includes(status)) errors.push(notSupported(`${at}.status`, status, allowed));
    const opposite = type === 'Approved' ? 'Denied' : type === 'Denied' ? 'Approved' : undefined;
    if (!both && opposite !== undefined && seen.has(opposite))
      errors.push(invalid(path, type, 'Approved and Denied conditions are mutually exclusive'));
    if (seen.has(type) && !mayRepeat) errors.push(duplicate(`${at}.type`, type));
    seen.add(type);
  }
}

function updateErrors(
  request: CertificateSigningRequest,
  old: CertificateSigningRequest,
  subresource: '' | 'status' | 'approval',
): Errors {
  const errors: Errors = [];
  const conditions = conditionsOf(request);
  const before = conditionsOf(old);
  const refuse = (what: string): void => {
    errors.push(forbidden('status.conditions', what));
  };
  for (const type of FINAL_CONDITIONS)
    if (ofType(conditions, type).length < ofType(before, type).length)
      refuse(`updates may not remove a condition of type ${JSON.stringify(type)}`);
  if (subresource !== 'approval')
    for (const type of APPROVAL_CONDITIONS) {
      const [now, then] = [ofType(conditions, type), ofType(before, type)];
      if (now.length > then.length) refuse(`updates may not add a condition of type ${JSON.stringify(type)}`);
      else if (now.length === then.length && !semanticEqual(now, then))
        refuse(`updates may not modify a condition of type ${JSON.stringify(type)}`);
    }
  const issued = old.status?.certificate ?? '';
  if ((request.status?.certificate ?? '') !== issued) {
    if (subresource !== 'status')
      errors.push(forbidden('status.certificate', 'updates may not set certificate content'));
    else if (issued !== '')
      errors.push(forbidden('status.certificate', 'updates may not modify existing certificate content'));
    else {
      const fault = chainFault(request.status?.certificate ?? '');
      // What was sent is not repeated.
      if (fault !== undefined) errors.push(invalid('status.certificate', '<certificate data>', fault));
    }
  }
  return errors;
}

/** Why a base64 text is no chain of certificates in PEM; undefined when its blocks are. */
function chainFault(base64: string): string | undefined {
  const types = [...atob(base64).matchAll(/^-----BEGIN ([^\n-]*)-----[\s\S]*?^-----END \1-----/gm)];
  const other = types.find(([, type]) => type !== 'CERTIFICATE')?.[1];
  if (other !== undefined) return `only CERTIFICATE PEM blocks are allowed, found ${JSON.stringify(other)}`;
  return types.length === 0 ? 'must contain at least one CERTIFICATE PEM block' : undefined;
}
