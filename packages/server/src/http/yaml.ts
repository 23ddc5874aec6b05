import { isObject, type JsonObject, setOwn } from '@gantry/machinery/json';
import { badRequest, type StatusError } from '@gantry/machinery/status';
import { parseYaml, stringifyYaml } from '@gantry/machinery/yaml';
import { parsedApart } from './yaml-apart.ts';

/** Keys that one answer may tell of. */
const MAX_REPEATS = 100;

export interface ParsedYaml {
  readonly value: unknown;
  /** What was said of keys that stand twice. */
  readonly repeats: readonly string[];
}

/** The value of a text with one YAML document, and the keys that it holds twice. Throws an error that says where it fails. */
export function parseOneDocument(text: string): ParsedYaml {
  const repeats: string[] = [];
  const onRepeat = (message: string): void => {
    if (repeats.length < MAX_REPEATS) repeats.push(message);
  };
  return { value: parseYaml(text, { maxDocuments: 1, onRepeat })[0]?.value, repeats };
}

/** Words the refusal of a body that is no YAML. */
export type NoYaml = (cause: string) => StatusError;

/** The value of a body with one YAML document. Throws what `refused` makes of the cause. */
export function parseYamlBody(bytes: Buffer, refused: NoYaml): ParsedYaml {
  const apart = parsedApart(bytes);
  if (apart?.fault !== undefined) throw refused(apart.fault);
  if (apart !== undefined)
    return { value: apart.json === undefined ? undefined : JSON.parse(apart.json), repeats: apart.repeats };
  try {
    return parseOneDocument(bytes.toString());
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error));
  }
}

/** The value of a file with one YAML document. Throws BadRequest. */
export function parseYamlText(text: string): unknown {
  try {
    return parseYaml(text, { maxDocuments: 1 })[0]?.value;
  } catch (error) {
    throw badRequest(
      `error converting YAML to JSON: ${error instanceof Error ? error.message : String(error)}`,
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
