import type { AnyObject } from '@gantry/machinery/object';
import type { StateListener } from '../../auth/authorization/source.ts';
import { type Criteria, type CriteriaSource, compileCriteria } from '../matching/match.ts';
import type { Rule } from '../matching/rules.ts';
import type { ParamKind } from './param-kinds.ts';
import type { ParamRef } from './params.ts';

interface MatchResources extends Omit<CriteriaSource, 'rules' | 'excludeRules'> {
  readonly resourceRules?: readonly Rule[];
  readonly excludeResourceRules?: readonly Rule[];
}

/** What policies of both kinds have in their spec. */
export interface PolicySpec {
  readonly failurePolicy?: string;
  readonly matchConstraints?: MatchResources;
  readonly paramKind?: ParamKind;
}

export interface BindingSpec {
  readonly policyName: string;
  readonly paramRef?: ParamRef;
  readonly matchResources?: MatchResources;
  readonly validationActions?: readonly ('Deny' | 'Warn' | 'Audit')[];
}

export interface PolicyBinding {
  readonly name: string;
  readonly spec: BindingSpec;
  /** Absent: all requests that the policy matches. */
  readonly criteria: Criteria | undefined;
}

/** A policy. `P` is what its expressions are compiled into. */
export class Policy<P> {
  readonly name: string;
  readonly criteria: Criteria;
  readonly paramKind: ParamKind | undefined;
  readonly ignoresFailure: boolean;
  readonly #compile: () => P;
  #compiled: { readonly value: P } | undefined;

  constructor(object: AnyObject, compile: (object: AnyObject) => P) {
    const spec = object.spec as PolicySpec;
    this.name = object.metadata.name;
    this.criteria = criteriaOf(spec.matchConstraints, []);
    this.paramKind = spec.paramKind;
    this.ignoresFailure = spec.failurePolicy === 'Ignore';
    this.#compile = () => compile(object);
  }

  /** Made on first use. */
  get compiled(): P {
    this.#compiled ??= { value: this.#compile() };
    return this.#compiled.value;
  }
}

/** A policy that is in force, since there are bindings for it. */
export interface PolicyHook<P> {
  readonly policy: Policy<P>;
  readonly bindings: readonly PolicyBinding[];
}

/** Rules that cover everything: those of a binding may be absent. */
const ALL: readonly Rule[] = [
  { operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*'], scope: '*' },
];

function criteriaOf(match: MatchResources | undefined, whenEmpty: readonly Rule[]): Criteria {
  const { resourceRules = [], excludeResourceRules, ...selectors } = match ?? {};
  const rules = resourceRules.length === 0 ? whenEmpty : resourceRules;
  return compileCriteria({ ...selectors, rules, excludeRules: excludeResourceRules });
}

function compileBinding(binding: AnyObject): PolicyBinding {
  const spec = binding.spec as BindingSpec;
  const criteria = spec.matchResources === undefined ? undefined : criteriaOf(spec.matchResources, ALL);
  return { name: binding.metadata.name, spec, criteria };
}

/** The policies of one kind that have bindings, by name, each with its bindings by name. */
export class PolicySet<P> {
  readonly listener: StateListener;
  readonly #policies = new Map<string, Policy<P>>();
  readonly #bindings = new Map<string, PolicyBinding>();
  hooks: readonly PolicyHook<P>[] = [];

  /** `policies` and `bindings` are storage resources. */
  constructor(policies: string, bindings: string, compile: (policy: AnyObject) => P) {
    this.listener = {
      resources: [policies, bindings],
      onChange: (resource, object, old) => {
        const { name } = (object ?? old ?? { metadata: { name: '' } }).metadata;
        if (resource === policies) update(this.#policies, name, object && new Policy(object, compile));
        else update(this.#bindings, name, object && compileBinding(object));
        this.#arrange();
      },
    };
  }

  #arrange(): void {
    const bindings = [...this.#bindings.values()].sort(byName);
    const hooks = [...this.#policies.values()].sort(byName).map((policy) => ({
      policy,
      bindings: bindings.filter(({ spec }) => spec.policyName === policy.name),
    }));
    this.hooks = hooks.filter((hook) => hook.bindings.length > 0);
  }
}

function update<T>(map: Map<string, T>, name: string, value: T | undefined): void {
  if (value === undefined) map.delete(name);
  else map.set(name, value);
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
