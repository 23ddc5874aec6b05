import { createHash, timingSafeEqual } from 'node:crypto';
import type { UserInfo } from '../../request.ts';
import { withAuthenticated } from '../users.ts';

/** Fields of one line, as spreadsheets write them. Undefined for an empty line. */
function fieldsOf(line: string): string[] | undefined {
  if (line.trim() === '' || line.startsWith('#')) return undefined;
  const fields: string[] = [];
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
    fields.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
  return fields;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Users of `--token-auth-file`: lines `token,user,uid,"group1,group2"`. Returns a look-up. Throws an Error that names the
 * line at fault.
 */
export function parseTokenFile(text: string): (token: string) => UserInfo | undefined {
  const users: { readonly token: Buffer; readonly user: UserInfo }[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const fields = fieldsOf(line);
    if (fields === undefined) continue;
    const [token = '', name = '', uid = '', groups = ''] = fields;
    if (fields.length < 3)
      throw new Error(
        `token file: line ${index + 1} must have at least 3 columns (token, user name, user uid), found ${fields.length}`,
      );
    if (token === '') continue;
    const list = groups.split(',').map((group) => group.trim());
    users.push({
      token: digest(token),
      user: {
        name,
        ...(uid === '' ? {} : { uid }),
        groups: withAuthenticated(
          list.filter((group) => group !== ''),
          name,
        ),
      },
    });
  }
  return (token) => {
    const wanted = digest(token);
    return users.find((one) => timingSafeEqual(one.token, wanted))?.user;
  };
}
