/**
 * What merging needs to know of a type, and no more. One view stands for one use of a type (a field, the items of a
 * list, the values of a map), since list types and patch strategies belong to the use.
 *
 * Views are asked on every write: make them once a kind and keep them; `field` must be a plain look-up. Types that
 * refer to themselves are fine when `field`, `items` and `values` are resolved lazily.
 */
export interface SchemaView {
  /**
   * `struct`: named fields. `map`: free string keys. `any`: what the value happens to be (with `atomic` false, as
   * server-side apply deduces it: maps are granular, lists atomic, the rest scalars).
   */
  readonly shape: 'struct' | 'map' | 'list' | 'scalar' | 'any';
  /** JSON type of a scalar; `untyped` takes any scalar (int-or-string, quantity, time). */
  readonly scalar: 'string' | 'number' | 'boolean' | 'untyped';
  /** Structs, maps and `any`: owned and replaced as a whole. For lists `listType` says it. */
  readonly atomic: boolean;
  /** Declared field of a struct; undefined for unknown names and other shapes. */
  field(name: string): SchemaView | undefined;
  /** Values of a map, or of the undeclared fields of a struct that keeps unknown fields. */
  readonly values: SchemaView | undefined;
  /** Elements of a list. */
  readonly items: SchemaView | undefined;
  readonly listType: 'atomic' | 'set' | 'map';
  /** Key fields of a `map` list, e.g. `['containerPort', 'protocol']`. */
  readonly listMapKeys: readonly string[];
  /** Default of this field, for list keys that an item leaves out; undefined when there is none. */
  readonly default: unknown;
  /**
   * The original serialises this field even when nobody set it (a Go struct by value, a list without omitempty), so
   * an Update never owns the field itself, only what is in it: `spec`, `template`, `containers`.
   */
  readonly alwaysPresent: boolean;
  /** `merge`, `replace`, `retainKeys` or two joined by a comma; '' when the type says nothing. */
  readonly patchStrategy: string;
  /** Merge key of a list for strategic merge patches, which may differ from `listMapKeys`; '' when there is none. */
  readonly patchMergeKey: string;
}

const nothing = (): undefined => undefined;

/** View of data without a schema: maps granular, lists atomic. */
export const UNTYPED: SchemaView = {
  shape: 'any',
  scalar: 'untyped',
  atomic: false,
  field: nothing,
  values: undefined,
  items: undefined,
  listType: 'atomic',
  listMapKeys: [],
  default: undefined,
  alwaysPresent: false,
  patchStrategy: '',
  patchMergeKey: '',
};

/** View of the value under `name` of a map or struct value; undeclared fields are untyped. */
export function childView(view: SchemaView, name: string): SchemaView {
  return view.field(name) ?? view.values ?? UNTYPED;
}
