import { isObject, type JsonObject, setOwn } from '@gantry/machinery/json';
import { badRequest } from '@gantry/machinery/status';
import { type ParseYamlOptions, parseYaml, stringifyYaml } from '@gantry/machinery/yaml';

/** Keys that one answer may tell of. */
const MAX_REPEATS = 100;

/** The value of a body with one YAML document, and the keys that it holds twice. Throws BadRequest, told after `prefix`. */
export function parseYamlBody(
  text: string,
  prefix = '',
): {
  readonly value: unknown;
  readonly repeats: readonly string[];
} {
  const repeats: string[] = [];
  const onRepeat = (message: string): void => {
    if (repeats.length < MAX_REPEATS) repeats.push(message);
  };
  return { value: parse(text, { maxDocuments: 1, onRepeat }, prefix), repeats };
}

/** The value of a file with one YAML document. Throws BadRequest. */
export const parseYamlText = (text: string): unknown => parse(text, { maxDocuments: 1 });

function parse(text: string, options: ParseYamlOptions, prefix = ''): unknown {
  try {
    return parseYaml(text, options)[0]?.value;
  } catch (error) {
    throw badRequest(
      `${prefix}error converting YAML to JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Keys in order of the alphabet, as the original writes them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const out: JsonObject = {};
  for (const key of Object.keys(value).sort()) setOwn(out, key, sorted(value[key]));
  return out;
}

export const toYaml = (value: unknown): string => stringifyYaml(sorted(value));
