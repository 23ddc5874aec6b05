import { type FieldSpec, fieldSpec, mergeSpecs, sortSpecs } from './field-spec.ts';
import { compareGvk, type Gvk, sameGvk } from './gvk.ts';
import type { FieldSpecFields } from './kustomization.ts';

/** Fields that hold the name of an object of this kind. */
export interface NameReference extends Gvk {
  readonly referrers: readonly FieldSpec[];
}

export const SPEC_FIELDS = [
  'namePrefix',
  'nameSuffix',
  'namespace',
  'commonLabels',
  'labels',
  'templateLabels',
  'commonAnnotations',
  'varReference',
  'images',
  'replicas',
] as const;

type SpecField = (typeof SPEC_FIELDS)[number];

/** Which fields the transformers change. */
export type TransformConfig = Readonly<Record<SpecField, readonly FieldSpec[]>> & {
  readonly nameReference: readonly NameReference[];
};

const eachField = (
  specsOf: (name: SpecField) => readonly FieldSpec[],
): Record<SpecField, readonly FieldSpec[]> =>
  Object.fromEntries(SPEC_FIELDS.map((name) => [name, specsOf(name)])) as Record<SpecField, FieldSpec[]>;

/** A configuration as it is written in a file. */
export type ConfigFields = Partial<Record<SpecField, readonly FieldSpecFields[]>> & {
  readonly nameReference?: readonly (FieldSpecFields & {
    readonly fieldSpecs?: readonly FieldSpecFields[];
  })[];
};

export function readConfig(fields: ConfigFields): TransformConfig {
  const specs = eachField((name) => sortSpecs((fields[name] ?? []).map(fieldSpec)));
  const nameReference = (fields.nameReference ?? [])
    .map(({ group = '', version = '', kind = '', fieldSpecs = [] }) => ({
      group,
      version,
      kind,
      referrers: fieldSpecs.map(fieldSpec),
    }))
    .sort(compareGvk);
  return { ...specs, nameReference };
}

/** Both together. Throws StepError where they disagree. */
export function mergeConfigs(a: TransformConfig, b: TransformConfig): TransformConfig {
  if (a === b || b === EMPTY_CONFIG) return a;
  if (a === EMPTY_CONFIG) return b;
  const specs = eachField((name) => sortSpecs(mergeSpecs(a[name], b[name])));
  return { ...specs, nameReference: mergeReferences(a.nameReference, b.nameReference) };
}

function mergeReferences(a: readonly NameReference[], b: readonly NameReference[]): NameReference[] {
  const out = [...a];
  for (const reference of b) {
    const index = out.findIndex((own) => sameGvk(own, reference));
    const known = out[index];
    if (known === undefined) out.push(reference);
    else out[index] = { ...known, referrers: mergeSpecs(known.referrers, reference.referrers) };
  }
  return out.sort(compareGvk);
}

/** Changes nothing. */
export const EMPTY_CONFIG = readConfig({});
