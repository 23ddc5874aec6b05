import type { FieldError } from '@gantry/machinery/field-error';
import type { FieldsV1, KubeObject } from '@gantry/machinery/object';
import type { JsonSchema } from './apiextensions/v1/definition.ts';
import type { CompiledKind } from './compile.ts';
import type { StructType } from './schema/dsl.ts';

/** One column of `kubectl get`: a column of the Table that the server makes. `priority` 1 shows with `-o wide`. */
export interface Column<T = KubeObject> {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  readonly format?: 'name' | '';
  readonly description: string;
  readonly priority?: 0 | 1;
  readonly cell: (object: T, now: Date) => string | number | boolean | null;
}

/** Facts of the request that a strategy may depend on. */
export interface StrategyContext {
  readonly now: Date;
  readonly user: string;
  readonly dryRun: boolean;
  /** '' for the object itself, else `status`, `scale`, `ephemeralcontainers`, `resize`, `approval`, `finalize`, … */
  readonly subresource: string;
}

/** Rules of a kind that its schema can't say. Each is a pure function; `object` may be changed in place. */
export interface KindRules<T extends KubeObject = KubeObject> {
  /** Defaults that depend on other fields; runs after the schema's own defaults. Must be idempotent. */
  readonly defaults?: (object: T, old: T | undefined) => void;
  /** Clears what a client may not set on create (status, mostly), sets the initial state. */
  readonly prepareForCreate?: (object: T, context: StrategyContext) => void;
  /** Copies what a client may not change from `old`. Status isolation and generation are generic. */
  readonly prepareForUpdate?: (object: T, old: T, context: StrategyContext) => void;
  /**
   * Field errors with the original's paths and messages, on create and on update. Runs after schema validation. `old` is
   * there on update only, for rules that came later than objects that break them.
   */
  readonly validate?: (object: T, context: StrategyContext, old?: T) => FieldError[];
  readonly validateUpdate?: (object: T, old: T, context: StrategyContext) => FieldError[];
  readonly validateStatusUpdate?: (object: T, old: T, context: StrategyContext) => FieldError[];
  /** `Warning:` headers, texts without the prefix. */
  readonly warnings?: (object: T, old: T | undefined) => string[];
  /** The same for writes of the status: those of the object itself are not repeated there. */
  readonly statusWarnings?: (object: T) => string[];
}

export interface ScaleMapping {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  /** Path of a label selector (object or map); the Scale object carries it as text. */
  readonly selectorPath?: string;
}

/** Subresources of a kind. What they do lives in the server; what exists is declared here. */
export interface Subresources {
  readonly status?: boolean;
  readonly scale?: ScaleMapping;
  /** Others by name: verbs as discovery lists them and the kind they speak. */
  readonly others?: Readonly<
    Record<
      string,
      {
        readonly verbs: readonly string[];
        readonly kind: string;
        readonly group?: string;
        readonly version?: string;
      }
    >
  >;
}

export type NameRule = 'dnsSubdomain' | 'dnsLabel' | 'dns1035Label' | 'pathSegment' | 'any';

/** Everything that is to know about one kind, in one file `packages/api/src/<group>/<version>/<kind>.ts`. */
export interface KindDefinition {
  /** '' is the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Kind of a list; absent = the kind with `List` after it. */
  readonly listKind?: string;
  readonly plural: string;
  readonly singular: string;
  readonly namespaced: boolean;
  /** What metadata.name must look like; absent = a DNS subdomain. */
  readonly nameRule?: NameRule;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  /** The verbs of the resource itself, as discovery lists them; absent = all eight. */
  readonly verbs?: readonly string[];
  readonly type: StructType;
  /** Where rows are kept when two served kinds share them (events.k8s.io/v1 in core events). Absent = own. */
  readonly storage?: { readonly group: string; readonly version: string; readonly plural: string };
  readonly subresources?: Subresources;
  readonly columns?: readonly Column<never>[];
  /** Order of the rows of a table, where it is not that of the names. */
  readonly rowOrder?: (a: never, b: never) => number;
  /** Field-selector paths beyond metadata.name and metadata.namespace, as strings. */
  readonly selectableFields?: Readonly<Record<string, (object: never) => string>>;
  readonly rules?: KindRules<never>;
  /**
   * Generation goes up when the spec changes; `annotations`: when they change too; `once`: it stays 1; `changes`: none
   * until then. Default: true when the type has `spec` and a status subresource.
   */
  readonly generation?: boolean | 'annotations' | 'once' | 'changes';
  /** Creation takes a status too; otherwise only the status subresource writes it. */
  readonly statusOnCreate?: boolean;
  /** Fields that an endpoint never owns, by subresource, where they are not those that it leaves alone. */
  readonly resetFields?: Readonly<Record<string, FieldsV1>>;
  /** Told to whoever uses the kind: it is deprecated. */
  readonly deprecation?: string;
  /** DELETE answers with the object instead of a Status. */
  readonly returnsDeleted?: boolean;
  /** Rows of busy, short-lived kinds (Lease, Event, Node) keep about an hour of history. */
  readonly retention?: 'objects' | 'busy';
  /** Of kinds that a CustomResourceDefinition made: their schema is no type of the schema language. */
  readonly custom?: {
    /** Name of the definition. */
    readonly definition: string;
    /** The version in which rows are written; '' when that is not served. */
    readonly storageVersion: string;
    /** Changes with whatever changes what is published of the kind; the same on every server. */
    readonly identity: string;
    /** The schema is read on first use. */
    readonly schema: () => JsonSchema;
    readonly compile: () => CompiledKind;
  };
}

/** Identity function that fixes the type of rules and columns for a kind. */
export function defineKind<T extends KubeObject>(
  definition: Omit<KindDefinition, 'columns' | 'rules' | 'selectableFields'> & {
    readonly columns?: readonly Column<T>[];
    readonly rules?: KindRules<T>;
    readonly selectableFields?: Readonly<Record<string, (object: T) => string>>;
  },
): KindDefinition {
  return definition as unknown as KindDefinition;
}
