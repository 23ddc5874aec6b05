/** Where Git servers that people use show a file or a commit. */

interface Forge {
  readonly host: RegExp;
  readonly file: (commit: string, path: string, line: string) => string;
  readonly commit: (commit: string) => string;
}

const FORGES: readonly Forge[] = [
  {
    host: /(^|\.)github\./,
    file: (commit, path, line) => `/blob/${commit}/${path}${line === '' ? '' : `#L${line}`}`,
    commit: (commit) => `/commit/${commit}`,
  },
  {
    host: /(^|\.)gitlab\./,
    file: (commit, path, line) => `/-/blob/${commit}/${path}${line === '' ? '' : `#L${line}`}`,
    commit: (commit) => `/-/commit/${commit}`,
  },
  {
    host: /(^|\.)(gitea|forgejo|codeberg)\./,
    file: (commit, path, line) => `/src/commit/${commit}/${path}${line === '' ? '' : `#L${line}`}`,
    commit: (commit) => `/commit/${commit}`,
  },
  {
    host: /(^|\.)bitbucket\./,
    file: (commit, path, line) => `/src/${commit}/${path}${line === '' ? '' : `#lines-${line}`}`,
    commit: (commit) => `/commits/${commit}`,
  },
];

/** `https://HOST/OWNER/NAME` of what is cloned from; credentials and what is no web address are left out. */
function webRoot(cloneUrl: string): URL | undefined {
  const scp = /^(?:[^@/]+@)?([\w.-]+):(?!\/\/)(.+)$/.exec(cloneUrl);
  try {
    const url = new URL(scp === null ? cloneUrl : `https://${scp[1]}/${scp[2]}`);
    if (!/^(https?|ssh):$/.test(url.protocol)) return undefined;
    const port = url.protocol === 'ssh:' ? '' : url.port;
    const scheme = url.protocol === 'http:' ? 'http' : 'https';
    const path = url.pathname.replace(/\/+$/, '').replace(/\.git$/, '');
    return new URL(`${scheme}://${url.hostname}${port === '' ? '' : `:${port}`}${path}`);
  } catch {
    return undefined;
  }
}

/** Pages of a commit and of a `file:line` in it; '' for a server whose addresses are not known. */
export function webAddresses(
  cloneUrl: string,
  commit: string,
  source: string,
): { readonly commit: string; readonly file: string } {
  const root = webRoot(cloneUrl);
  const forge = FORGES.find(({ host }) => root !== undefined && host.test(root.hostname));
  if (root === undefined || forge === undefined || commit === '') return { commit: '', file: '' };
  const [, file = '', line = ''] = /^(.*?)(?::(\d+))?$/.exec(source) ?? [];
  const path = file.split('/').map(encodeURIComponent).join('/');
  return {
    commit: `${root.href}${forge.commit(commit)}`,
    file: file === '' ? '' : `${root.href}${forge.file(commit, path, line)}`,
  };
}
