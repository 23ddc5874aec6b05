import { GitError } from './tree.ts';

const SECTION = /^\s*\[submodule\s+"(?:[^"\\]|\\.)*"\s*\]\s*$/;
const ENTRY = /^\s*(path|url)\s*=\s*(.*?)\s*$/i;

/** Addresses of submodules by their paths, out of a `.gitmodules` (gitmodules(5)). */
export function gitmodules(text: string): ReadonlyMap<string, string> {
  const urls = new Map<string, string>();
  let [path, url, isOpen] = ['', '', false];
  const end = (): void => {
    if (path !== '' && url !== '') urls.set(path, url);
    [path, url] = ['', ''];
  };
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*\[/.test(line)) {
      end();
      isOpen = SECTION.test(line);
      continue;
    }
    const [, name = '', raw = ''] = ENTRY.exec(line) ?? [];
    if (!isOpen || name === '') continue;
    const value = raw.startsWith('"')
      ? raw.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1')
      : raw.replace(/\s+[#;].*$/, '');
    if (name.toLowerCase() === 'path') path = value.replace(/\/+$/, '');
    else url = value;
  }
  end();
  return urls;
}

/** A submodule's address: one that begins with `./` or `../` is relative to the repository's own. Throws GitError. */
export function submoduleUrl(base: string, url: string): string {
  if (!/^\.\.?\//.test(url)) return url;
  let [at, rest] = [base.replace(/\/+$/, ''), url];
  for (;;)
    if (rest.startsWith('./')) rest = rest.slice(2);
    else if (rest.startsWith('../')) {
      const cut = Math.max(at.lastIndexOf('/'), at.includes('://') ? -1 : at.lastIndexOf(':'));
      // Not above the host.
      if (cut < 0 || /^[a-z+]+:\/\/[^/]*$/i.test(at))
        throw new GitError(`the address ${url} leads out of ${base}`);
      const isColon = at[cut] === ':';
      at = at.slice(0, isColon ? cut + 1 : cut);
      rest = rest.slice(3);
      if (isColon) return `${at}${rest}`;
    } else return `${at}/${rest}`;
}
