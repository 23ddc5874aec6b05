import { NAMED_TYPES, type Type, typeType } from './types.ts';

/** What names mean in an expression: variables, and types by name. */
export class Scope {
  readonly #names: { get(name: string): Type | undefined };
  readonly #parent: Scope | undefined;

  constructor(names: { get(name: string): Type | undefined }, parent?: Scope) {
    this.#names = names;
    this.#parent = parent;
  }

  inner(names: Readonly<Record<string, Type>>): Scope {
    return new Scope(new Map(Object.entries(names)), this);
  }

  get parent(): Scope {
    return this.#parent ?? this;
  }

  find(name: string): Type | undefined {
    return this.#names.get(name) ?? this.#parent?.find(name);
  }
}

/** The names that every expression may use, below its variables; `resolve` finds types that it may construct. */
export function rootScope(resolve: (name: string) => Type | undefined): Scope {
  return new Scope({
    get(name) {
      const type = NAMED_TYPES.get(name) ?? resolve(name);
      return type && typeType(type);
    },
  });
}
