import { decodeType } from '@gantry/api/compile';
import { DeleteOptions as DeleteOptionsType } from '@gantry/api/meta/v1/meta';
import {
  type FieldError,
  forbidden,
  invalid as invalidField,
  notSupported,
} from '@gantry/machinery/field-error';
import { badRequest, invalid } from '@gantry/machinery/status';

/** The body or query of a DELETE. */
export interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  readonly orphanDependents?: boolean;
  readonly propagationPolicy?: string;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly dryRun?: readonly string[];
}

const POLICIES = ['Orphan', 'Background', 'Foreground'];

/** From a parsed body; null and undefined mean no options. Throws BadRequest, Invalid. */
export function readDeleteOptions(body: unknown, query: URLSearchParams): DeleteOptions {
  const options: DeleteOptions =
    body === undefined || body === null
      ? fromQuery(query)
      : decodeType<DeleteOptions>(DeleteOptionsType, { kind: 'DeleteOptions', version: 'v1' }, body, 'Ignore')
          .object;
  const errors: FieldError[] = [];
  const { propagationPolicy, orphanDependents, gracePeriodSeconds } = options;
  if (propagationPolicy !== undefined && orphanDependents !== undefined)
    errors.push(
      invalidField(
        'propagationPolicy',
        propagationPolicy,
        'orphanDependents and deletionPropagation cannot be both set',
      ),
    );
  if (propagationPolicy !== undefined && propagationPolicy !== '' && !POLICIES.includes(propagationPolicy))
    errors.push(notSupported('propagationPolicy', propagationPolicy, [...POLICIES, '']));
  if (options.dryRun?.some((value) => value !== 'All') === true)
    errors.push(notSupported('dryRun', options.dryRun, ['All']));
  if (gracePeriodSeconds !== undefined && !Number.isSafeInteger(gracePeriodSeconds))
    errors.push(forbidden('gracePeriodSeconds', 'must be an integer'));
  if (errors.length > 0) throw invalid('meta.k8s.io', 'DeleteOptions', '', errors);
  return options;
}

function fromQuery(query: URLSearchParams): DeleteOptions {
  const grace = query.get('gracePeriodSeconds');
  const orphan = query.get('orphanDependents');
  const policy = query.get('propagationPolicy');
  const dryRun = query.getAll('dryRun');
  if (grace !== null && !/^-?\d+$/.test(grace))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(grace)}: invalid syntax`);
  return {
    ...(grace === null ? {} : { gracePeriodSeconds: Number(grace) }),
    ...(orphan === null ? {} : { orphanDependents: orphan === 'true' }),
    ...(policy === null ? {} : { propagationPolicy: policy }),
    ...(dryRun.length === 0 ? {} : { dryRun }),
  };
}
