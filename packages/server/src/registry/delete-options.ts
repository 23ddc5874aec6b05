import { decodeType } from '@gantry/api/compile';
import { DeleteOptions as DeleteOptionsType } from '@gantry/api/meta/v1/meta';
import {
  type FieldError,
  forbidden,
  invalid as invalidField,
  notSupported,
} from '@gantry/machinery/field-error';
import { isObject } from '@gantry/machinery/json';
import { badRequest, invalid } from '@gantry/machinery/status';

/** The body or query of a DELETE. */
export interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  readonly orphanDependents?: boolean;
  readonly propagationPolicy?: string;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly dryRun?: readonly string[];
}

const POLICIES = ['Foreground', 'Background', 'Orphan'];

/** A body may say that it is DeleteOptions, of whatever group serves them; nothing else. */
function checkKind(body: unknown): void {
  if (!isObject(body)) return;
  const { kind = 'DeleteOptions', apiVersion = 'v1' } = body;
  if (kind !== 'DeleteOptions')
    throw badRequest(
      `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27"`,
    );
}

/** From a parsed body; null and undefined mean no options. Throws BadRequest, Invalid. */
export function readDeleteOptions(body: unknown, query: URLSearchParams): DeleteOptions {
  checkKind(body);
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
  if (propagationPolicy !== undefined && !POLICIES.includes(propagationPolicy))
    errors.push({
      type: 'FieldValueNotSupported',
      field: 'propagationPolicy',
      message: `Unsupported value: ${JSON.stringify(propagationPolicy)}: supported values: ${POLICIES.map((policy) => JSON.stringify(policy)).join(', ')}, "nil"`,
    });
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
