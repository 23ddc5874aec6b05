import { clauseProblem, clausesOf } from '../functions/format-text.ts';
import { compilePattern } from '../functions/regular-expressions.ts';
import { type CallExpr, childrenOf, type Expr } from '../syntax/ast.ts';
import type { Finding } from '../syntax/source.ts';
import { parseDuration, parseTimestamp } from '../values/time.ts';
import type { Value } from '../values/values.ts';
import type { Checked } from './checker.ts';

/** Whether a literal is a good first argument, by function. */
const LITERALS: Readonly<Record<string, (value: Value) => boolean>> = {
  duration: (value) => typeof value !== 'string' || parseDuration(value) !== undefined,
  timestamp: (value) => typeof value !== 'string' || parseTimestamp(value) !== undefined,
  matches: (value) => typeof value !== 'string' || isPattern(value),
};

function isPattern(text: string): boolean {
  try {
    compilePattern(text);
    return true;
  } catch {
    return false;
  }
}

/** What can be told of literals before anything runs: those that no evaluation could take. */
export function validateLiterals(checked: Checked): Finding[] {
  const findings: Finding[] = [];
  const visit = (expr: Expr): void => {
    if (expr.kind === 'call') {
      findings.push(...literalFindings(expr), ...formatFindings(expr, checked));
    }
    childrenOf(expr).forEach(visit);
  };
  visit(checked.expr);
  return findings;
}

function literalFindings({ name, args }: CallExpr): Finding[] {
  const [first] = args;
  const isGood = Object.hasOwn(LITERALS, name) ? LITERALS[name] : undefined;
  return !isGood || first?.kind !== 'literal' || isGood(first.value)
    ? []
    : [{ message: `invalid ${name} argument`, offset: first.offset }];
}

function formatFindings({ name, target, args, offset }: CallExpr, { typeOf }: Checked): Finding[] {
  const [list] = args;
  const text = target?.kind === 'literal' ? target.value : undefined;
  if (name !== 'format' || typeof text !== 'string' || list?.kind !== 'list') {
    return [];
  }
  const clauses = clausesOf(text);
  for (const [index, clause] of clauses.entries()) {
    const argument = list.elements[index]?.value;
    if (!argument) {
      return [{ message: `index ${index} out of range`, offset }];
    }
    const type = typeOf(argument);
    const message = clauseProblem(clause, 'name' in type ? type.name : type.kind);
    if (message !== undefined) {
      return [{ message, offset: argument.offset }];
    }
  }
  const [expected, given] = [clauses.length, list.elements.length];
  return given > expected
    ? [
        {
          message: `too many arguments supplied to string.format (expected ${expected}, got ${given})`,
          offset,
        },
      ]
    : [];
}
