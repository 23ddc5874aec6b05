import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtinKinds } from '@gantry/api/kinds';
import { createClient } from '@gantry/client/client';
import type { Resource } from '@gantry/client/port';
import { type KubeObject, parseGroupVersion } from '@gantry/machinery/object';
import { parseYaml } from '@gantry/machinery/yaml';
import { loadKubeconfig } from '@gantry/pki/kubeconfig';

/** What Gantry itself is set up with, as plain manifests. */
export const SYSTEM_MANIFESTS = fileURLToPath(new URL('../../../../manifests/system', import.meta.url));

/** Server-side apply of each document in the folder. */
export async function applyManifests(kubeconfig: string, folder: string): Promise<void> {
  const client = createClient(await loadKubeconfig(kubeconfig));
  try {
    for (const file of readdirSync(folder).sort()) {
      for (const { value } of parseYaml(readFileSync(join(folder, file), 'utf8'))) {
        const object = value as KubeObject;
        const options = { type: 'apply', fieldManager: 'gantry', force: true } as const;
        await client.patch(
          resourceOf(object),
          object.metadata.namespace ?? '',
          object.metadata.name,
          object,
          options,
        );
      }
    }
  } finally {
    client.close();
  }
}

function resourceOf(object: KubeObject): Resource {
  const { group, version } = parseGroupVersion(object.apiVersion);
  const kind = builtinKinds.find(
    (known) => known.group === group && known.version === version && known.kind === object.kind,
  );
  if (kind === undefined) throw new Error(`${object.apiVersion} ${object.kind} is no built-in kind`);
  return kind;
}
