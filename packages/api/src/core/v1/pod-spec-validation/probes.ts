import { forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { isHttpHeaderName } from '@gantry/machinery/validation';
import type { HTTPGetAction, Lifecycle, LifecycleHandler, Probe } from '../../../generated/types.ts';
import { check, type Errors, nonNegative, portNumberOrName } from '../../../validation/common.ts';

/** Handlers in the order in which the original looks at them. */
const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const;
const SCHEMES = ['HTTP', 'HTTPS'];

type Handler = Pick<LifecycleHandler & Probe, (typeof HANDLERS)[number]>;

export function validateProbes(
  container: { livenessProbe?: Probe; readinessProbe?: Probe; startupProbe?: Probe },
  gracePeriod: number | undefined,
  path: string,
  errors: Errors,
): void {
  const { livenessProbe, readinessProbe, startupProbe } = container;
  if (livenessProbe !== undefined)
    validateOnceSuccessful(livenessProbe, gracePeriod, `${path}.livenessProbe`, errors);
  if (readinessProbe !== undefined) {
    validateProbe(readinessProbe, gracePeriod, `${path}.readinessProbe`, errors);
    if (readinessProbe.terminationGracePeriodSeconds !== undefined)
      errors.push(
        invalid(
          `${path}.readinessProbe.terminationGracePeriodSeconds`,
          readinessProbe.terminationGracePeriodSeconds,
          'must not be set for readinessProbes',
        ),
      );
  }
  if (startupProbe !== undefined)
    validateOnceSuccessful(startupProbe, gracePeriod, `${path}.startupProbe`, errors);
}

function validateOnceSuccessful(
  probe: Probe,
  gracePeriod: number | undefined,
  path: string,
  errors: Errors,
): void {
  validateProbe(probe, gracePeriod, path, errors);
  if (probe.successThreshold !== 1)
    errors.push(invalid(`${path}.successThreshold`, probe.successThreshold ?? 0, 'must be 1'));
}

function validateProbe(probe: Probe, gracePeriod: number | undefined, path: string, errors: Errors): void {
  validateHandler(probe, gracePeriod, path, errors);
  nonNegative(probe.initialDelaySeconds, `${path}.initialDelaySeconds`, errors);
  nonNegative(probe.timeoutSeconds, `${path}.timeoutSeconds`, errors);
  nonNegative(probe.periodSeconds, `${path}.periodSeconds`, errors);
  nonNegative(probe.successThreshold, `${path}.successThreshold`, errors);
  nonNegative(probe.failureThreshold, `${path}.failureThreshold`, errors);
  const grace = probe.terminationGracePeriodSeconds;
  if (grace !== undefined && grace <= 0)
    errors.push(invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must be greater than 0'));
}

export function validateLifecycle(
  lifecycle: Lifecycle,
  gracePeriod: number | undefined,
  path: string,
  errors: Errors,
): void {
  if (lifecycle.postStart !== undefined)
    validateHandler(lifecycle.postStart, gracePeriod, `${path}.postStart`, errors);
  if (lifecycle.preStop !== undefined)
    validateHandler(lifecycle.preStop, gracePeriod, `${path}.preStop`, errors);
}

function validateHandler(
  handler: Handler,
  gracePeriod: number | undefined,
  path: string,
  errors: Errors,
): void {
  const [first, ...others] = HANDLERS.filter((name) => handler[name] !== undefined);
  if (first === undefined) {
    errors.push(required(path, 'must specify a handler type'));
    return;
  }
  for (const name of others)
    errors.push(forbidden(`${path}.${name}`, 'may not specify more than 1 handler type'));
  const at = `${path}.${first}`;
  if (first === 'exec') {
    if ((handler.exec?.command ?? []).length === 0) errors.push(required(`${at}.command`));
  } else if (first === 'httpGet') {
    if (handler.httpGet !== undefined) validateHTTPGet(handler.httpGet, at, errors);
  } else if (first === 'sleep') {
    const seconds = handler.sleep?.seconds ?? 0;
    if (gracePeriod !== undefined && (seconds < 0 || seconds > gracePeriod))
      errors.push(
        invalid(
          at,
          seconds,
          `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`,
        ),
      );
  } else portNumberOrName(handler[first]?.port, `${at}.port`, errors);
}

function validateHTTPGet(http: HTTPGetAction, path: string, errors: Errors): void {
  if (!http.path) errors.push(required(`${path}.path`));
  portNumberOrName(http.port, `${path}.port`, errors);
  if (!SCHEMES.includes(http.scheme ?? ''))
    errors.push(notSupported(`${path}.scheme`, http.scheme ?? '', SCHEMES));
  for (const header of http.httpHeaders ?? [])
    check(isHttpHeaderName(header.name), `${path}.httpHeaders`, header.name, errors);
}
