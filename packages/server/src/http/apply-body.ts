import { findDuplicateFields, yamlError } from '@gantry/api/schema/duplicate-fields';
import { badRequest } from '@gantry/machinery/status';
import { type ParsedBody, parseJsonBody } from './body.ts';
import { parseYamlBody } from './yaml.ts';

/** The body of a server-side apply: YAML, of which JSON is a part. Throws BadRequest. */
export function parseConfig(bytes: Buffer): ParsedBody {
  const text = bytes.toString();
  return text.trimStart().startsWith('{')
    ? parseJsonBody(bytes)
    : { text: undefined, ...parseYamlBody(text, 'error decoding YAML: ') };
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
  return findDuplicateFields(text).length === 0 ? [] : parseYamlBody(text).repeats;
}
