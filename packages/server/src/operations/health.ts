import type { PlainHandler } from '../http/chain.ts';
import { type ApiResponse, textResponse } from '../http/response.ts';
import { InstrumentSet } from './instruments.ts';

/** Throws, or rejects, with the reason why the part is not well. */
export interface HealthCheck {
  readonly name: string;
  readonly check: () => void | Promise<void>;
  /** Of something else's health: a new start would not mend it, so `/livez` leaves it out. */
  readonly foreign?: boolean;
}

interface Result {
  readonly name: string;
  readonly error: string | undefined;
}

const CHECK_MS = 5000;

/** The page `/metrics/slis`. */
export const sliInstruments = new InstrumentSet();
const state = sliInstruments.gauge(
  'kubernetes_healthcheck',
  'This metric records the result of a single healthcheck.',
  ['name', 'type'],
);
const totals = sliInstruments.counter(
  'kubernetes_healthchecks_total',
  'This metric records the results of all healthcheck.',
  ['name', 'status', 'type'],
);

async function run({ name, check }: HealthCheck): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const answer = check();
    if (answer === undefined) return { name, error: undefined };
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('timed out')), CHECK_MS);
    });
    await Promise.race([answer, late]);
    return { name, error: undefined };
  } catch (error) {
    return { name, error: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

function record(endpoint: string, { name, error }: Result): void {
  state.with(name, endpoint).set(error === undefined ? 1 : 0);
  totals.with(name, error === undefined ? 'success' : 'error', endpoint).add();
}

const line = ({ name, error }: Result): string =>
  error === undefined ? `[+]${name} ok\n` : `[-]${name} failed: reason withheld\n`;

/** `/healthz`, `/livez` and `/readyz` with `?verbose`, `?exclude=` and a path for each check. */
export function healthHandler(endpoints: Readonly<Record<string, readonly HealthCheck[]>>): PlainHandler {
  return async ({ attributes, query }) => {
    const [, endpoint = '', ...rest] = attributes.path.split('/');
    const checks = Object.hasOwn(endpoints, endpoint) ? endpoints[endpoint] : undefined;
    if (checks === undefined) return undefined;
    const only = rest.join('/');
    if (only !== '') return single(checks.find(({ name }) => name === only));
    const excluded = new Set(query.getAll('exclude'));
    const unknown = [...excluded].filter((name) => !checks.some((check) => check.name === name)).sort();
    const results = await Promise.all(checks.filter(({ name }) => !excluded.has(name)).map(run));
    for (const result of results) record(endpoint, result);
    const byName = new Map(results.map((result) => [result.name, result]));
    let text = checks
      .map(({ name }) => {
        const result = byName.get(name);
        return result === undefined ? `[+]${name} excluded: ok\n` : line(result);
      })
      .join('');
    if (unknown.length > 0) {
      const names = unknown.map((name) => JSON.stringify(name)).join(',');
      text += `warn: some health checks cannot be excluded: no matches for ${names}\n`;
    }
    if (results.some(({ error }) => error !== undefined))
      return textResponse(500, `${text}${endpoint} check failed\n`);
    return textResponse(200, query.has('verbose') ? `${text}${endpoint} check passed\n` : 'ok');
  };
}

async function single(check: HealthCheck | undefined): Promise<ApiResponse | undefined> {
  if (check === undefined) return undefined;
  const { error } = await run(check);
  return error === undefined
    ? textResponse(200, 'ok')
    : textResponse(500, `internal server error: ${error}\n`);
}
