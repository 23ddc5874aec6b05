import {
  type FieldError,
  forbidden,
  invalid as invalidField,
  notSupported,
} from '@gantry/machinery/field-error';
import { jsonSyntaxError } from '@gantry/machinery/json-syntax';
import { badRequest, expired, type GroupResource, invalid } from '@gantry/machinery/status';

/** The query of a LIST or WATCH, checked. */
export interface ListOptions {
  readonly limit: number;
  readonly continue: ContinueToken | undefined;
  readonly resourceVersion: string;
  readonly match: '' | 'Exact' | 'NotOlderThan';
  readonly sendInitialEvents: boolean | undefined;
  readonly bookmarks: boolean;
  readonly timeoutSeconds: number | undefined;
}

/** Where a list goes on. `issued` is when its first page was made, in epoch milliseconds. */
export interface ContinueToken {
  readonly revision: number;
  readonly start: string;
  readonly issued: number;
  readonly inconsistent: boolean;
}

const TOKEN_LIFE_MS = 5 * 60_000;
const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;
const TOKEN_VERSION = 'meta.k8s.io/v1';

export const encodeToken = (token: ContinueToken): string =>
  Buffer.from(
    JSON.stringify({
      v: TOKEN_VERSION,
      rv: token.inconsistent ? -1 : token.revision,
      start: token.start,
      t: token.issued,
    }),
  ).toString('base64url');

const badToken = (reason: string) =>
  badRequest(`invalid continue token: continue key is not valid: ${reason}`);

/** Where a text is no base64 of URLs without padding, as Go counts; undefined when it is. */
function base64Fault(text: string): number | undefined {
  const illegal = text.search(/[^\w-]/);
  if (illegal >= 0) return Buffer.byteLength(text.slice(0, illegal));
  return text.length % 4 === 1 ? text.length - 1 : undefined;
}

export function decodeToken(text: string): ContinueToken {
  const illegal = base64Fault(text);
  if (illegal !== undefined) throw badToken(`illegal base64 data at input byte ${illegal}`);
  const json = Buffer.from(text, 'base64url').toString();
  let value: unknown;
  try {
    value = JSON.parse(json) as unknown;
  } catch {
    throw badToken(jsonSyntaxError(json));
  }
  const { v, rv, start, t } = (value ?? {}) as Record<string, unknown>;
  if (v !== TOKEN_VERSION)
    throw badToken(`server does not recognize this encoded version ${typeof v === 'string' ? v : ''}`);
  if (typeof rv !== 'number' || !Number.isSafeInteger(rv) || rv === 0)
    throw badToken('incorrect encoded start resourceVersion (version meta.k8s.io/v1)');
  if (typeof start === 'string' && /(^|\/)\.\.?(\/|$)/.test(start)) throw badToken(start);
  if (typeof start !== 'string' || typeof t !== 'number' || start === '')
    throw badToken('encoded start key empty (version meta.k8s.io/v1)');
  return { revision: rv, start, issued: t, inconsistent: rv < 0 };
}

/** 410 that lets the client go on from the same place, at the newest state. */
export function tokenExpired(token: ContinueToken): Error {
  const next = encodeToken({ ...token, inconsistent: true });
  const error = expired(
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
  );
  error.status.metadata.continue = next;
  return error;
}

export const isExpired = (token: ContinueToken, now: number): boolean =>
  !token.inconsistent && now - token.issued > TOKEN_LIFE_MS;

function integer(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const fault = (reason: string) =>
    badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: ${reason}`);
  if (!/^[+-]?\d+$/.test(text)) throw fault('invalid syntax');
  const value = BigInt(text.replace('+', ''));
  if (value > MAX_INT64 || value < -MAX_INT64 - 1n) throw fault('value out of range');
  return Number(value);
}

const flag = (query: URLSearchParams, name: string): boolean | undefined => {
  const text = query.get(name);
  return text === null ? undefined : text !== '0' && text.toLowerCase() !== 'false';
};

const NOT_WITH_CONTINUE = forbidden(
  'resourceVersionMatch',
  'resourceVersionMatch is forbidden when continue is provided',
);

function watchErrors(
  { match, resourceVersion, sendInitialEvents }: ListOptions,
  continues: boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  if (sendInitialEvents !== undefined && match !== 'NotOlderThan')
    errors.push(
      forbidden(
        'resourceVersionMatch',
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ),
    );
  if (match === '') {
    // A watch from no version, or any, is taken for one that asks for the state first.
    const fromState = sendInitialEvents === undefined && (resourceVersion === '' || resourceVersion === '0');
    return continues && fromState ? [NOT_WITH_CONTINUE] : errors;
  }
  if (sendInitialEvents === undefined)
    errors.push(
      forbidden(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      ),
    );
  if (match !== 'NotOlderThan') errors.push(notSupported('resourceVersionMatch', match, ['NotOlderThan']));
  if (continues) errors.push(NOT_WITH_CONTINUE);
  return errors;
}

function listErrors(
  { match, resourceVersion, sendInitialEvents }: ListOptions,
  continues: boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  if (match !== '') {
    if (resourceVersion === '')
      errors.push(
        forbidden(
          'resourceVersionMatch',
          'resourceVersionMatch is forbidden unless resourceVersion is provided',
        ),
      );
    if (continues) errors.push(NOT_WITH_CONTINUE);
    if (match !== 'Exact' && match !== 'NotOlderThan')
      errors.push({
        type: 'FieldValueNotSupported',
        field: 'resourceVersionMatch',
        message: `Unsupported value: ${JSON.stringify(match)}: supported values: "Exact", "NotOlderThan", ""`,
      });
    if (match === 'Exact' && resourceVersion === '0')
      errors.push(
        forbidden(
          'resourceVersionMatch',
          'resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
        ),
      );
  }
  if (sendInitialEvents !== undefined)
    errors.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  return errors;
}

/** Why a text is no version, as Go says it; undefined when it is one. */
function versionFault(text: string): string | undefined {
  if (text === '' || (text.length < 20 && /^\d+$/.test(text))) return undefined;
  const fault = (reason: string): string => `strconv.ParseUint: parsing ${JSON.stringify(text)}: ${reason}`;
  if (!/^\d+$/.test(text)) return fault('invalid syntax');
  return BigInt(text) > MAX_UINT64 ? fault('value out of range') : undefined;
}

/** As checkVersion, of a watch, which is Invalid then. */
export function checkWatchVersion(
  { group, resource }: GroupResource,
  name: string,
  resourceVersion: string,
): void {
  const fault = versionFault(resourceVersion);
  if (fault !== undefined)
    throw invalid(group, resource, name, [invalidField('resourceVersion', resourceVersion, fault)]);
}

/** Throws BadRequest for what can't be a resourceVersion. */
export function checkVersion(resourceVersion: string): void {
  const fault = versionFault(resourceVersion);
  if (fault === undefined) return;
  const shown = JSON.stringify(resourceVersion);
  throw badRequest(`invalid resource version: resourceVersion: Invalid value: ${shown}: ${fault}`);
}

/** Throws BadRequest, Invalid, Expired as the original does. */
export function readListOptions(query: URLSearchParams, watch: boolean): ListOptions {
  // Leading zeros are nothing.
  const resourceVersion = (query.get('resourceVersion') ?? '').replace(/^0+(?=\d+$)/, '');
  const continueText = query.get('continue') ?? '';
  const options: ListOptions = {
    limit: integer(query, 'limit') ?? 0,
    continue: undefined,
    resourceVersion,
    match: (query.get('resourceVersionMatch') ?? '') as ListOptions['match'],
    sendInitialEvents: flag(query, 'sendInitialEvents'),
    bookmarks: flag(query, 'allowWatchBookmarks') ?? false,
    timeoutSeconds: integer(query, 'timeoutSeconds'),
  };
  const continues = continueText !== '';
  const errors = watch ? watchErrors(options, continues) : listErrors(options, continues);
  if (errors.length > 0) throw invalid('meta.k8s.io', 'ListOptions', '', errors);
  if (watch) return options;
  const token = continues ? decodeToken(continueText) : undefined;
  if (continues && resourceVersion !== '' && resourceVersion !== '0')
    throw badRequest('specifying resource version is not allowed when using continue');
  checkVersion(resourceVersion);
  return { ...options, continue: token };
}
