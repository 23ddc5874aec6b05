import type { PodSpec } from '../generated/types.ts';
import type { Schema, StructType } from '../schema/dsl.ts';
import { emptiedField } from '../schema/emptied.ts';
import { GO_FIELDS } from './go-fields.ts';

/** A field as a message prints it. */
interface GoField {
  readonly goName: string;
  readonly name: string;
  readonly pointer: boolean;
  readonly schema: Schema | undefined;
}

const API = 'io.k8s.api.';
const CORE = `${API}core.v1.`;
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.';

/** Types that the original prints as in JSON: what is absent is left out. */
const TAGGED: Readonly<Record<string, readonly string[]>> = {
  [`${META}LabelSelector`]: ['matchLabels', 'matchExpressions'],
  [`${META}LabelSelectorRequirement`]: ['key', 'operator', 'values'],
  [`${META}OwnerReference`]: ['apiVersion', 'kind', 'name', 'uid', 'controller', 'blockOwnerDeletion'],
  [`${META}ObjectMeta`]:
    'name generateName namespace selfLink uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds labels annotations ownerReferences finalizers managedFields'.split(
      ' ',
    ),
};

const fieldsOf = new WeakMap<StructType, readonly GoField[] | undefined>();

function goFields(type: StructType): readonly GoField[] | undefined {
  if (fieldsOf.has(type)) return fieldsOf.get(type);
  const text = GO_FIELDS[type.name.slice((type.name.startsWith(CORE) ? CORE : API).length)];
  const byLowerCase = new Map(Object.keys(type.fields).map((name) => [name.toLowerCase(), name]));
  const made = text?.split(' ').map((entry) => {
    const [, goName = '', other, star] = /^([^=*]+)(?:=([^*]+))?(\*)?$/.exec(entry) ?? [];
    const name = other ?? byLowerCase.get(goName.toLowerCase()) ?? goName[0]?.toLowerCase() + goName.slice(1);
    return { goName, name, pointer: star !== undefined, schema: type.fields[name] };
  });
  fieldsOf.set(type, made);
  return made;
}

/**
 * A value as the original's messages print it, by its internal types, which have no names of JSON: every field in the
 * order of its declaration, pointers, lists and maps that are not there as null, anything else as its zero.
 */
export function goStruct(type: StructType, value: object): Readonly<Record<string, unknown>> {
  const given: Readonly<Record<string, unknown>> =
    type.name === `${CORE}PodSpec` ? hostInContext(value as PodSpec) : { ...value };
  const tagged = TAGGED[type.name];
  const out: Record<string, unknown> = {};
  if (tagged !== undefined) {
    for (const name of tagged)
      if (given[name] !== undefined) out[name] = printed(type.fields[name], given[name]);
    return out;
  }
  const fields = goFields(type);
  if (fields === undefined) return given;
  for (const { goName, name, pointer, schema } of fields) {
    if (goName === '...') {
      if (type.fields.metadata?.type === 'ref')
        Object.assign(out, goStruct(type.fields.metadata.target(), (given.metadata as object) ?? {}));
    } else if (given[name] !== undefined && given[name] !== null) out[goName] = printed(schema, given[name]);
    else out[goName] = pointer ? null : (emptiedField(value, name) ?? zero(schema));
  }
  return out;
}

/** The original keeps the namespaces of the host, which JSON has beside it, in the security context. */
function hostInContext(spec: PodSpec): Readonly<Record<string, unknown>> {
  const { hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers, securityContext } = spec;
  const host = { hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers };
  return { ...spec, securityContext: { ...securityContext, ...host } };
}

function printed(schema: Schema | undefined, value: unknown): unknown {
  if (schema?.type === 'ref') return goStruct(schema.target(), value as object);
  if (schema?.type === 'array') return (value as unknown[]).map((item) => printed(schema.items, item));
  if (schema?.type !== 'map') return value;
  const entries = Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, printed(schema.values, item)]));
}

function zero(schema: Schema | undefined): unknown {
  switch (schema?.type) {
    case 'string':
      return '';
    case 'int32':
    case 'int64':
    case 'double':
    case 'intOrString':
      return 0;
    case 'quantity':
      return '0';
    case 'ref':
      return goStruct(schema.target(), {});
    case 'array':
    case 'map':
      return null;
    default:
      return schema === undefined || schema.type === 'boolean' ? false : null;
  }
}
