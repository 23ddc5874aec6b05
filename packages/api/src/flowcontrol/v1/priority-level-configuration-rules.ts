import { forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { rangeMessage } from '@gantry/machinery/validation';
import type {
  LimitedPriorityLevelConfiguration,
  LimitResponse,
  PriorityLevelConfiguration,
  QueuingConfiguration,
} from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import type { Errors } from '../../validation/common.ts';
import { conditionErrors } from './flow-schema-rules.ts';
import { mandatoryPriorityLevels } from './mandatory.ts';

const MAX_QUEUES = 10_000_000;
const MAX_HASH_BITS = 60;
const PRESERVE_ZERO = 'flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares';

export const priorityLevelConfigurationRules: KindRules<PriorityLevelConfiguration> = {
  defaults({ spec }) {
    const queuing = spec.limited?.limitResponse?.queuing;
    if (queuing === undefined) return;
    // Zeros count as absent.
    queuing.handSize ||= 8;
    queuing.queues ||= 64;
    queuing.queueLengthLimit ||= 50;
  },
  validate(level) {
    const errors: Errors = [];
    if (level.metadata.annotations?.[PRESERVE_ZERO] !== undefined)
      errors.push(forbidden('metadata.annotations', `annotation '${PRESERVE_ZERO}' is forbidden`));
    validateSpec(level, errors);
    validateFixed(level, errors);
    return errors;
  },
  validateStatusUpdate: ({ status }) => conditionErrors(status?.conditions),
};

function validateSpec({ spec, metadata }: PriorityLevelConfiguration, errors: Errors): void {
  const { type, limited, exempt } = spec;
  if ((metadata.name === 'exempt') !== (type === 'Exempt'))
    errors.push(invalid('spec.type', type, "must be 'Exempt' if and only if `name` is 'exempt'"));
  if (type === 'Exempt') {
    if (limited !== undefined)
      errors.push(forbidden('spec.limited', 'must be nil if the type is not Limited'));
    if (exempt !== undefined) validateShares(exempt, 'spec.exempt', errors);
  } else if (type === 'Limited') {
    if (exempt !== undefined) errors.push(forbidden('spec.exempt', 'must be nil if the type is Limited'));
    if (limited === undefined)
      errors.push(required('spec.limited', 'must not be empty when type is Limited'));
    else validateLimited(limited, errors);
  } else errors.push(notSupported('spec.type', type, ['Exempt', 'Limited']));
}

function validateShares(
  shares: Pick<LimitedPriorityLevelConfiguration, 'nominalConcurrencyShares' | 'lendablePercent'>,
  path: string,
  errors: Errors,
): void {
  const { nominalConcurrencyShares: nominal = 0, lendablePercent: lendable = 0 } = shares;
  if (nominal < 0)
    errors.push(invalid(`${path}.nominalConcurrencyShares`, nominal, 'must be a non-negative integer'));
  if (lendable < 0 || lendable > 100)
    errors.push(invalid(`${path}.lendablePercent`, lendable, rangeMessage(0, 100)));
}

function validateLimited(limited: LimitedPriorityLevelConfiguration, errors: Errors): void {
  validateShares(limited, 'spec.limited', errors);
  validateResponse(limited.limitResponse ?? { type: '' }, errors);
  const borrowing = limited.borrowingLimitPercent;
  if (borrowing !== undefined && borrowing < 0)
    errors.push(
      invalid(
        'spec.limited.borrowingLimitPercent',
        borrowing,
        'if specified, must be a non-negative integer',
      ),
    );
}

function validateResponse({ type, queuing }: LimitResponse, errors: Errors): void {
  const path = 'spec.limited.limitResponse';
  if (type === 'Reject') {
    if (queuing !== undefined)
      errors.push(forbidden(`${path}.queuing`, 'must be nil if limited.limitResponse.type is not Limited'));
  } else if (type === 'Queue') {
    if (queuing === undefined)
      errors.push(required(`${path}.queuing`, 'must not be empty if limited.limitResponse.type is Limited'));
    else validateQueuing(queuing, `${path}.queuing`, errors);
  } else errors.push(notSupported(`${path}.type`, type, ['Queue', 'Reject']));
}

/** A hand of queues is dealt out of a hash of 64 bits: that bounds what may be asked of it. */
function validateQueuing(queuing: QueuingConfiguration, path: string, errors: Errors): void {
  const { handSize = 0, queues = 0, queueLengthLimit = 0 } = queuing;
  const bad = (field: string, value: number, detail: string): void => {
    errors.push(invalid(`${path}.${field}`, value, detail));
  };
  if (queueLengthLimit <= 0) bad('queueLengthLimit', queueLengthLimit, 'must be positive');
  if (queues <= 0) bad('queues', queues, 'must be positive');
  else if (queues > MAX_QUEUES) bad('queues', queues, `must not be greater than ${MAX_QUEUES}`);
  if (handSize <= 0) bad('handSize', handSize, 'must be positive');
  else if (handSize > queues) bad('handSize', handSize, `should not be greater than queues (${queues})`);
  else if (Math.ceil(Math.log2(queues) * handSize) > MAX_HASH_BITS)
    bad(
      'handSize',
      handSize,
      `required entropy bits of deckSize ${queues} and handSize ${handSize} should not be greater than ${MAX_HASH_BITS}`,
    );
}

function validateFixed({ spec, metadata: { name } }: PriorityLevelConfiguration, errors: Errors): void {
  const fixed = Object.hasOwn(mandatoryPriorityLevels, name) ? mandatoryPriorityLevels[name] : undefined;
  if (fixed === undefined) return;
  const isExempt = name === 'exempt';
  const tuned = isExempt && spec.exempt !== undefined ? { ...fixed, exempt: spec.exempt } : fixed;
  if (semanticEqual(spec, tuned)) return;
  errors.push(
    invalid(
      'spec',
      spec,
      isExempt
        ? `spec of '${name}' except the 'spec.exempt' field must equal the fixed value`
        : `spec of '${name}' must equal the fixed value`,
    ),
  );
}
