import { readFileSync } from 'node:fs';

/** One line of discovery. */
export interface ResourceFact {
  readonly kind: string;
  readonly namespaced: boolean;
  readonly singularName: string;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly group?: string;
  readonly version?: string;
  readonly storageVersionHash?: string;
}

/** A field: its type alone, or with what else is said of it. `->X` refers to a definition. */
export type FieldFact = string | { readonly type: string; readonly [fact: string]: unknown };

export interface SchemaFact {
  /** `group/version Kind`. */
  readonly gvk?: readonly string[];
  readonly fields?: Readonly<Record<string, FieldFact>>;
  readonly [fact: string]: unknown;
}

/** What Kubernetes 1.36 serves in its GA groups, as facts. Nothing of alpha or beta is in it. */
export interface Facts {
  /** By `groupVersion resource`, subresources too. */
  readonly resources: Readonly<Record<string, ResourceFact>>;
  /** By path: `METHOD:action`, separated by spaces. */
  readonly operations: Readonly<Record<string, string>>;
  /** By action, and subresource where it matters: names of the query parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly schemas: Readonly<Record<string, SchemaFact>>;
}

export const gaFacts = (): Facts =>
  JSON.parse(readFileSync(new URL('../testdata/ga-facts.json', import.meta.url), 'utf8')) as Facts;
