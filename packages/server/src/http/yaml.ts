import { badRequest } from '@gantry/machinery/status';
import { parseYaml, stringifyYaml } from '@gantry/machinery/yaml';

/** The value of a body with one YAML document. Throws BadRequest. */
export function parseYamlText(text: string): unknown {
  try {
    return parseYaml(text, { maxDocuments: 1 })[0]?.value;
  } catch (error) {
    throw badRequest(
      `error converting YAML to JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

export const toYaml = (value: unknown): string => stringifyYaml(value);
