import { tests } from '@bufbuild/cel-spec/testdata/conformance.js';
import { describe, expect, test } from 'vitest';

import { createEnvironment } from '../environment.ts';
import { CelError, type CelVariable } from '../port.ts';
import { type CorpusSuite, type CorpusTest, testsOf, variablesOf } from './corpus.ts';
import { LEFT_OUT, LEFT_OUT_SUITES, NEEDS_PROTOBUF } from './left-out.ts';
import { literalOf } from './literals.ts';

const limit = { cost: 1_000_000 };

function evaluate(
  expression: string,
  variables: readonly CelVariable[],
  bindings: Readonly<Record<string, unknown>>,
): unknown {
  const compilation = createEnvironment(variables).compile(expression);
  if (!compilation.ok) {
    throw new CelError(compilation.issues.map(({ message }) => message).join('; '));
  }
  return compilation.program.evaluate(bindings, limit).value;
}

/** Undefined: as expected. */
function problemOf(corpusTest: CorpusTest): string | undefined {
  const variables = variablesOf(corpusTest);
  try {
    const bindings = Object.fromEntries(
      Object.entries(corpusTest.bindings ?? {}).map(([name, { value }]) => [
        name,
        evaluate(literalOf(value) ?? '', [], {}),
      ]),
    );
    const { expr, evalError } = corpusTest;
    if (evalError) {
      return `an error was expected, not ${evaluate(expr, variables, bindings)}`;
    }
    const wanted = literalOf(corpusTest.value ?? corpusTest.typedResult?.result ?? { boolValue: true });
    const isNotANumber = wanted?.includes('NaN') === true;
    const comparison = isNotANumber ? `string(${expr}) == 'NaN'` : `dyn(${expr}) == dyn(${wanted})`;
    return evaluate(comparison, variables, bindings) === true ? undefined : `not equal to ${wanted}`;
  } catch (error) {
    if (error instanceof CelError) {
      return corpusTest.evalError ? undefined : error.message;
    }
    throw error;
  }
}

function isLeftOut(
  path: string,
  { expr, container, disableMacros, checkOnly, typeEnv }: CorpusTest,
): boolean {
  const needsProtobuf = NEEDS_PROTOBUF.test(expr) || NEEDS_PROTOBUF.test(JSON.stringify(typeEnv ?? ''));
  return (
    needsProtobuf ||
    container !== undefined ||
    disableMacros === true ||
    checkOnly === true ||
    LEFT_OUT.has(path)
  );
}

const SUITES = (tests as unknown as CorpusSuite).suites ?? [];

describe('the published corpus', () => {
  test.each(
    SUITES.filter(({ name }) => !(name in LEFT_OUT_SUITES)).map((suite) => [suite.name, suite] as const),
  )('%s', (_name, suite) => {
    const problems: Record<string, string> = {};
    let count = 0;
    for (const [path, corpusTest] of testsOf(suite)) {
      if (isLeftOut(path, corpusTest)) {
        continue;
      }
      count++;
      const problem = problemOf(corpusTest);
      if (problem !== undefined) {
        problems[path] = problem;
      }
    }
    expect(problems).toEqual({});
    expect(count).toBeGreaterThan(0);
  });

  test('what is left out is there and fails as the reason says', () => {
    const all = new Map(SUITES.flatMap((suite) => [...testsOf(suite)]));
    for (const [path, { problem }] of LEFT_OUT) {
      expect(all.has(path), path).toBe(true);
      expect(problemOf(all.get(path) as CorpusTest), path).toMatch(problem);
    }
  });
});
