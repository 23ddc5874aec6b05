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
  /** Text of a JSON patch; mutating webhooks only. */
  readonly patch: string | undefined;
  readonly patchType: string;
  readonly auditAnnotations: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The answer is no AdmissionReview of the version that was sent. */
export class UndecodableError extends Error {}

const SCHEME = 'k8s.io/apiserver/pkg/util/webhook/client.go:71';

/** An answer may say another kind only where decoding it leads nowhere. Throws UndecodableError. */
function checkDecodable(review: Loose, version: string): void {
  const { apiVersion, kind } = { apiVersion: text(review.apiVersion), kind: text(review.kind) };
  if (
    apiVersion === '' ||
    kind === '' ||
    (apiVersion === `admission.k8s.io/${version}` && kind === 'AdmissionReview')
  )
    return;
  const [group, found = ''] = apiVersion.split('/');
  throw new UndecodableError(
    group === 'admission.k8s.io' && VERSIONS.includes(found) && kind === 'AdmissionReview'
      ? `converting (${found}.AdmissionReview) to (${version}.AdmissionReview): unknown conversion`
      : `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme ${JSON.stringify(SCHEME)}`,
  );
}

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
}

function decodePatch(encoded: unknown): string | undefined {
  const patch = text(encoded);
  return patch === '' ? undefined : Buffer.from(patch, 'base64').toString();
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
  checkDecodable(answer, version);
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
    // Before v1 there was only one, and answers did not have to name it.
    patchType: text(response.patchType) || 'JSONPatch',
    auditAnnotations: stringMap(response.auditAnnotations),
    warnings: Array.isArray(response.warnings)
      ? response.warnings.filter((warning): warning is string => typeof warning === 'string')
      : [],
  };
}
