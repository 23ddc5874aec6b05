import { builtinKinds } from '@gantry/api/kinds';
import type { AdmissionOptions } from '@gantry/server/admission/plugins';
import type { RegistryAccess } from '@gantry/server/handler';
import type { UserInfo } from '@gantry/server/request';
import { loadAdmissionConfig } from './admission-config.ts';
import { createPoster } from './poster.ts';

const SELF: UserInfo = { name: 'system:apiserver', groups: ['system:masters', 'system:authenticated'] };

/** What admission plugins are given beside flags. */
export interface AdmissionParts {
  readonly options: Partial<AdmissionOptions>;
  /** Once the server is there. */
  connect(registry: RegistryAccess): void;
  close(): void;
}

/** Reads the file of `--admission-control-config-file`, and opens what it names. Throws an Error that names the file. */
export async function openAdmissionParts(file: string | undefined): Promise<AdmissionParts> {
  const { imagePolicy, ...config } = await loadAdmissionConfig(file);
  const poster = imagePolicy === undefined ? undefined : createPoster(imagePolicy.kubeConfigFile);
  const namespaces = builtinKinds.find(({ group, plural }) => group === '' && plural === 'namespaces');
  let registry: RegistryAccess | undefined;
  const provisionNamespace = async (name: string): Promise<void> => {
    if (registry === undefined || namespaces === undefined)
      throw new Error('not yet ready to handle request');
    await registry.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, SELF);
  };
  return {
    options: {
      ...config,
      provisionNamespace,
      ...(imagePolicy === undefined || poster === undefined
        ? {}
        : { imagePolicy: { ...imagePolicy, post: (body) => poster.post(body), now: Date.now } }),
    },
    connect: (made) => {
      registry = made;
    },
    close: () => poster?.close(),
  };
}
