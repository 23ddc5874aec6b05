import { failure, type StatusError } from '@gantry/machinery/status';
import { LRUCache } from 'lru-cache';

/** How a client wants its answer. */
export interface Accepted {
  readonly format: 'json' | 'yaml';
  readonly form: 'full' | 'table' | 'metadata';
  readonly pretty: boolean;
}

const TYPES = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';
const parsed = new LRUCache<string, readonly Accepted[]>({ max: 500 });

interface MediaRange {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

function parseRange(text: string): MediaRange {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim());
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const equals = part.indexOf('=');
    if (equals > 0) parameters.set(part.slice(0, equals).toLowerCase(), part.slice(equals + 1));
  }
  const quality = Number(parameters.get('q') ?? 1);
  return { type: type.toLowerCase(), parameters, quality: Number.isFinite(quality) ? quality : 0 };
}

function toAccepted({ type, parameters }: MediaRange): Accepted | undefined {
  const format =
    type === 'application/yaml'
      ? 'yaml'
      : type === 'application/json' || type === '*/*' || type === 'application/*'
        ? 'json'
        : undefined;
  if (format === undefined) return undefined;
  const pretty = parameters.get('pretty') === '1';
  const as = parameters.get('as');
  if (as === undefined) return { format, form: 'full', pretty };
  // v1beta1 of these has the same fields; only v1 is served, as clients ask for it first.
  if (parameters.get('g') !== 'meta.k8s.io' || parameters.get('v') !== 'v1') return undefined;
  if (as === 'Table') return { format, form: 'table', pretty };
  if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList')
    return { format, form: 'metadata', pretty };
  return undefined;
}

function parseAccept(header: string): readonly Accepted[] {
  const known = parsed.get(header);
  if (known !== undefined) return known;
  const ranges = header.split(',').slice(0, 32).map(parseRange);
  ranges.sort((a, b) => b.quality - a.quality);
  const accepted = ranges.flatMap((range) => toAccepted(range) ?? []);
  if (header.length < 1024) parsed.set(header, accepted);
  return accepted;
}

const JSON_FULL: Accepted = { format: 'json', form: 'full', pretty: false };

export const notAcceptable = (): StatusError =>
  failure(406, 'NotAcceptable', `only the following media types are accepted: ${TYPES}`);

/** The best form that the client takes. `forms`: what this endpoint can make. Throws NotAcceptable. */
export function negotiate(
  accept: string | undefined,
  query: URLSearchParams,
  forms: 'any' | 'full' = 'any',
): Accepted {
  const choices = accept === undefined || accept === '' ? [JSON_FULL] : parseAccept(accept);
  const chosen = choices.find((choice) => forms === 'any' || choice.form === 'full');
  if (chosen === undefined) throw notAcceptable();
  const pretty = query.get('pretty');
  return pretty === 'true' || pretty === '1' ? { ...chosen, pretty: true } : chosen;
}
