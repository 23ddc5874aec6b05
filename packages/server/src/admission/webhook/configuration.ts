import type { WebhookClientConfig } from '@gantry/api/apiextensions/v1/definition';
import type { LabelSelectorObject } from '@gantry/machinery/label-selector';
import type { AnyObject } from '@gantry/machinery/object';
import type { StateListener } from '../../auth/authorization/source.ts';
import { type ConditionParts, type ConditionTest, compileConditions } from '../matching/conditions.ts';
import { type Criteria, compileCriteria } from '../matching/match.ts';
import type { Rule } from '../matching/rules.ts';

/** One webhook of a configuration, ready to be matched and called. */
export interface Hook {
  /** Unique among all hooks of its kind. */
  readonly uid: string;
  readonly configuration: string;
  readonly name: string;
  readonly client: WebhookClientConfig;
  readonly criteria: Criteria;
  readonly conditions: ConditionTest | undefined;
  readonly ignoresFailure: boolean;
  readonly sideEffects: string | undefined;
  readonly timeoutMs: number;
  readonly reviewVersions: readonly string[];
  readonly reinvoked: boolean;
}

interface HookSource {
  readonly name: string;
  readonly clientConfig: WebhookClientConfig;
  readonly rules?: readonly Rule[];
  readonly failurePolicy?: string;
  readonly matchPolicy?: string;
  readonly namespaceSelector?: LabelSelectorObject;
  readonly objectSelector?: LabelSelectorObject;
  readonly sideEffects?: string;
  readonly timeoutSeconds?: number;
  readonly admissionReviewVersions?: readonly string[];
  readonly reinvocationPolicy?: string;
  readonly matchConditions?: readonly { readonly name: string; readonly expression: string }[];
}

const DEFAULT_TIMEOUT_SECONDS = 10;

function compileHook(
  configuration: string,
  index: number,
  source: HookSource,
  conditions: ConditionParts,
): Hook {
  const ignoresFailure = source.failurePolicy === 'Ignore';
  return {
    uid: `${configuration}/${source.name}/${index}`,
    configuration,
    name: source.name,
    client: source.clientConfig,
    criteria: compileCriteria(source),
    conditions: compileConditions(source.matchConditions ?? [], ignoresFailure, conditions),
    ignoresFailure,
    sideEffects: source.sideEffects,
    timeoutMs: (source.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
    reviewVersions: source.admissionReviewVersions ?? [],
    reinvoked: source.reinvocationPolicy === 'IfNeeded',
  };
}

/** All webhooks of one kind of configuration, by the configurations' names and then in their own order. */
export class HookSet {
  readonly listener: StateListener;
  readonly #byConfiguration = new Map<string, readonly Hook[]>();
  hooks: readonly Hook[] = [];

  /** `resource` is the storage resource of the configurations. */
  constructor(resource: string, conditions: ConditionParts) {
    this.listener = {
      resources: [resource],
      onChange: (_resource, object, old) => {
        const { name } = (object ?? old ?? { metadata: { name: '' } }).metadata;
        if (object === undefined) this.#byConfiguration.delete(name);
        else this.#byConfiguration.set(name, hooksOf(object, conditions));
        const names = [...this.#byConfiguration.keys()].sort();
        this.hooks = names.flatMap((one) => this.#byConfiguration.get(one) ?? []);
      },
    };
  }
}

function hooksOf(object: AnyObject, conditions: ConditionParts): readonly Hook[] {
  const sources = (object.webhooks ?? []) as readonly HookSource[];
  const seen = new Map<string, number>();
  return sources.map((source) => {
    const index = seen.get(source.name) ?? 0;
    seen.set(source.name, index + 1);
    return compileHook(object.metadata.name, index, source, conditions);
  });
}
