import { isObject, type JsonObject } from '@gantry/machinery/json';
import type { YamlDocument } from '@gantry/machinery/yaml';
import { boolean, checkFields, integer, list, map, type Rule, record, string, texts } from './field-rules.ts';
import { lineIn, readYaml } from './load-resources.ts';
import { KustomizeError, type Place } from './problem.ts';

export const FILE_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

export interface Target {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly annotationSelector?: string;
}

export interface Patch {
  readonly path?: string;
  readonly patch?: string;
  readonly target?: Target;
  readonly options?: { readonly allowNameChange?: boolean; readonly allowKindChange?: boolean };
}

export interface FieldSpecFields {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly path?: string;
  readonly create?: boolean;
}

export interface Label {
  readonly pairs?: Readonly<Record<string, string>>;
  readonly includeSelectors?: boolean;
  readonly includeTemplates?: boolean;
  readonly fields?: readonly FieldSpecFields[];
}

export interface Image {
  readonly name?: string;
  readonly newName?: string;
  readonly newTag?: string;
  readonly digest?: string;
  readonly tagSuffix?: string;
}

export interface GeneratorOptions {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly disableNameSuffixHash?: boolean;
  readonly immutable?: boolean;
}

export interface Generator {
  readonly name?: string;
  readonly namespace?: string;
  readonly behavior?: string;
  readonly files?: readonly string[];
  readonly literals?: readonly string[];
  readonly envs?: readonly string[];
  readonly env?: string;
  readonly options?: GeneratorOptions;
  readonly type?: string;
}

export interface FieldOptions {
  readonly delimiter?: string;
  readonly index?: number;
  readonly encoding?: string;
  readonly create?: boolean;
}

export interface Replacement {
  readonly path?: string;
  readonly source?: Target & { readonly fieldPath?: string; readonly options?: FieldOptions };
  readonly sourceValue?: string;
  readonly targets?: readonly {
    readonly select?: Target;
    readonly reject?: readonly Target[];
    readonly fieldPaths?: readonly string[];
    readonly options?: FieldOptions;
  }[];
}

export interface Var {
  readonly name: string;
  readonly objref?: Target & { readonly apiVersion?: string };
  readonly fieldref?: { readonly fieldPath?: string };
}

export interface Kustomization {
  readonly kind: 'Kustomization' | 'Component';
  readonly resources: readonly string[];
  readonly components: readonly string[];
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
  readonly namespace?: string;
  readonly commonLabels?: Readonly<Record<string, string>>;
  readonly labels?: readonly Label[];
  readonly commonAnnotations?: Readonly<Record<string, string>>;
  readonly patches?: readonly Patch[];
  readonly patchesStrategicMerge?: readonly string[];
  readonly patchesJson6902?: readonly Patch[];
  readonly images: readonly Image[];
  readonly replicas?: readonly { readonly name?: string; readonly count?: number }[];
  readonly replacements?: readonly Replacement[];
  readonly vars?: readonly Var[];
  readonly configMapGenerator?: readonly Generator[];
  readonly secretGenerator?: readonly Generator[];
  readonly generatorOptions?: GeneratorOptions;
  readonly configurations?: readonly string[];
  readonly crds?: readonly string[];
  readonly openapi?: Readonly<Record<string, string>>;
  readonly buildMetadata?: readonly string[];
  readonly sortOptions?: {
    readonly order?: string;
    readonly legacySortOptions?: {
      readonly orderFirst?: readonly string[];
      readonly orderLast?: readonly string[];
    };
  };
  readonly transformers?: readonly string[];
  readonly generators?: readonly string[];
  readonly validators?: readonly string[];
}

const gvkRules = { group: string, version: string, kind: string };
const target = record({
  ...gvkRules,
  name: string,
  namespace: string,
  labelSelector: string,
  annotationSelector: string,
});
export const PATCH = {
  path: string,
  patch: string,
  target,
  options: record({ allowNameChange: boolean, allowKindChange: boolean }),
};
export const FIELD_SPEC_FIELDS = { ...gvkRules, path: string, create: boolean };
export const FIELD_SPEC = record(FIELD_SPEC_FIELDS);
export const IMAGE = { name: string, newName: string, newTag: string, digest: string, tagSuffix: string };
export const REPLICA = { name: string, count: integer };
const generatorOptions = record({
  labels: texts,
  annotations: texts,
  disableNameSuffixHash: boolean,
  immutable: boolean,
});
export const GENERATOR = {
  name: string,
  namespace: string,
  behavior: string,
  files: list(string),
  literals: list(string),
  envs: list(string),
  env: string,
  options: generatorOptions,
};
const fieldOptions = record({ delimiter: string, index: integer, encoding: string, create: boolean });
const replacementRules = {
  source: record({ ...gvkRules, name: string, namespace: string, fieldPath: string, options: fieldOptions }),
  sourceValue: string,
  targets: list(
    record({ select: target, reject: list(target), fieldPaths: list(string), options: fieldOptions }),
  ),
};
export const REPLACEMENTS = list(record(replacementRules));

const RULES: Readonly<Record<string, Rule>> = {
  apiVersion: string,
  kind: string,
  metadata: map,
  openapi: texts,
  namePrefix: string,
  nameSuffix: string,
  namespace: string,
  commonLabels: texts,
  labels: list(
    record({ pairs: texts, includeSelectors: boolean, includeTemplates: boolean, fields: list(FIELD_SPEC) }),
  ),
  commonAnnotations: texts,
  patches: list(record(PATCH)),
  patchesStrategicMerge: list(string),
  patchesJson6902: list(record(PATCH)),
  images: list(record(IMAGE)),
  imageTags: list(record(IMAGE)),
  replacements: list(record({ ...replacementRules, path: string })),
  replicas: list(record(REPLICA)),
  vars: list(
    record({
      name: string,
      objref: record({ apiVersion: string, ...gvkRules, name: string, namespace: string }),
      fieldref: record({ fieldPath: string }),
    }),
  ),
  sortOptions: record({
    order: string,
    legacySortOptions: record({ orderFirst: list(string), orderLast: list(string) }),
  }),
  resources: list(string),
  components: list(string),
  crds: list(string),
  bases: list(string),
  configMapGenerator: list(record(GENERATOR)),
  secretGenerator: list(record({ ...GENERATOR, type: string })),
  helmGlobals: map,
  helmCharts: list(map),
  helmChartInflationGenerator: list(map),
  generatorOptions,
  configurations: list(string),
  generators: list(string),
  transformers: list(string),
  validators: list(string),
  buildMetadata: list(string),
};

/** A kustomization file and where each of its fields is written. */
export class KustomizationFile {
  readonly file: string;
  readonly content: Kustomization;
  readonly #document: YamlDocument;
  readonly #resources: number;

  private constructor(file: string, document: YamlDocument, content: Kustomization) {
    this.file = file;
    this.#document = document;
    this.content = content;
    const { resources } = document.value as JsonObject;
    this.#resources = Array.isArray(resources) ? resources.length : 0;
  }

  /** Throws KustomizeError for what is no kustomization. */
  static parse(file: string, text: string): KustomizationFile {
    const documents = readYaml(text, { file });
    const [document] = documents;
    if (document === undefined) throw new KustomizeError('kustomization.yaml is empty', { file, line: 1 });
    const second = documents[1];
    if (second !== undefined)
      throw new KustomizeError('a kustomization is one document', lineIn({ file }, second.line));
    const { value } = document;
    if (!isObject(value))
      throw new KustomizeError('not a kustomization: a mapping is expected', { file, line: document.line });
    checkFields(value, RULES, (path) => ({ file, line: document.positionOf(path).line }));
    return new KustomizationFile(file, document, fixed(value, file, document));
  }

  placeOf(...path: (string | number)[]): Place {
    return { file: this.file, line: this.#document.positionOf(path).line };
  }

  /** Of an entry of `resources`, after which come those of `bases`. */
  resourcePlace(index: number): Place {
    const bases = index - this.#resources;
    return bases < 0 ? this.placeOf('resources', index) : this.placeOf('bases', bases);
  }

  /** Line on which the text at a path begins: of a block scalar the one after its key. */
  textPlace(...path: (string | number)[]): { file: string; firstLine: number } {
    return { file: this.file, firstLine: this.#document.textLineOf(path) };
  }
}

/** Old spellings are joined with the new ones. */
function fixed(value: JsonObject, file: string, document: YamlDocument): Kustomization {
  const { apiVersion, kind = 'Kustomization', bases, imageTags, ...rest } = value;
  const place = { file, line: document.positionOf(['kind']).line };
  if (kind !== 'Kustomization' && kind !== 'Component')
    throw new KustomizeError('kind should be Kustomization or Component', place, { field: 'kind' });
  const version = `kustomize.config.k8s.io/${kind === 'Component' ? 'v1alpha1' : 'v1beta1'}`;
  if (apiVersion !== undefined && apiVersion !== '' && apiVersion !== version)
    throw new KustomizeError(`apiVersion for ${kind} should be ${version}`, place, { field: 'apiVersion' });
  if (Object.keys(value).every((key) => key === 'apiVersion' || key === 'kind'))
    throw new KustomizeError('kustomization.yaml is empty', place);
  for (const field of ['helmCharts', 'helmChartInflationGenerator'])
    if (Array.isArray(value[field]) && (value[field] as unknown[]).length > 0)
      throw new KustomizeError(
        'Helm charts within a kustomization are not rendered: make an Application with spec.source.helm of it',
        { file, line: document.positionOf([field]).line },
        { field },
      );
  const joined = (a: unknown, b: unknown): unknown[] => [
    ...((a as unknown[]) ?? []),
    ...((b as unknown[]) ?? []),
  ];
  return {
    ...rest,
    kind,
    resources: joined(value.resources, bases),
    components: joined(value.components, undefined),
    images: joined(value.images, imageTags),
  } as unknown as Kustomization;
}
