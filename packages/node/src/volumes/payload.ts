import type {
  ConfigMap,
  DownwardAPIVolumeFile,
  KeyToPath,
  Pod,
  Secret,
  VolumeProjection,
} from '@gantry/api/generated/types';
import { fieldValue, type NodeFacts, resourceValue } from '../environment/field-ref.ts';
import type { ObjectLookup } from '../environment/resolve.ts';
import { findContainer, namespaceOf } from '../kubelet/pod.ts';
import type { VolumeFile } from './atomic-writer.ts';

/** Issues a token for the pod's service account; cached and renewed by the implementation. */
export interface TokenSource {
  token(pod: Pod, audience: string | undefined, expirationSeconds: number): Promise<string>;
}

export interface PayloadContext {
  readonly objects: ObjectLookup;
  readonly tokens: TokenSource;
  readonly node: NodeFacts;
  readonly podIps: readonly string[];
}

const DEFAULT_MODE = 0o644;

/** Files of a ConfigMap. Throws when it is missing or lacks a key that must be there. */
export async function configMapFiles(
  pod: Pod,
  source: {
    readonly name?: string;
    readonly items?: readonly KeyToPath[];
    readonly optional?: boolean;
    readonly defaultMode?: number;
  },
  objects: ObjectLookup,
): Promise<VolumeFile[]> {
  const name = source.name ?? '';
  const map = await objects.configMap(namespaceOf(pod), name);
  if (map === undefined && source.optional !== true) throw new Error(`configmap "${name}" not found`);
  return pick(configMapData(map), source, `configmap references non-existent config key: `);
}

/** Files of a Secret; as for ConfigMaps. */
export async function secretFiles(
  pod: Pod,
  source: {
    readonly name?: string;
    readonly items?: readonly KeyToPath[];
    readonly optional?: boolean;
    readonly defaultMode?: number;
  },
  objects: ObjectLookup,
): Promise<VolumeFile[]> {
  const name = source.name ?? '';
  const secret = await objects.secret(namespaceOf(pod), name);
  if (secret === undefined && source.optional !== true) throw new Error(`secret "${name}" not found`);
  return pick(secretData(secret), source, 'references non-existent secret key: ');
}

function configMapData(map: ConfigMap | undefined): Map<string, Buffer> {
  const data = new Map<string, Buffer>();
  for (const [key, text] of Object.entries(map?.data ?? {})) data.set(key, Buffer.from(text));
  for (const [key, base64] of Object.entries(map?.binaryData ?? {}))
    data.set(key, Buffer.from(base64, 'base64'));
  return data;
}

function secretData(secret: Secret | undefined): Map<string, Buffer> {
  return new Map(
    Object.entries(secret?.data ?? {}).map(([key, base64]) => [key, Buffer.from(base64, 'base64')]),
  );
}

function pick(
  data: ReadonlyMap<string, Buffer>,
  source: {
    readonly items?: readonly KeyToPath[];
    readonly optional?: boolean;
    readonly defaultMode?: number;
  },
  missing: string,
): VolumeFile[] {
  const mode = source.defaultMode ?? DEFAULT_MODE;
  if (source.items === undefined || source.items.length === 0) {
    return [...data].map(([path, bytes]) => ({ path, mode, data: bytes }));
  }
  const files: VolumeFile[] = [];
  for (const item of source.items) {
    const bytes = data.get(item.key);
    if (bytes !== undefined) files.push({ path: item.path, mode: item.mode ?? mode, data: bytes });
    else if (source.optional !== true) throw new Error(`${missing}${item.key}`);
  }
  return files;
}

/** Files of the downward API. */
export function downwardFiles(
  pod: Pod,
  items: readonly DownwardAPIVolumeFile[],
  defaultMode: number | undefined,
  context: PayloadContext,
): VolumeFile[] {
  return items.map((item) => {
    const mode = item.mode ?? defaultMode ?? DEFAULT_MODE;
    const field = item.fieldRef;
    if (field !== undefined) {
      const text = fieldValue(pod, field.fieldPath, context.node, context.podIps);
      return { path: item.path, mode, data: Buffer.from(text) };
    }
    const reference = item.resourceFieldRef;
    const container = findContainer(pod.spec, reference?.containerName ?? '');
    if (reference === undefined || container === undefined) {
      throw new Error(`container ${reference?.containerName ?? ''} not found`);
    }
    const resources = 'resources' in container ? { resources: container.resources ?? {} } : {};
    const text = resourceValue(
      { name: container.name, ...resources },
      reference.resource,
      reference.divisor,
      context.node,
    );
    return { path: item.path, mode, data: Buffer.from(text) };
  });
}

/** Files of a projected volume: later sources win on equal paths. */
export async function projectedFiles(
  pod: Pod,
  sources: readonly VolumeProjection[],
  defaultMode: number | undefined,
  context: PayloadContext,
): Promise<VolumeFile[]> {
  const files = new Map<string, VolumeFile>();
  const mode = defaultMode === undefined ? {} : { defaultMode };
  for (const source of sources) {
    for (const file of await projectionFiles(pod, source, mode, context)) files.set(file.path, file);
  }
  return [...files.values()];
}

async function projectionFiles(
  pod: Pod,
  source: VolumeProjection,
  mode: { readonly defaultMode?: number },
  context: PayloadContext,
): Promise<VolumeFile[]> {
  if (source.configMap !== undefined) {
    return await configMapFiles(pod, { ...mode, ...source.configMap }, context.objects);
  }
  if (source.secret !== undefined)
    return await secretFiles(pod, { ...mode, ...source.secret }, context.objects);
  if (source.downwardAPI !== undefined) {
    return downwardFiles(pod, source.downwardAPI.items ?? [], mode.defaultMode, context);
  }
  if (source.serviceAccountToken !== undefined) {
    const { audience, expirationSeconds = 3600, path } = source.serviceAccountToken;
    const token = await context.tokens.token(pod, audience, expirationSeconds);
    return [{ path, ...tokenAccess(pod, mode.defaultMode), data: Buffer.from(token) }];
  }
  throw new Error('unsupported projected volume source');
}

/** A token is its owner's alone where all containers run as one user, or where a group is to read it; else the volume's mode holds. */
function tokenAccess(pod: Pod, defaultMode = DEFAULT_MODE): { mode: number; uid?: number } {
  const uid = onlyUser(pod);
  const alone = uid !== undefined || pod.spec.securityContext?.fsGroup !== undefined;
  return { mode: alone ? 0o600 : defaultMode, ...(uid === undefined ? {} : { uid }) };
}

/** The user that every container of the pod says it runs as. */
function onlyUser({ spec }: Pod): number | undefined {
  const shared = spec.securityContext?.runAsUser;
  const containers = [
    ...(spec.initContainers ?? []),
    ...spec.containers,
    ...(spec.ephemeralContainers ?? []),
  ];
  const [first, ...others] = new Set(
    containers.map(({ securityContext }) => securityContext?.runAsUser ?? shared),
  );
  return others.length === 0 ? first : undefined;
}
