import { cleanFolder } from '../git/tree.ts';

/**
 * Finds the folder of this commit that a remote base leads to when the base is in the repository itself:
 * `https://git.example.com/team/app//deploy/base` or `…/app.git/deploy/base`. One that asks for a `ref` of its own is
 * another commit, and not found.
 */
export function ownFolder(url: string | undefined): (address: string) => string | undefined {
  if (url === undefined || url === '') return () => undefined;
  const own = canonical(url);
  return (address) => {
    const [path = '', query = ''] = address.split('?');
    if (/(^|&)(ref|version)=/.test(query)) return undefined;
    const target = canonical(path);
    if (target === own) return '';
    const rest = target.startsWith(`${own}/`) ? target.slice(own.length) : undefined;
    return rest === undefined || rest.includes('/../') ? undefined : cleanFolder(rest);
  };
}

/** Host and path alone: `https://user@Host/a/b.git//c` and `git@host:a/b/c` read alike. */
function canonical(address: string): string {
  const plain = address
    .replace(/^(git::)?[a-z+]+:\/\//i, '')
    .replace(/^[^@/]*@/, '')
    .replace(/^([^/:]+):(?!\d+\/)/, '$1/')
    .replace(/\.git(?=\/|$)/, '')
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '');
  const [host = '', ...path] = plain.split('/');
  return [host.toLowerCase(), ...path].join('/');
}
