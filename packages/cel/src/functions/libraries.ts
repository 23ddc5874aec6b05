import type { Adapter } from '../values/values.ts';
import { arithmetic } from './arithmetic.ts';
import { adaptAuthorizer, adaptResourceCheck, authorizer } from './authorizer.ts';
import { comparison } from './comparison.ts';
import { conversions } from './conversions.ts';
import type { Library } from './declaration.ts';
import { format } from './format.ts';
import { jsonPatch } from './json-patch.ts';
import { lists } from './lists.ts';
import { network } from './network.ts';
import { optionals } from './optionals.ts';
import { quantity } from './quantity.ts';
import { regularExpressions } from './regular-expressions.ts';
import { semver } from './semver.ts';
import { standard } from './standard.ts';
import { strings } from './strings.ts';
import { times } from './times.ts';
import { url } from './url.ts';

/** What Kubernetes 1.36 has in every environment. */
export const LIBRARIES: readonly Library[] = [
  standard,
  arithmetic,
  comparison,
  conversions,
  times,
  regularExpressions,
  optionals,
  strings,
  lists,
  url,
  quantity,
  network,
  format,
  semver,
  authorizer,
  jsonPatch,
];

/** How bindings of the libraries' types are read. */
export const OPAQUE_ADAPTERS: ReadonlyMap<string, Adapter> = new Map([
  ['kubernetes.authorization.Authorizer', adaptAuthorizer],
  ['kubernetes.authorization.ResourceCheck', adaptResourceCheck],
]);
