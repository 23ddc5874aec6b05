import { list, type Rule, record } from './field-rules.ts';
import { FIELD_SPEC_FIELDS } from './kustomization.ts';
import { SPEC_FIELDS } from './transform-config.ts';

const specs = list(record(FIELD_SPEC_FIELDS));
const { group, version, kind } = FIELD_SPEC_FIELDS;

/** Fields of a file of `configurations`. */
export const CONFIG_RULES: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(SPEC_FIELDS.map((name) => [name, specs])),
  nameReference: list(record({ group, version, kind, fieldSpecs: specs })),
};
