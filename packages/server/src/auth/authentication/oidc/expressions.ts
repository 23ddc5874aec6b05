import { createEnvironment } from '@gantry/cel/environment';
import { CelError, type CelField, type CelProgram, type CelType } from '@gantry/cel/port';
import { compileFault } from '../../compile-fault.ts';

const STRING: CelType = { kind: 'string' };
const STRINGS: CelType = { kind: 'list', element: STRING };
const BOOL: CelType = { kind: 'bool' };
const DYN: CelType = { kind: 'dyn' };

const userFields = new Map<string, CelField>([
  ['username', { type: STRING }],
  ['uid', { type: STRING }],
  ['groups', { type: STRINGS }],
  ['extra', { type: { kind: 'map', key: STRING, value: STRINGS } }],
]);

const environments = {
  claims: createEnvironment([{ name: 'claims', type: { kind: 'map', key: STRING, value: DYN } }]),
  user: createEnvironment([
    { name: 'user', type: { kind: 'object', name: 'kubernetes.UserInfo', fields: () => userFields } },
  ]),
};

/** Most that one expression may cost. */
const COST = 1_000_000;

export type ExpressionInput = keyof typeof environments;
const RESULTS = { string: [STRING, DYN], strings: [STRING, STRINGS, DYN], bool: [BOOL, DYN] } as const;

/** Evaluates to a JSON value. Throws an Error with the reason. */
export type Expression = (value: unknown) => unknown;

/** Compiles an expression over `claims` or `user`. Throws an Error that names `path`. */
export function compileExpression(
  source: string,
  input: ExpressionInput,
  result: keyof typeof RESULTS,
  path: string,
): Expression {
  const compiled = environments[input].compile(source, { resultTypes: RESULTS[result] });
  if (!compiled.ok)
    throw new Error(
      `${path}: Invalid value: ${JSON.stringify(source)}: ${compileFault(source, compiled.issues)}`,
    );
  return evaluator(compiled.program, input);
}

function evaluator(program: CelProgram, input: ExpressionInput): Expression {
  return (value) => {
    try {
      return program.evaluate({ [input]: value }, { cost: COST }).value;
    } catch (error) {
      if (error instanceof CelError)
        throw new Error(`expression '${program.source}' resulted in error: ${error.message}`);
      throw error;
    }
  };
}
