import type { Schema, StructType } from './dsl.ts';

/** Structs that the original embeds: their fields are inline in JSON, but its decoder names them in paths. */
const EMBEDDED: Readonly<
  Record<
    string,
    { readonly name: string; readonly fields?: readonly string[]; readonly except?: readonly string[] }
  >
> = {
  'io.k8s.api.core.v1.Volume': { name: 'VolumeSource', except: ['name'] },
  'io.k8s.api.core.v1.EphemeralContainer': {
    name: 'EphemeralContainerCommon',
    except: ['targetContainerName'],
  },
  'io.k8s.api.core.v1.Probe': { name: 'ProbeHandler', fields: ['exec', 'httpGet', 'tcpSocket', 'grpc'] },
  'io.k8s.api.core.v1.ConfigMapVolumeSource': { name: 'LocalObjectReference', fields: ['name'] },
  'io.k8s.api.core.v1.ConfigMapProjection': { name: 'LocalObjectReference', fields: ['name'] },
  'io.k8s.api.core.v1.SecretProjection': { name: 'LocalObjectReference', fields: ['name'] },
  'io.k8s.api.core.v1.ConfigMapKeySelector': { name: 'LocalObjectReference', fields: ['name'] },
  'io.k8s.api.core.v1.SecretKeySelector': { name: 'LocalObjectReference', fields: ['name'] },
  'io.k8s.api.core.v1.ConfigMapEnvSource': { name: 'LocalObjectReference', fields: ['name'] },
  'io.k8s.api.core.v1.SecretEnvSource': { name: 'LocalObjectReference', fields: ['name'] },
};

/** `path` from `root` on, with the names of embedded structs put in. */
export function embeddedPath(root: StructType, path: readonly string[]): readonly string[] {
  const named: string[] = [];
  let type: StructType | undefined = root;
  for (const name of path) {
    const embedded = type === undefined ? undefined : EMBEDDED[type.name];
    const isInline =
      embedded !== undefined &&
      (embedded.fields?.includes(name) === true || embedded.except?.includes(name) === false);
    if (isInline) named.push(embedded.name);
    named.push(name);
    type = structOf(type?.fields[name]);
  }
  return named;
}

function structOf(schema: Schema | undefined): StructType | undefined {
  if (schema?.type === 'ref') return schema.target();
  if (schema?.type === 'array') return structOf(schema.items);
  return schema?.type === 'map' ? structOf(schema.values) : undefined;
}
