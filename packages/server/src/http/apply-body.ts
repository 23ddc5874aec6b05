import { findDuplicateFields, yamlError } from '@gantry/api/schema/duplicate-fields';
import { badRequest, type StatusError } from '@gantry/machinery/status';
import { type ParsedBody, parseJsonBody } from './body.ts';
import { parseOneDocument, parseYamlBody } from './yaml.ts';
import { parseApart } from './yaml-apart.ts';

/** Characters of JSON that are read once more as YAML, for the lines of keys that stand twice. */
const MAX_READ_AGAIN = 8 * 1024;

const noConfig = (cause: string): StatusError =>
  badRequest(`error decoding YAML: error converting YAML to JSON: ${cause}`);

/**
 * The body of a server-side apply: YAML, of which JSON is a part that is read faster. Rejects with BadRequest,
 * TooManyRequests.
 */
export async function parseConfig(bytes: Buffer): Promise<ParsedBody> {
  if (bytes.toString().trimStart().startsWith('{')) {
    const json = asJson(bytes);
    if (json !== undefined) return json;
    // Taken for JSON until now, it was not read in a thread as other long YAML is.
    await parseApart(bytes, 'application/yaml');
  }
  return { text: undefined, ...parseYamlBody(bytes, noConfig) };
}

/** Undefined for braces that are no JSON: YAML also takes plain keys and a comma before the end. */
function asJson(bytes: Buffer): ParsedBody | undefined {
  try {
    return parseJsonBody(bytes);
  } catch {
    return undefined;
  }
}

/** Tells of keys that stand twice, in a YAML parser's words even where the body is JSON. Throws BadRequest when strict. */
export function reportRepeats(body: ParsedBody, strict: boolean, warn: (text: string) => void): void {
  const repeats = repeatsOf(body);
  if (repeats.length === 0) return;
  if (strict)
    throw badRequest(`error strict decoding YAML: error converting YAML to JSON: ${yamlError(repeats)}`);
  for (const repeat of repeats) warn(repeat);
}

function repeatsOf({ text, repeats = [] }: ParsedBody): readonly string[] {
  if (text === undefined) return repeats;
  const paths = findDuplicateFields(text);
  if (paths.length === 0) return [];
  if (text.length <= MAX_READ_AGAIN) return parseOneDocument(text).repeats;
  return paths.map((path) => `line 1: key ${JSON.stringify(path.split('.').at(-1))} already set in map`);
}
