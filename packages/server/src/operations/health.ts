import type { PlainHandler } from '../http/chain.ts';
import { type ApiResponse, textResponse } from '../http/response.ts';

/** Throws, or rejects, with the reason why the part is not well. */
export interface HealthCheck {
  readonly name: string;
  readonly check: () => void | Promise<void>;
}

interface Result {
  readonly name: string;
  readonly error: string | undefined;
}

const CHECK_MS = 5000;

async function run({ name, check }: HealthCheck): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('timed out')), CHECK_MS);
  });
  try {
    await Promise.race([Promise.resolve(check()), late]);
    return { name, error: undefined };
  } catch (error) {
    return { name, error: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** `[+]ping ok` and `[-]etcd failed: reason withheld` lines, as probes and people know them. */
function report(endpoint: string, results: readonly Result[], excluded: ReadonlySet<string>): string {
  const lines = results.map(({ name, error }) =>
    excluded.has(name)
      ? `[+]${name} excluded: ok`
      : error === undefined
        ? `[+]${name} ok`
        : `[-]${name} failed: reason withheld`,
  );
  return `${lines.join('\n')}\n${endpoint} check `;
}

/** `/healthz`, `/livez` and `/readyz` with `?verbose`, `?exclude=` and a path for each check. */
export function healthHandler(endpoints: Readonly<Record<string, readonly HealthCheck[]>>): PlainHandler {
  return async ({ attributes, query }) => {
    const [, endpoint = '', only, extra] = attributes.path.split('/');
    const checks = endpoints[endpoint];
    if (checks === undefined || extra !== undefined) return undefined;
    if (only !== undefined && only !== '') return single(checks.find(({ name }) => name === only));
    const excluded = new Set(query.getAll('exclude'));
    const results = await Promise.all(checks.map(run));
    const failed = results.some(({ name, error }) => error !== undefined && !excluded.has(name));
    const text = report(endpoint, results, excluded);
    if (failed) return textResponse(500, `${text}failed\n`);
    return textResponse(200, query.has('verbose') ? `${text}passed\n` : 'ok');
  };
}

async function single(check: HealthCheck | undefined): Promise<ApiResponse | undefined> {
  if (check === undefined) return undefined;
  const { error } = await run(check);
  return error === undefined
    ? textResponse(200, 'ok')
    : textResponse(500, `internal server error: ${error}\n`);
}
