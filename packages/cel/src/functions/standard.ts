import { BOOL, BYTES, INT, listType, mapType, paramType, STRING } from '../check/types.ts';
import { OPERATOR } from '../syntax/ast.ts';
import { textLength } from '../values/text.ts';
import { type CelList, type CelMap, fail, type Value } from '../values/values.ts';
import { declare, global, type Library, member } from './declaration.ts';

const A = paramType('A');
const B = paramType('B');
const LIST = listType(A);
const MAP = mapType(A, B);

const unplanned = (): Value => fail('no such overload');
const lengthOfString = (value: Value): Value => textLength(value as string);
const lengthOfBytes = (value: Value): Value => (value as Uint8Array).length;
const sizeOf = (value: Value): Value => (value as CelList | CelMap).size;

/** The core of the language that is no operator on numbers; those without a body are run by the program itself. */
export const standard: Library = [
  declare(OPERATOR.conditional, global('conditional', [BOOL, A, A], A, unplanned)),
  declare(OPERATOR.and, global('logical_and', [BOOL, BOOL], BOOL, unplanned)),
  declare(OPERATOR.or, global('logical_or', [BOOL, BOOL], BOOL, unplanned)),
  declare(
    OPERATOR.not,
    global('logical_not', [BOOL], BOOL, (value) => !value),
  ),
  declare(OPERATOR.notStrictlyFalse, global('not_strictly_false', [BOOL], BOOL, unplanned)),
  declare(
    OPERATOR.index,
    global('index_list', [LIST, INT], A, unplanned),
    global('index_map', [MAP, A], B, unplanned),
  ),
  declare(
    'size',
    global('size_bytes', [BYTES], INT, lengthOfBytes),
    member('bytes_size', [BYTES], INT, lengthOfBytes),
    global('size_list', [LIST], INT, sizeOf),
    member('list_size', [LIST], INT, sizeOf),
    global('size_map', [MAP], INT, sizeOf),
    member('map_size', [MAP], INT, sizeOf),
    global('size_string', [STRING], INT, lengthOfString),
    member('string_size', [STRING], INT, lengthOfString),
  ),
  declare(
    'contains',
    member('contains_string', [STRING, STRING], BOOL, (text, part) =>
      (text as string).includes(part as string),
    ),
  ),
  declare(
    'endsWith',
    member('ends_with_string', [STRING, STRING], BOOL, (text, part) =>
      (text as string).endsWith(part as string),
    ),
  ),
  declare(
    'startsWith',
    member('starts_with_string', [STRING, STRING], BOOL, (text, part) =>
      (text as string).startsWith(part as string),
    ),
  ),
];
