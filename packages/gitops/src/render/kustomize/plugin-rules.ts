import { boolean, list, map, type Rule, record, string, texts } from './field-rules.ts';
import { FIELD_SPEC, GENERATOR, IMAGE, PATCH, REPLACEMENTS, REPLICA } from './kustomization.ts';

type Rules = Readonly<Record<string, Readonly<Record<string, Rule>>>>;

const plugin = { apiVersion: string, kind: string, metadata: map };
const withSpecs = { ...plugin, fieldSpecs: list(FIELD_SPEC) };

/** Fields of the configurations of built-in transformers. */
export const PLUGIN_RULES: Rules = {
  PrefixTransformer: { ...withSpecs, prefix: string },
  SuffixTransformer: { ...withSpecs, suffix: string },
  NamespaceTransformer: { ...withSpecs, unsetOnly: boolean, setRoleBindingSubjects: string },
  LabelTransformer: { ...withSpecs, labels: texts },
  AnnotationsTransformer: { ...withSpecs, annotations: texts },
  ImageTagTransformer: { ...withSpecs, imageTag: record(IMAGE) },
  ReplicaCountTransformer: { ...withSpecs, replica: record(REPLICA) },
  PatchTransformer: { ...plugin, ...PATCH },
  PatchStrategicMergeTransformer: { ...plugin, paths: list(string), patches: string },
  PatchJson6902Transformer: { ...plugin, target: PATCH.target, path: string, jsonOp: string },
  ReplacementTransformer: { ...plugin, replacements: REPLACEMENTS },
};

/** Fields of the configurations of built-in generators. */
export const GENERATOR_RULES: Rules = {
  ConfigMapGenerator: { ...plugin, ...GENERATOR },
  SecretGenerator: { ...plugin, ...GENERATOR, type: string },
};
