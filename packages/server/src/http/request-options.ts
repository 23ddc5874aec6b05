import type { FieldValidation } from '@gantry/api/compile';
import { type FieldError, notSupported, required } from '@gantry/machinery/field-error';
import { validateFieldManager } from '@gantry/machinery/object-meta';
import { badRequest, invalid } from '@gantry/machinery/status';
import { getOrMake } from '../cache/get-or-make.ts';
import { managerFromUserAgent } from '../registry/field-manager.ts';
import type { RoutedRequest } from './api-request.ts';
import type { ApiResponse } from './response.ts';

/** The query of a create, update or patch. */
export interface WriteOptions {
  readonly dryRun: boolean;
  readonly fieldManager: string;
  readonly fieldValidation: FieldValidation;
  readonly force: boolean;
  /** CreateOptions or UpdateOptions as admission sees them. */
  readonly asObject: Readonly<Record<string, unknown>>;
}

const VALIDATIONS = ['Ignore', 'Strict', 'Warn'];

const OPTION_KINDS: Readonly<Record<string, string>> = {
  create: 'CreateOptions',
  update: 'UpdateOptions',
  patch: 'PatchOptions',
};

/** Throws Invalid as the original words it. */
export function readWriteOptions(
  verb: string,
  query: URLSearchParams,
  userAgent: string,
  isApply: boolean,
): WriteOptions {
  const errors: FieldError[] = [];
  const dryRun = query.getAll('dryRun');
  if (dryRun.some((value) => value !== 'All')) errors.push(notSupported('dryRun', dryRun, ['All']));
  const validation = query.get('fieldValidation') ?? '';
  if (validation !== '' && !VALIDATIONS.includes(validation))
    errors.push(notSupported('fieldValidation', validation, ['', ...VALIDATIONS]));
  const named = query.get('fieldManager') ?? '';
  errors.push(...validateFieldManager(named, 'fieldManager'));
  const forced = query.get('force');
  if (isApply && named === '') errors.push(required('fieldManager', 'is required for apply patch'));
  if (!isApply && verb === 'patch' && forced !== null)
    errors.push({
      type: 'FieldValueForbidden',
      field: 'force',
      message: 'Forbidden: may not be specified for non-apply patch',
    });
  if (errors.length > 0) throw invalid('meta.k8s.io', OPTION_KINDS[verb] ?? 'UpdateOptions', '', errors);
  return {
    dryRun: dryRun.length > 0,
    fieldManager: named === '' ? managerFromUserAgent(userAgent) : named,
    fieldValidation: validation === '' ? 'Warn' : (validation as FieldValidation),
    force: isTrue(forced),
    asObject: {
      kind: verb === 'create' ? 'CreateOptions' : 'UpdateOptions',
      apiVersion: 'meta.k8s.io/v1',
      ...(dryRun.length === 0 ? {} : { dryRun }),
      ...(named === '' ? {} : { fieldManager: named }),
      ...(validation === '' ? {} : { fieldValidation: validation }),
    },
  };
}

function isTrue(text: string | null): boolean {
  if (text === null || text === 'false' || text === '0') return false;
  if (text === 'true' || text === '1' || text === '') return true;
  throw badRequest(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
}

/** Texts for `Warning:` headers of one answer: each once, and together not too long. */
export class Warnings {
  readonly #texts = new Set<string>();
  #length = 0;

  readonly add = (text: string): void => {
    if (this.#length > MAX_WARNING_CHARACTERS || this.#texts.has(text)) return;
    this.#length += text.length;
    this.#texts.add(text);
  };

  headers(): Record<string, string[]> {
    if (this.#texts.size === 0) return {};
    return { warning: [...this.#texts].map((text) => `299 - "${headerText(text)}"`) };
  }
}

const given = new WeakMap<RoutedRequest, Warnings>();

/** The warnings of a request, which its refusal carries as well as its answer. */
export const warningsOf = (request: RoutedRequest): Warnings =>
  getOrMake(given, request, () => new Warnings());

/** A refusal with what the client was warned of before. */
export function withWarnings(refusal: ApiResponse, request: RoutedRequest): ApiResponse {
  const warnings = given.get(request)?.headers();
  return warnings === undefined ? refusal : { ...refusal, headers: { ...refusal.headers, ...warnings } };
}

const MAX_WARNING_CHARACTERS = 4096;

/** Header values take no control characters and no text beyond Latin-1. */
const headerText = (text: string): string =>
  text.replace(/[^\t\x20-\x7e]/g, '?').replace(/["\\]/g, (character) => `\\${character}`);
