import { parseGroupVersion } from '@gantry/machinery/object';
import { badRequest, type StatusError } from '@gantry/machinery/status';
import type { ApiResource } from './resource.ts';

const SHOWN_CHARACTERS = 30;
const TYPE_META =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

/** The beginning of a body, as the original shows it. */
function shownBody(body: string | Buffer): string {
  if (body.length === 0) return '<empty>';
  // A few bytes of a long one will do.
  const head = Buffer.from(body.slice(0, 2 * SHOWN_CHARACTERS));
  const text = head.toString();
  // What does not look like an object is shown in hexadecimal.
  const shown = text.trimStart().startsWith('{') ? text : head.toString('hex');
  return shown.length > SHOWN_CHARACTERS ? `${shown.slice(0, SHOWN_CHARACTERS)} ...` : shown;
}

/** A body that is JSON, but no object. */
export function unrecognized(kind: string, value: unknown, text = JSON.stringify(value) ?? ''): StatusError {
  const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return unreadable(
    kind,
    `couldn't get version/kind; json parse error: json: cannot unmarshal ${found} into Go value of type ${TYPE_META}`,
    text,
  );
}

/** A body whose kind can't be read. */
export const unreadable = (kind: string, cause: string, text: string | Buffer): StatusError =>
  badRequest(`the object provided is unrecognized (must be of type ${kind}): ${cause} (${shownBody(text)})`);

/** Of a body that is told of as a whole. */
const MAX_SHOWN = 64 * 1024;

/**
 * A custom resource has to say its kind; the original takes it for granted of built-in kinds only. `text`: of the body, when
 * it is JSON.
 */
export const withoutKind = (kind: string, text: string | undefined): StatusError =>
  text === undefined
    ? badRequest("Object 'Kind' is missing in 'unstructured object has no kind'")
    : unreadable(kind, `Object 'Kind' is missing in '${text.slice(0, MAX_SHOWN)}'`, text);

/** A body of another kind or version than the path is for. */
export function otherKind(
  { kind }: { readonly kind: Pick<ApiResource['kind'], 'group' | 'version' | 'kind' | 'custom'> },
  given: unknown,
  found: unknown,
  text: string | undefined,
): StatusError {
  const apiVersion = kind.custom === undefined ? given : (given ?? '');
  if (typeof apiVersion !== 'string' || typeof found !== 'string') {
    const [field, value] = typeof apiVersion !== 'string' ? ['apiVersion', apiVersion] : ['kind', found];
    const met = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    const cause = `couldn't get version/kind; json parse error: json: cannot unmarshal ${met} into Go struct field .${field} of type string`;
    return text === undefined ? badRequest(cause) : unreadable(kind.kind, cause, text);
  }
  const { version } = parseGroupVersion(apiVersion);
  if (kind.custom !== undefined)
    return badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${kind.group}/${kind.version})`,
    );
  const head = `${found} in version ${JSON.stringify(version)} cannot be handled as a ${kind.kind}`;
  if (found === kind.kind)
    return badRequest(
      `${head}: no kind ${JSON.stringify(found)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/api/legacyscheme/scheme.go:30"`,
    );
  const internal = kind.group === '' ? 'core' : (kind.group.split('.')[0] ?? kind.group);
  return badRequest(
    `${head}: converting (${version}.${found}) to (${internal}.${kind.kind}): unknown conversion`,
  );
}
