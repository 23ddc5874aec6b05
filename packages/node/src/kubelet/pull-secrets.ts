import type { Pod, Secret } from '@gantry/api/generated/types';
import type { AuthConfig } from '../cri/types.ts';
import { parseImageReference } from '../images/reference.ts';
import { namespaceOf } from './pod.ts';

interface DockerEntry {
  readonly username?: string;
  readonly password?: string;
  readonly auth?: string;
  readonly identitytoken?: string;
}

/** Credentials from the pod's imagePullSecrets that fit the image's registry, best match first. */
export async function pullCredentials(
  pod: Pod,
  image: string,
  secret: (namespace: string, name: string) => Promise<Secret | undefined>,
): Promise<AuthConfig[]> {
  const found: { readonly key: string; readonly auth: AuthConfig }[] = [];
  for (const { name } of pod.spec.imagePullSecrets ?? []) {
    if (name === undefined || name === '') continue;
    const object = await secret(namespaceOf(pod), name);
    for (const [key, entry] of Object.entries(entriesOf(object))) {
      if (matches(key, image)) found.push({ key, auth: authOf(entry) });
    }
  }
  return found.sort((a, b) => b.key.length - a.key.length).map(({ auth }) => auth);
}

function entriesOf(secret: Secret | undefined): Record<string, DockerEntry> {
  const config = secret?.data?.['.dockerconfigjson'];
  const legacy = secret?.data?.['.dockercfg'];
  try {
    if (config !== undefined) {
      const parsed = JSON.parse(Buffer.from(config, 'base64').toString()) as {
        auths?: Record<string, DockerEntry>;
      };
      return parsed.auths ?? {};
    }
    return legacy === undefined
      ? {}
      : (JSON.parse(Buffer.from(legacy, 'base64').toString()) as Record<string, DockerEntry>);
  } catch {
    return {};
  }
}

/** `registry.example.com/team` fits every image below it; `*.example.com` one label; Docker Hub has several names. */
function matches(key: string, image: string): boolean {
  const reference = parseImageReference(image);
  const bare = key
    .replace(/^https?:\/\//, '')
    .replace(/\/v[12]\/?$/, '')
    .replace(/\/$/, '');
  const slash = bare.indexOf('/');
  const host = slash < 0 ? bare : bare.slice(0, slash);
  const path = slash < 0 ? '' : bare.slice(slash + 1);
  const domain = ['index.docker.io', 'registry-1.docker.io'].includes(host) ? 'docker.io' : host;
  const pattern = new RegExp(`^${domain.split('*').map(escapeRegex).join('[^.]*')}$`);
  return (
    pattern.test(reference.domain) &&
    (path === '' || reference.path === path || reference.path.startsWith(`${path}/`))
  );
}

const escapeRegex = (text: string): string => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');

function authOf(entry: DockerEntry): AuthConfig {
  const [username, ...rest] = Buffer.from(entry.auth ?? '', 'base64')
    .toString()
    .split(':');
  const name = entry.username ?? username;
  const password = entry.password ?? rest.join(':');
  return {
    ...(name === undefined || name === '' ? {} : { username: name }),
    ...(password === '' ? {} : { password }),
    ...(entry.identitytoken === undefined ? {} : { identityToken: entry.identitytoken }),
  };
}
