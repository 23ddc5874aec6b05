import { type FieldError, forbidden, notSupported } from '@gantry/machinery/field-error';
import { jsonSyntaxError } from '@gantry/machinery/json-syntax';
import { badRequest, expired, invalid } from '@gantry/machinery/status';

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

export function decodeToken(text: string): ContinueToken {
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
  if (typeof rv !== 'number' || typeof start !== 'string' || typeof t !== 'number' || start === '')
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
  if (text === null || text === '') return undefined;
  if (!/^-?\d{1,18}$/.test(text))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

const flag = (query: URLSearchParams, name: string): boolean | undefined => {
  const text = query.get(name);
  return text === null ? undefined : text !== 'false' && text !== '0';
};

function matchErrors(options: ListOptions, watch: boolean): FieldError[] {
  const { match, resourceVersion, sendInitialEvents } = options;
  const errors: FieldError[] = [];
  if (watch) {
    if (sendInitialEvents !== undefined) {
      if (match === '')
        errors.push(
          forbidden(
            'resourceVersionMatch',
            'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
          ),
        );
      else if (match !== 'NotOlderThan')
        errors.push(notSupported('resourceVersionMatch', match, ['NotOlderThan']));
    } else if (match !== '')
      errors.push(
        forbidden(
          'resourceVersionMatch',
          'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
        ),
      );
    return errors;
  }
  if (sendInitialEvents !== undefined)
    errors.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  if (match === '') return errors;
  if (options.continue !== undefined)
    errors.push(
      forbidden('resourceVersionMatch', 'resourceVersionMatch is forbidden when continue is provided'),
    );
  if (resourceVersion === '')
    errors.push(
      forbidden(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden unless resourceVersion is provided',
      ),
    );
  if (match !== 'Exact' && match !== 'NotOlderThan')
    errors.push({
      type: 'FieldValueNotSupported',
      field: 'resourceVersionMatch',
      message: `Unsupported value: ${JSON.stringify(match)}: supported values: "Exact", "NotOlderThan", ""`,
    });
  if (match === 'Exact' && resourceVersion === '0')
    errors.push(
      forbidden('resourceVersionMatch', 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'),
    );
  return errors;
}

/** Throws BadRequest for what can't be a resourceVersion. */
export function checkVersion(resourceVersion: string): void {
  if (/^(?:0|[1-9]\d{0,18})?$/.test(resourceVersion)) return;
  const shown = JSON.stringify(resourceVersion);
  throw badRequest(
    `invalid resource version: resourceVersion: Invalid value: ${shown}: strconv.ParseUint: parsing ${shown}: invalid syntax`,
  );
}

/** Throws BadRequest, Invalid, Expired as the original does. */
export function readListOptions(query: URLSearchParams, watch: boolean): ListOptions {
  const resourceVersion = query.get('resourceVersion') ?? '';
  const continueText = query.get('continue') ?? '';
  const options: ListOptions = {
    limit: integer(query, 'limit') ?? 0,
    continue: continueText === '' || watch ? undefined : decodeToken(continueText),
    resourceVersion,
    match: (query.get('resourceVersionMatch') ?? '') as ListOptions['match'],
    sendInitialEvents: flag(query, 'sendInitialEvents'),
    bookmarks: flag(query, 'allowWatchBookmarks') ?? false,
    timeoutSeconds: integer(query, 'timeoutSeconds'),
  };
  const errors = matchErrors(options, watch);
  if (errors.length > 0) throw invalid('meta.k8s.io', 'ListOptions', '', errors);
  if (options.continue !== undefined && resourceVersion !== '' && resourceVersion !== '0')
    throw badRequest('specifying resource version is not allowed when using continue');
  checkVersion(resourceVersion);
  return options;
}
