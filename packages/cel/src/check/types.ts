import type { CelField, CelType } from '../port.ts';

/** Types while an expression is checked: those of the port as one shape, and what only the checker knows. */
export type Type =
  | { readonly kind: PrimitiveKind }
  | { readonly kind: 'list'; readonly params: readonly [Type] }
  | { readonly kind: 'map'; readonly params: readonly [Type, Type] }
  /** `type(x)`; without params the type of any type. */
  | { readonly kind: 'type'; readonly params: readonly Type[] }
  | { readonly kind: 'opaque'; readonly name: string; readonly params: readonly Type[] }
  | { readonly kind: 'object'; readonly name: string; readonly fields: () => ReadonlyMap<string, CelField> }
  /** Stands for a type that is still to be found. */
  | { readonly kind: 'param'; readonly name: string };

export type PrimitiveKind =
  | 'bool'
  | 'int'
  | 'uint'
  | 'double'
  | 'string'
  | 'bytes'
  | 'null'
  | 'timestamp'
  | 'duration'
  | 'dyn'
  | 'error';

export const BOOL: Type = { kind: 'bool' };
export const INT: Type = { kind: 'int' };
export const UINT: Type = { kind: 'uint' };
export const DOUBLE: Type = { kind: 'double' };
export const STRING: Type = { kind: 'string' };
export const BYTES: Type = { kind: 'bytes' };
export const NULL: Type = { kind: 'null' };
export const TIMESTAMP: Type = { kind: 'timestamp' };
export const DURATION: Type = { kind: 'duration' };
export const DYN: Type = { kind: 'dyn' };
export const ERROR: Type = { kind: 'error' };
export const TYPE: Type = { kind: 'type', params: [] };

export const listType = (element: Type): Type => ({ kind: 'list', params: [element] });
export const mapType = (key: Type, value: Type): Type => ({ kind: 'map', params: [key, value] });
export const optionalType = (of: Type): Type => ({ kind: 'opaque', name: 'optional_type', params: [of] });
export const paramType = (name: string): Type => ({ kind: 'param', name });
export const typeType = (of: Type): Type => ({ kind: 'type', params: [of] });
const opaqueType = (name: string): Type => ({ kind: 'opaque', name, params: [] });
const noFields: ReadonlyMap<string, CelField> = new Map();
const emptyObjectType = (name: string): Type => ({ kind: 'object', name, fields: () => noFields });

export const IP: Type = opaqueType('net.IP');
export const CIDR: Type = opaqueType('net.CIDR');
export const URL_TYPE: Type = emptyObjectType('kubernetes.URL');
export const QUANTITY: Type = emptyObjectType('kubernetes.Quantity');
export const FORMAT: Type = emptyObjectType('kubernetes.NamedFormat');
export const SEMVER: Type = emptyObjectType('kubernetes.Semver');
export const AUTHORIZER: Type = emptyObjectType('kubernetes.authorization.Authorizer');
export const PATH_CHECK: Type = emptyObjectType('kubernetes.authorization.PathCheck');
export const GROUP_CHECK: Type = emptyObjectType('kubernetes.authorization.GroupCheck');
export const RESOURCE_CHECK: Type = emptyObjectType('kubernetes.authorization.ResourceCheck');
export const DECISION: Type = emptyObjectType('kubernetes.authorization.Decision');

/** The libraries' types by name. */
const LIBRARY_TYPES: ReadonlyMap<string, Type> = new Map(
  [
    IP,
    CIDR,
    URL_TYPE,
    QUANTITY,
    FORMAT,
    SEMVER,
    AUTHORIZER,
    PATH_CHECK,
    GROUP_CHECK,
    RESOURCE_CHECK,
    DECISION,
  ].map((type) => [formatType(type), type]),
);

/** Types that an expression can name as values: `type(x) == int`. */
export const NAMED_TYPES: ReadonlyMap<string, Type> = new Map<string, Type>([
  ['bool', BOOL],
  ['int', INT],
  ['uint', UINT],
  ['double', DOUBLE],
  ['string', STRING],
  ['bytes', BYTES],
  ['null_type', NULL],
  ['list', listType(DYN)],
  ['map', mapType(DYN, DYN)],
  ['type', TYPE],
  ['google.protobuf.Timestamp', TIMESTAMP],
  ['google.protobuf.Duration', DURATION],
  ['optional_type', optionalType(DYN)],
  ['net.IP', IP],
  ['net.CIDR', CIDR],
]);

export function typeOf(type: CelType): Type {
  switch (type.kind) {
    case 'list':
      return listType(typeOf(type.element));
    case 'map':
      return mapType(typeOf(type.key), typeOf(type.value));
    case 'optional':
      return optionalType(typeOf(type.of));
    case 'object':
      return { kind: 'object', name: type.name, fields: type.fields };
    case 'opaque':
      return LIBRARY_TYPES.get(type.name) ?? opaqueType(type.name);
    case 'type':
      return TYPE;
    default:
      return { kind: type.kind };
  }
}

/** As the port has it. */
export function celTypeOf(type: Type): CelType {
  switch (type.kind) {
    case 'list':
      return { kind: 'list', element: celTypeOf(type.params[0]) };
    case 'map':
      return { kind: 'map', key: celTypeOf(type.params[0]), value: celTypeOf(type.params[1]) };
    case 'opaque':
      return type.name === 'optional_type'
        ? { kind: 'optional', of: celTypeOf(type.params[0] ?? DYN) }
        : { kind: 'opaque', name: type.name };
    case 'object':
      return LIBRARY_TYPES.has(type.name) ? { kind: 'opaque', name: type.name } : type;
    case 'type':
      return { kind: 'type' };
    case 'param':
    case 'error':
      return { kind: 'dyn' };
    default:
      return { kind: type.kind };
  }
}

export function paramsOf(type: Type): readonly Type[] {
  return 'params' in type ? type.params : [];
}

/** As error texts show it. */
export function formatType(type: Type): string {
  switch (type.kind) {
    case 'error':
      return '!error!';
    case 'list':
    case 'map':
    case 'type':
    case 'opaque': {
      const name = type.kind === 'opaque' ? type.name : type.kind;
      return type.params.length === 0 ? name : `${name}(${type.params.map(formatType).join(', ')})`;
    }
    case 'object':
    case 'param':
      return type.name;
    default:
      return type.kind;
  }
}

/** `(int, string)`, or `int.(string)` of a member function. */
export function formatSignature(args: readonly Type[], isMember: boolean): string {
  const shown = args.map(formatType);
  const target = isMember ? `${shown.shift()}.` : '';
  return `${target}(${shown.join(', ')})`;
}

export function isSameType(a: Type, b: Type): boolean {
  if (a === b) {
    return true;
  }
  if (a.kind !== b.kind || nameOf(a) !== nameOf(b)) {
    return false;
  }
  const [left, right] = [paramsOf(a), paramsOf(b)];
  return (
    left.length === right.length && left.every((param, index) => isSameType(param, right[index] as Type))
  );
}

export function nameOf(type: Type): string {
  return 'name' in type ? type.name : type.kind;
}

export function isDyn(type: Type): boolean {
  return type.kind === 'dyn';
}

/** The type inside of an optional. */
export function unwrapOptional(type: Type): { readonly type: Type; readonly isOptional: boolean } {
  return type.kind === 'opaque' && type.name === 'optional_type'
    ? { type: type.params[0] ?? DYN, isOptional: true }
    : { type, isOptional: false };
}
