import type { FunctionDeclaration, Library, Overload } from './declaration.ts';

export type Functions = ReadonlyMap<string, FunctionDeclaration>;

/** All functions by name; libraries add signatures to each other's functions. */
export function joinLibraries(libraries: readonly Library[]): Functions {
  const overloads = new Map<string, Overload[]>();
  for (const declaration of libraries.flat()) {
    const known = overloads.get(declaration.name);
    if (known) {
      known.push(...declaration.overloads);
    } else {
      overloads.set(declaration.name, [...declaration.overloads]);
    }
  }
  return new Map([...overloads].map(([name, all]) => [name, { name, overloads: all }]));
}
