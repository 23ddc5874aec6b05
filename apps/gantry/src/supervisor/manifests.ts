import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@gantry/client/client';
import { resourceForKind } from '@gantry/client/resources';
import type { KubeObject } from '@gantry/machinery/object';
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
          resourceForKind(object.apiVersion, object.kind),
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
