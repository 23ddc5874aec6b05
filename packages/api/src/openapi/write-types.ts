/**
 * Writes `src/generated/openapi.d.ts` (by openapi-typescript, from our own OpenAPI) and `src/generated/types.ts`
 * (short names for it). Run `npm run generate` after a kind changed; a check fails when the files are stale.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtinKinds } from '../kinds.ts';
import { subresourceTypes } from '../subresource-types.ts';
import { collectDefinitions, type OpenApiSchema } from './schemas.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const generated = join(here, '../generated');
const cli = fileURLToPath(new URL('../../../api-typegen/generate.mjs', import.meta.url));

/** Definitions whose last part is taken by a better-known one. */
const RENAMED: Readonly<Record<string, string>> = {
  'io.k8s.api.discovery.v1.EndpointPort': 'EndpointSlicePort',
  'io.k8s.api.storage.v1.TokenRequest': 'CSIDriverTokenRequest',
};

const shortName = (definition: string): string => {
  const [group = '', version = '', name = ''] = definition.split('.').slice(-3);
  if (group === 'events') return `EventsV1${name}`;
  if (group === 'autoscaling' && version === 'v1' && !name.startsWith('Scale')) return `AutoscalingV1${name}`;
  return RENAMED[definition] ?? name;
};

function aliases(definitions: Map<string, OpenApiSchema>): string {
  const kinds = new Map(builtinKinds.map((kind) => [kind.type.name, kind]));
  const lines = [
    '// Written by `npm run generate`.',
    "import type { KubeObject } from '@gantry/machinery/object';",
    "import type { components } from './openapi.d.ts';",
    "type Schemas = components['schemas'];",
    '/** An object as the server stores it: metadata and spec are there. */',
    "type Stored<S> = KubeObject & Omit<S, 'apiVersion' | 'kind' | 'metadata' | 'spec'> & (S extends { spec?: infer P } ? { spec: NonNullable<P> } : unknown);",
  ];
  for (const name of [...definitions.keys()].sort()) {
    const short = shortName(name);
    if (
      /apimachinery\.pkg\.(api|util|runtime)\.|\.(Time|MicroTime|FieldsV1|ObjectMeta|ManagedFieldsEntry|OwnerReference|ListMeta)$/.test(
        name,
      )
    )
      continue;
    lines.push(
      `export type ${short} = ${kinds.has(name) ? `Stored<Schemas['${name}']>` : `Schemas['${name}']`};`,
    );
  }
  return `${lines.join('\n')}\n`;
}

const definitions = new Map<string, OpenApiSchema>();
for (const kind of builtinKinds) collectDefinitions(kind.type, definitions);
for (const type of subresourceTypes) collectDefinitions(type, definitions);
// Clients may send a number; what the server stores and answers is always text.
definitions.set('io.k8s.apimachinery.pkg.api.resource.Quantity', { type: 'string' });
const document = {
  openapi: '3.0.0',
  info: { title: 'Gantry', version: 'v1' },
  paths: {},
  components: { schemas: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))) },
};
const scratch = mkdtempSync(join(tmpdir(), 'gantry-openapi-'));
try {
  const input = join(scratch, 'openapi.json');
  writeFileSync(input, JSON.stringify(document));
  execFileSync(process.execPath, [cli, input, join(generated, 'openapi.d.ts')], { stdio: 'inherit' });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
writeFileSync(join(generated, 'types.ts'), aliases(definitions));
