/** A URL as Go's net/url reads one that a request could have: absolute, or an absolute path. */
export interface ParsedUrl {
  readonly text: string;
  readonly scheme: string;
  readonly host: string;
  /** As written. */
  readonly path: string;
  readonly query: string;
}

/** What is wrong is answered as a text. */
export function parseUrl(text: string): ParsedUrl | string {
  if (text === '') {
    return 'empty url';
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (/[\x00-\x1f\x7f]/.test(text)) {
    return 'net/url: invalid control character in URL';
  }
  if (text === '*') {
    return { text, scheme: '', host: '', path: '*', query: '' };
  }
  const schemeMatch = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(text);
  if (text.startsWith(':')) {
    return 'missing protocol scheme';
  }
  const scheme = (schemeMatch?.[1] ?? '').toLowerCase();
  const [rest = '', ...queries] = text.slice(schemeMatch?.[0].length ?? 0).split('?');
  const query = queries.join('?');
  if (!rest.startsWith('/')) {
    return scheme ? { text, scheme, host: '', path: '', query } : 'invalid URI for request';
  }
  if (!scheme || !rest.startsWith('//')) {
    return finish({ text, scheme, host: '', path: rest, query });
  }
  const slash = rest.indexOf('/', 2);
  const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
  const host = parseHost(authority.slice(authority.lastIndexOf('@') + 1));
  return 'problem' in host
    ? host.problem
    : finish({ text, scheme, host: host.host, path: slash < 0 ? '' : rest.slice(slash), query });
}

function finish(url: ParsedUrl): ParsedUrl | string {
  const bad = /%(?![0-9a-fA-F]{2})[\s\S]{0,2}/.exec(url.path)?.[0];
  return bad === undefined ? url : `invalid URL escape ${JSON.stringify(bad)}`;
}

type Host = { readonly host: string } | { readonly problem: string };

function parseHost(text: string): Host {
  if (text.startsWith('[')) {
    const end = text.lastIndexOf(']');
    if (end < 0) {
      return { problem: "missing ']' in host" };
    }
    return withPort(text, text.slice(end + 1));
  }
  const bad = /[^A-Za-z0-9\-._~!$&'()*+,;=:[\]<>"%\u0080-\uffff]/.exec(text)?.[0];
  if (bad !== undefined) {
    return { problem: `invalid character ${JSON.stringify(bad)} in host name` };
  }
  const colon = text.lastIndexOf(':');
  return withPort(text, colon < 0 ? '' : text.slice(colon));
}

function withPort(host: string, portPart: string): Host {
  return portPart === '' || /^:\d*$/.test(portPart)
    ? { host }
    : { problem: `invalid port ${JSON.stringify(portPart)} after host` };
}

/** Without port, and without the brackets of an IPv6 address. */
export function hostname({ host }: ParsedUrl): string {
  return host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1');
}

export function port({ host }: ParsedUrl): string {
  return /:(\d*)$/.exec(host)?.[1] ?? '';
}

/** The path as written where that is a valid escaping of it. */
export function escapedPath({ path }: ParsedUrl): string {
  if (/^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@[\]/]|%[0-9a-fA-F]{2})*$/.test(path) || path === '*') {
    return path;
  }
  const bytes = Buffer.from(unescaped(path));
  return [...bytes]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      const isPlain = /[A-Za-z0-9\-._~$&+,/:;=@]/.test(character);
      return isPlain ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

function unescaped(text: string): string {
  const bytes: number[] = [];
  for (const part of text.match(/%[0-9a-fA-F]{2}|[\s\S]/gu) ?? []) {
    bytes.push(
      ...(part.length === 3 && part.startsWith('%')
        ? [Number.parseInt(part.slice(1), 16)]
        : Buffer.from(part)),
    );
  }
  return Buffer.from(bytes).toString();
}

/** Values by name, in the order of the query; pairs that can't be read are left out. */
export function queryOf({ query }: ParsedUrl): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';') || /%(?![0-9a-fA-F]{2})/.test(pair)) {
      continue;
    }
    const equals = pair.indexOf('=');
    const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    const decode = (text: string) => unescaped(text.replaceAll('+', ' '));
    const values = found.get(decode(name));
    if (values) {
      values.push(decode(value));
    } else {
      found.set(decode(name), [decode(value)]);
    }
  }
  return found;
}
