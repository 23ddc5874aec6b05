import type { CelType, CelVariable } from '../port.ts';
import type { CorpusValue } from './literals.ts';

/** A test of the corpus, as the package of the corpus has it. */
export interface CorpusTest {
  readonly name: string;
  readonly expr: string;
  readonly container?: string;
  readonly checkOnly?: boolean;
  readonly disableMacros?: boolean;
  readonly typeEnv?: readonly { readonly name: string; readonly ident?: { readonly type: CorpusType } }[];
  readonly bindings?: Readonly<Record<string, { readonly value: CorpusValue }>>;
  readonly value?: CorpusValue;
  readonly typedResult?: { readonly result?: CorpusValue };
  readonly evalError?: unknown;
}

interface CorpusType {
  readonly primitive?: string;
  readonly wellKnown?: string;
  readonly listType?: { readonly elemType: CorpusType };
  readonly mapType?: { readonly keyType: CorpusType; readonly valueType: CorpusType };
  readonly messageType?: string;
}

export interface CorpusSuite {
  readonly name: string;
  readonly suites?: readonly CorpusSuite[];
  readonly tests?: readonly { readonly original: CorpusTest }[];
}

const PRIMITIVES: Readonly<Record<string, CelType>> = {
  INT64: { kind: 'int' },
  UINT64: { kind: 'uint' },
  BOOL: { kind: 'bool' },
  STRING: { kind: 'string' },
  BYTES: { kind: 'bytes' },
  DOUBLE: { kind: 'double' },
  TIMESTAMP: { kind: 'timestamp' },
  DURATION: { kind: 'duration' },
};

function celType(type: CorpusType | undefined): CelType {
  if (type?.listType) {
    return { kind: 'list', element: celType(type.listType.elemType) };
  }
  if (type?.mapType) {
    return { kind: 'map', key: celType(type.mapType.keyType), value: celType(type.mapType.valueType) };
  }
  return PRIMITIVES[type?.primitive ?? type?.wellKnown ?? ''] ?? { kind: 'dyn' };
}

export function variablesOf(test: CorpusTest): CelVariable[] {
  const declared = (test.typeEnv ?? []).map(({ name, ident }) => ({ name, type: celType(ident?.type) }));
  const names = new Set(declared.map(({ name }) => name));
  const bound = Object.keys(test.bindings ?? {}).filter((name) => !names.has(name));
  return [...declared, ...bound.map((name): CelVariable => ({ name, type: { kind: 'dyn' } }))];
}

/** All tests below a suite, by their path. */
export function* testsOf(
  suite: CorpusSuite,
  path = suite.name,
): Generator<readonly [path: string, test: CorpusTest]> {
  for (const { original } of suite.tests ?? []) {
    yield [`${path}/${original.name}`, original];
  }
  for (const inner of suite.suites ?? []) {
    yield* testsOf(inner, `${path}/${inner.name}`);
  }
}
