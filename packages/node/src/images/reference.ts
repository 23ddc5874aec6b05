/** An image name taken apart, completed as the runtimes do: `busybox` is `docker.io/library/busybox:latest`. */
export interface ImageReference {
  readonly domain: string;
  readonly path: string;
  /** Absent when only a digest was given. */
  readonly tag?: string;
  readonly digest?: string;
}

const DOMAIN =
  /^(?:localhost|(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+|[a-zA-Z0-9-]+(?=:\d)|\[[0-9a-fA-F:]+\])(?::\d+)?$/;
const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const NAME_LENGTH_MAX = 255;

/**
 * https://pkg.go.dev/github.com/distribution/reference. Throws an Error with the original's text when it is no
 * reference: `invalid reference format`, `invalid reference format: repository name (library/BusyBox) must be lowercase`.
 */
export function parseImageReference(text: string): ImageReference {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const slash = named.indexOf('/');
  const first = slash < 0 ? '' : named.slice(0, slash);
  const hasDomain = slash >= 0 && (DOMAIN.test(first) || first !== first.toLowerCase());
  const domain = hasDomain ? first : 'docker.io';
  const rest = hasDomain ? named.slice(slash + 1) : named;
  const colon = rest.lastIndexOf(':');
  const tag = colon < 0 ? undefined : rest.slice(colon + 1);
  const bare = colon < 0 ? rest : rest.slice(0, colon);
  const path = domain === 'docker.io' && !bare.includes('/') ? `library/${bare}` : bare;
  if (path !== path.toLowerCase()) {
    throw new Error(`invalid reference format: repository name (${path}) must be lowercase`);
  }
  const valid =
    PATH.test(path) &&
    DOMAIN.test(domain) &&
    (tag === undefined || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest));
  if (!valid) throw new Error('invalid reference format');
  if (domain.length + path.length + 1 > NAME_LENGTH_MAX) {
    throw new Error('repository name must not be more than 255 characters');
  }
  return {
    domain: domain === 'index.docker.io' ? 'docker.io' : domain,
    path,
    ...(tag === undefined ? (digest === undefined ? { tag: 'latest' } : {}) : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** `docker.io/library/busybox:1.35`, the name under which runtimes list an image. */
export function formatImageReference(reference: ImageReference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `${reference.domain}/${reference.path}${tag}${digest}`;
}

/** The policy that the API defaults to: `Always` for `:latest`, else `IfNotPresent`. */
export function defaultPullPolicy(image: string): 'Always' | 'IfNotPresent' {
  try {
    const { tag } = parseImageReference(image);
    return tag === 'latest' ? 'Always' : 'IfNotPresent';
  } catch {
    return 'IfNotPresent';
  }
}
