import { BOOL, listType, mapType, STRING, URL_TYPE } from '../check/types.ts';
import { CelOpaque, fail, LiteralMap, listOf, type Value } from '../values/values.ts';
import { declare, global, type Library, member } from './declaration.ts';
import { escapedPath, hostname, type ParsedUrl, parseUrl, port, queryOf } from './url-parser.ts';

class UrlValue extends CelOpaque {
  readonly typeName = 'kubernetes.URL';
  readonly url: ParsedUrl;

  constructor(url: ParsedUrl) {
    super();
    this.url = url;
  }

  equals(other: CelOpaque): boolean {
    return other instanceof UrlValue && this.url.text === other.url.text;
  }

  override toJson(): string {
    return this.url.text;
  }
}

function urlOf(text: Value): Value {
  const url = parseUrl(text as string);
  return typeof url === 'string'
    ? fail(`URL parse error during conversion from string: parse ${JSON.stringify(text)}: ${url}`)
    : new UrlValue(url);
}

function part(read: (url: ParsedUrl) => Value) {
  return (value: Value): Value => read((value as UrlValue).url);
}

function query(url: ParsedUrl): Value {
  const map = new LiteralMap();
  for (const [name, values] of queryOf(url)) {
    map.insert(name, listOf(values));
  }
  return map;
}

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-url-library */
export const url: Library = [
  declare('url', global('string_to_url', [STRING], URL_TYPE, urlOf)),
  declare(
    'isURL',
    global('is_url_string', [STRING], BOOL, (text) => typeof parseUrl(text as string) !== 'string'),
  ),
  declare(
    'getScheme',
    member(
      'url_get_scheme',
      [URL_TYPE],
      STRING,
      part(({ scheme }) => scheme),
    ),
  ),
  declare(
    'getHost',
    member(
      'url_get_host',
      [URL_TYPE],
      STRING,
      part(({ host }) => host),
    ),
  ),
  declare('getHostname', member('url_get_hostname', [URL_TYPE], STRING, part(hostname))),
  declare('getPort', member('url_get_port', [URL_TYPE], STRING, part(port))),
  declare('getEscapedPath', member('url_get_escaped_path', [URL_TYPE], STRING, part(escapedPath))),
  declare('getQuery', member('url_get_query', [URL_TYPE], mapType(STRING, listType(STRING)), part(query))),
];
