/**
 * What the server asks of the expression language: compile once with declared variables, evaluate often under a cost
 * limit. https://github.com/google/cel-spec, with the libraries of https://kubernetes.io/docs/reference/using-api/cel/
 */

/** Static type of a value. */
export type CelType =
  | {
      readonly kind:
        | 'bool'
        | 'int'
        | 'uint'
        | 'double'
        | 'string'
        | 'bytes'
        | 'null'
        | 'timestamp'
        | 'duration'
        | 'type'
        | 'dyn';
      /** Largest size in the units of the cost model, for the static estimate; a field's or variable's own wins. */
      readonly maxSize?: number;
    }
  | { readonly kind: 'list'; readonly element: CelType; readonly maxItems?: number }
  | { readonly kind: 'map'; readonly key: CelType; readonly value: CelType; readonly maxProperties?: number }
  | { readonly kind: 'object'; readonly name: string; readonly fields: () => ReadonlyMap<string, CelField> }
  | { readonly kind: 'optional'; readonly of: CelType }
  /** Values of a library: `kubernetes.Quantity`, `net.IP`, `kubernetes.authorization.Authorizer`, … */
  | { readonly kind: 'opaque'; readonly name: string };

export type CelObjectType = Extract<CelType, { kind: 'object' }>;

/** A field of an object type. `json` is its name in JSON when the expression's name is an escaped form of it. */
export interface CelField {
  readonly type: CelType;
  readonly json?: string;
  readonly required?: boolean;
  /** Largest size of the value in the units of the cost model, for the static estimate. */
  readonly maxSize?: number;
}

export interface CelIssue {
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** From 0, in code points. */
  readonly column: number;
}

export interface CelVariable {
  readonly name: string;
  readonly type: CelType;
  /** For the static estimate. */
  readonly maxSize?: number;
}

export interface CompileOptions {
  /** Types that the expression may construct by name (`Object{…}`, `JSONPatch{…}`). */
  readonly constructible?: readonly CelObjectType[];
  /** More of them, found by name: families of types without an end, such as `Object.spec.template`. */
  readonly resolveType?: (name: string) => CelObjectType | undefined;
  /** The types that the result may have; anything else is an issue. Absent: any. */
  readonly resultTypes?: readonly CelType[];
}

export interface CostRange {
  readonly min: number;
  readonly max: number;
}

export interface CelProgram {
  readonly source: string;
  readonly resultType: CelType;
  /** Names of declared variables that the expression refers to. */
  readonly references: ReadonlySet<string>;
  /** Units that the expression may cost at least and at most, from declared sizes. */
  readonly estimate: CostRange;
  /**
   * `bindings` are JSON values (read by the declared types: a JSON number declared int is an int; under dyn a number
   * without a fraction is an int) or values of a library. Throws CelError. `cost` counts as cel-go's runtime cost does.
   */
  evaluate(bindings: Readonly<Record<string, unknown>>, limit: EvaluationLimit): Evaluation;
  /** The same, with the value as the language has it: to be bound to a variable of another expression. */
  evaluateValue(bindings: Readonly<Record<string, unknown>>, limit: EvaluationLimit): Evaluation;
}

export interface EvaluationLimit {
  /** Most units that this evaluation may cost; exceeded: CelError with `reason: 'cost'`. */
  readonly cost: number;
}

export interface Evaluation {
  /** As JSON (`bigint` only where it is no safe integer; bytes as Uint8Array; optional none as undefined). */
  readonly value: unknown;
  readonly cost: number;
}

export class CelError extends Error {
  readonly reason: 'evaluation' | 'cost';
  readonly cost: number;

  constructor(message: string, reason: 'evaluation' | 'cost' = 'evaluation', cost = 0) {
    super(message);
    this.name = 'CelError';
    this.reason = reason;
    this.cost = cost;
  }
}

export type Compilation =
  | { readonly ok: true; readonly program: CelProgram }
  | { readonly ok: false; readonly issues: readonly CelIssue[] };

/** Made by `environment.ts`: createEnvironment(variables). All Kubernetes libraries of 1.36 are in it. */
export interface CelEnvironment {
  readonly variables: readonly CelVariable[];
  compile(expression: string, options?: CompileOptions): Compilation;
  /** The same environment with more variables. */
  extend(variables: readonly CelVariable[]): CelEnvironment;
}

/** What `authorizer.…check()` asks: bound by the server as the value of a variable of type authorizerType. */
export interface AuthorizationCheck {
  readonly path?: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly verb: string;
  readonly fieldSelector?: string;
  readonly labelSelector?: string;
  readonly serviceAccount?: { readonly namespace: string; readonly name: string };
}

export interface AuthorizationAnswer {
  readonly allowed: boolean;
  readonly reason: string;
  readonly error?: string;
}

/** The binding of an `authorizer` variable. */
export interface AuthorizerBinding {
  check(check: AuthorizationCheck): AuthorizationAnswer;
}
