import { NAMED_TYPES, type Type, typeType } from './types.ts';

/** What names mean in an expression: variables, and types by name. */
export class Scope {
  readonly #names: ReadonlyMap<string, Type>;
  readonly #parent: Scope | undefined;

  constructor(names: ReadonlyMap<string, Type>, parent?: Scope) {
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

/** The names that every expression may use, below its variables. */
export function rootScope(constructible: Iterable<Type>): Scope {
  const names = new Map([...NAMED_TYPES].map(([name, type]) => [name, typeType(type)]));
  for (const type of constructible) {
    if (type.kind === 'object') {
      names.set(type.name, typeType(type));
    }
  }
  return new Scope(names);
}
