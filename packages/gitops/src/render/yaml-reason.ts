import type { YamlError } from '@gantry/machinery/yaml';

const HOLDS_SECRETS = /^[\s-]*(?:"?kind"?:\s*["']?Secret\b|secretGenerator:)|"kind":\s*"Secret"/m;

/** Why a text is no YAML. What was found there isn't told of a text that holds Secrets. */
export function yamlReason(error: YamlError, text: string): string {
  const said = error.message.replace(/^yaml: (line \d+: )?/, '');
  return `not YAML: ${HOLDS_SECRETS.test(text) ? said.replace(/:.*$/s, '') : said}`;
}
