import type { NodeSelector, NodeSelectorRequirement, NodeSelectorTerm } from '@gantry/api/generated/types';
import type { NodeInfo } from '../cache/node-info.ts';

function meets({ key, operator, values = [] }: NodeSelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
    case 'Lt': {
      const [limit] = values;
      const integer = /^[+-]?\d+$/;
      if (value === undefined || limit === undefined || !integer.test(value) || !integer.test(limit))
        return false;
      return operator === 'Gt' ? BigInt(value) > BigInt(limit) : BigInt(value) < BigInt(limit);
    }
    default:
      throw new Error(
        `node selector: operator ${JSON.stringify(operator)} of ${JSON.stringify(key)} is not known`,
      );
  }
}

/** A term without any requirement matches nothing. */
export function matchesTerm(term: NodeSelectorTerm, node: NodeInfo): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  return (
    matchExpressions.every((r) => meets(r, node.labels[r.key])) &&
    matchFields.every((r) => meets(r, r.key === 'metadata.name' ? node.name : undefined))
  );
}

/** Terms are alternatives. */
export const matchesNodeSelector = (selector: NodeSelector, node: NodeInfo): boolean =>
  selector.nodeSelectorTerms.some((term) => matchesTerm(term, node));

/** The nodes a selector names by `metadata.name`, when every term does; undefined = any. */
export function namedNodes(selector: NodeSelector): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const term of selector.nodeSelectorTerms) {
    const field = term.matchFields?.find((r) => r.key === 'metadata.name' && r.operator === 'In');
    if (field === undefined) return undefined;
    for (const name of field.values ?? []) names.add(name);
  }
  return names;
}
