import { STRING } from '../check/types.ts';
import { declare, global, type Library } from './declaration.ts';

/** For paths of JSON patches, where a mutating policy may make them. */
export const jsonPatch: Library = [
  declare(
    'jsonpatch.escapeKey',
    global('string_jsonpatch_escapeKey_string', [STRING], STRING, (key) =>
      (key as string).replaceAll('~', '~0').replaceAll('/', '~1'),
    ),
  ),
];
