import type { KindDefinition } from '@gantry/api/kind';
import {
  type LabelSelector,
  type LabelSelectorObject,
  selectorFromObject,
} from '@gantry/machinery/label-selector';
import { internal, type StatusError } from '@gantry/machinery/status';
import type { AdmissionRequest } from '../../request.ts';
import { type Rule, type RuleTarget, ruleCovers, targetOf } from './rules.ts';
import { selectsNamespace, selectsObject } from './selectors.ts';

/** What webhooks and policies say of the requests that they want to see. */
export interface Criteria {
  readonly rules: readonly Rule[];
  readonly excludeRules?: readonly Rule[];
  readonly namespaceSelector: LabelSelector | Error;
  readonly objectSelector: LabelSelector | Error;
  /** `Equivalent`: other served forms of the same rows count as well. */
  readonly equivalent: boolean;
}

export interface CriteriaSource {
  readonly rules?: readonly Rule[] | undefined;
  readonly excludeRules?: readonly Rule[] | undefined;
  readonly namespaceSelector?: LabelSelectorObject | undefined;
  readonly objectSelector?: LabelSelectorObject | undefined;
  readonly matchPolicy?: string | undefined;
}

function compileSelector(object: LabelSelectorObject | undefined): LabelSelector | Error {
  try {
    return selectorFromObject(object) ?? [];
  } catch (error) {
    return error as Error;
  }
}

/** Reads the criteria once; a selector that is not valid fails the requests that it would be asked about. */
export const compileCriteria = (source: CriteriaSource): Criteria => ({
  rules: source.rules ?? [],
  excludeRules: source.excludeRules ?? [],
  namespaceSelector: compileSelector(source.namespaceSelector),
  objectSelector: compileSelector(source.objectSelector),
  equivalent: source.matchPolicy !== 'Exact',
});

const covers = (rules: readonly Rule[], target: RuleTarget): boolean =>
  rules.some((rule) => ruleCovers(rule, target));

/** The form in which a rule names the request's resource; the request's own before others. */
export function coveredForm(
  rules: readonly Rule[],
  equivalent: boolean,
  request: AdmissionRequest,
): KindDefinition | undefined {
  if (covers(rules, targetOf(request))) return request.kind;
  if (!equivalent || request.forms === undefined) return undefined;
  const others = request.forms.kinds.filter((kind) => kind !== request.kind);
  for (const rule of rules)
    for (const kind of others) if (ruleCovers(rule, targetOf(request, kind))) return kind;
  return undefined;
}

function select(
  selector: LabelSelector | Error,
  test: (selector: LabelSelector) => boolean,
): boolean | StatusError {
  if (selector instanceof Error) return internal(selector.message);
  try {
    return test(selector);
  } catch (error) {
    return error as StatusError;
  }
}

/**
 * The kind as which the request is wanted; undefined when it is not. Throws what made it impossible to tell, but only
 * for requests that the rules cover.
 */
export function matchRequest(criteria: Criteria, request: AdmissionRequest): KindDefinition | undefined {
  const inNamespace = select(criteria.namespaceSelector, (selector) => selectsNamespace(selector, request));
  if (inNamespace === false) return undefined;
  const isObject = select(criteria.objectSelector, (selector) => selectsObject(selector, request));
  if (isObject === false) return undefined;
  const { excludeRules = [], equivalent } = criteria;
  if (excludeRules.length > 0 && coveredForm(excludeRules, equivalent, request) !== undefined)
    return undefined;
  const form = coveredForm(criteria.rules, equivalent, request);
  if (form === undefined) return undefined;
  if (inNamespace !== true) throw inNamespace;
  if (isObject !== true) throw isObject;
  return form;
}
