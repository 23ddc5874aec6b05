import type { KindDefinition } from '@gantry/api/kind';
import { isObject } from '@gantry/machinery/json';
import type { Status } from '@gantry/machinery/status';
import type { AdmissionRequest } from '../../request.ts';
import { requestValue } from '../matching/request-value.ts';

type Loose = Readonly<Record<string, unknown>>;

/** The versions of AdmissionReview that the server speaks. */
const VERSIONS = ['v1', 'v1beta1'];

/** The first of a webhook's versions that the server knows. Throws Error when there is none. */
export function reviewVersion(accepted: readonly string[]): string {
  const version = accepted.find((one) => VERSIONS.includes(one));
  if (version === undefined)
    throw new Error('webhook does not accept known AdmissionReview versions (v1, v1beta1)');
  return version;
}

/** The text of an AdmissionReview. Objects are in the form as which the webhook matched the request. */
export function reviewText(
  uid: string,
  version: string,
  request: AdmissionRequest,
  form: KindDefinition,
  object: Loose | undefined,
  oldObject: Loose | undefined,
): string {
  const { options, dryRun, ...names } = requestValue(request, form);
  return JSON.stringify({
    kind: 'AdmissionReview',
    apiVersion: `admission.k8s.io/${version}`,
    request: { uid, ...names, object: object ?? null, oldObject: oldObject ?? null, dryRun, options },
  });
}

/** What a webhook decided. */
export interface Verdict {
  readonly allowed: boolean;
  readonly status: Status | undefined;
  /** Parsed JSON patch; mutating webhooks only. */
  readonly patch: unknown;
  readonly auditAnnotations: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function checkKind(review: Loose, version: string): void {
  const found = { apiVersion: text(review.apiVersion), kind: text(review.kind) };
  const wanted = `admission.k8s.io/${version}`;
  if (found.apiVersion !== wanted || found.kind !== 'AdmissionReview')
    throw new Error(
      `expected webhook response of ${wanted}, Kind=AdmissionReview, got ${found.apiVersion || '/'}, Kind=${found.kind}`,
    );
}

function checkPatch(response: Loose, mutating: boolean): void {
  const hasPatch = text(response.patch) !== '';
  const { patchType } = response;
  const hasType = patchType !== undefined && patchType !== null;
  if (!mutating) {
    if (hasPatch) throw new Error('validating webhook may not return response.patch');
    if (hasType) throw new Error('validating webhook may not return response.patchType');
    return;
  }
  if (hasPatch && !hasType) throw new Error('webhook returned response.patch but not response.patchType');
  if (!hasPatch && hasType) throw new Error('webhook returned response.patchType but not response.patch');
  if (patchType === '') throw new Error('webhook returned invalid response.patchType of ""');
  if (hasType && patchType !== 'JSONPatch')
    throw new Error(`unsupported patch type ${JSON.stringify(patchType)}`);
}

function decodePatch(encoded: unknown): unknown {
  const patch = text(encoded);
  if (patch === '') return undefined;
  return JSON.parse(Buffer.from(patch, 'base64').toString()) as unknown;
}

function stringMap(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Checks an answer and takes what counts from it. Throws Error with the original's words. */
export function readVerdict(answer: unknown, uid: string, version: string, mutating: boolean): Verdict {
  if (!isObject(answer)) throw new Error('webhook response was absent');
  const { response } = answer;
  if (!isObject(response)) throw new Error('webhook response was absent');
  if (version === 'v1') {
    if (response.uid !== uid)
      throw new Error(
        `expected response.uid=${JSON.stringify(uid)}, got ${JSON.stringify(text(response.uid))}`,
      );
    checkKind(answer, version);
    checkPatch(response, mutating);
  }
  return {
    allowed: response.allowed === true,
    status: isObject(response.status) ? (response.status as unknown as Status) : undefined,
    patch: mutating ? decodePatch(response.patch) : undefined,
    auditAnnotations: stringMap(response.auditAnnotations),
    warnings: Array.isArray(response.warnings)
      ? response.warnings.filter((warning): warning is string => typeof warning === 'string')
      : [],
  };
}
