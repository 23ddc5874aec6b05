import { getOwn, isObject, type JsonObject } from '@gantry/machinery/json';
import type { FieldSpecFields } from './kustomization.ts';
import {
  type ConfigFields,
  EMPTY_CONFIG,
  mergeConfigs,
  readConfig,
  type TransformConfig,
} from './transform-config.ts';

const DEPTH_MAX = 32;

/**
 * What an OpenAPI definition of custom resources (the field `crds`: a map of type names to schemas) tells about the
 * fields that hold names, labels and annotations.
 */
export function configOfCrds(definitions: JsonObject): TransformConfig {
  let config = EMPTY_CONFIG;
  for (const name of Object.keys(definitions)) {
    const properties = propertiesOf(definitions, name);
    if (!['kind', 'apiVersion', 'metadata'].every((field) => Object.hasOwn(properties, field))) continue;
    const fields: Collected = { commonAnnotations: [], commonLabels: [], namePrefix: [], nameReference: [] };
    collect(definitions, name, name.split('.').at(-1) ?? '', [], fields);
    config = mergeConfigs(config, readConfig(fields as ConfigFields));
  }
  return config;
}

interface Collected {
  readonly commonAnnotations: FieldSpecFields[];
  readonly commonLabels: FieldSpecFields[];
  readonly namePrefix: FieldSpecFields[];
  readonly nameReference: (FieldSpecFields & { fieldSpecs: FieldSpecFields[] })[];
}

function propertiesOf(definitions: JsonObject, name: string): JsonObject {
  const definition = getOwn(definitions, name);
  const schema = isObject(definition)
    ? (getOwn(definition, 'Schema') ?? getOwn(definition, 'schema'))
    : undefined;
  const properties = isObject(schema) ? getOwn(schema, 'properties') : undefined;
  return isObject(properties) ? properties : {};
}

function collect(
  definitions: JsonObject,
  type: string,
  kind: string,
  path: readonly string[],
  into: Collected,
): void {
  if (path.length > DEPTH_MAX) return;
  for (const [name, property] of Object.entries(propertiesOf(definitions, type))) {
    if (!isObject(property)) continue;
    const steps = [...path, name];
    const spec = { kind, path: steps.join('/') };
    if (typeof property['x-kubernetes-annotation'] === 'string') into.commonAnnotations.push(spec);
    if (typeof property['x-kubernetes-label-selector'] === 'string') into.commonLabels.push(spec);
    if (typeof property['x-kubernetes-identity'] === 'string') into.namePrefix.push(spec);
    const version = property['x-kubernetes-object-ref-api-version'];
    const target = property['x-kubernetes-object-ref-kind'];
    if (typeof version === 'string' && typeof target === 'string') {
      const key = property['x-kubernetes-object-ref-name-key'];
      const field = [...steps, typeof key === 'string' ? key : 'name'].join('/');
      into.nameReference.push({ kind: target, version, fieldSpecs: [{ kind, path: field }] });
    }
    if (typeof property.$ref === 'string') collect(definitions, property.$ref, kind, steps, into);
  }
}
