import type {
  Node,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
} from '@gantry/api/generated/types';

function matches(requirement: NodeSelectorRequirement, value: string | undefined): boolean {
  const { operator, values = [] } = requirement;
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
      return value !== undefined && Number(value) > Number(values[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0]);
    default:
      return false;
  }
}

/** A term without requirements matches nothing. */
function matchesTerm(term: NodeSelectorTerm, node: Node): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  if (matchExpressions.length + matchFields.length === 0) return false;
  return (
    matchExpressions.every((one) => matches(one, node.metadata.labels?.[one.key])) &&
    matchFields.every((one) => matches(one, one.key === 'metadata.name' ? node.metadata.name : undefined))
  );
}

/** Any of the terms; an absent selector matches every node. */
export const matchesNode = (selector: NodeSelector | undefined, node: Node): boolean =>
  selector === undefined || selector.nodeSelectorTerms.some((term) => matchesTerm(term, node));
