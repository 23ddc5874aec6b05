import type { HealthCheck } from './health.ts';

/** How far the start and the end of the server are. */
export interface Lifecycle {
  /** The objects that must exist do. */
  readonly bootstrapped: boolean;
  /** Told to end: `/readyz` fails from now on. */
  readonly closing: boolean;
  /** The cache follows the store. */
  readonly storage: boolean;
}

/**
 * The names under which the original reports what it does after it began to listen. Some of that is one step here; who
 * excludes or asks for a check by its name finds it all the same.
 */
const HOOKS = `
  start-apiserver-admission-initializer generic-apiserver-start-informers priority-and-fairness-config-consumer
  priority-and-fairness-filter storage-object-count-tracker-hook start-apiextensions-informers
  start-apiextensions-controllers crd-informer-synced start-system-namespaces-controller
  peer-endpoint-reconciler-controller start-cluster-authentication-info-controller
  start-kube-apiserver-identity-lease-controller start-kube-apiserver-identity-lease-garbage-collector
  storage-readiness start-legacy-token-tracking-controller start-service-ip-repair-controllers
  rbac/bootstrap-roles scheduling/bootstrap-system-priority-classes priority-and-fairness-config-producer
  bootstrap-controller start-kubernetes-service-cidr-controller aggregator-reload-proxy-client-cert
  start-kube-aggregator-informers apiservice-status-local-available-controller
  apiservice-status-remote-available-controller apiservice-registration-controller apiservice-wait-for-first-sync
  apiservice-discovery-controller kube-apiserver-autoregistration
`
  .trim()
  .split(/\s+/);
const LAST_HOOKS = ['apiservice-openapi-controller', 'apiservice-openapiv3-controller'];

/**
 * Checks by endpoint. `livezGraceMs`: how long `/livez` takes a start that is not finished for well; `more`: checks that
 * all endpoints have, `/livez` but for those of other services.
 */
export function healthChecks(
  lifecycle: () => Lifecycle,
  livezGraceMs = 0,
  more: readonly HealthCheck[] = [],
): Record<'healthz' | 'livez' | 'readyz', HealthCheck[]> {
  const began = Date.now();
  const ok = (name: string): HealthCheck => ({ name, check: () => undefined });
  const when = (name: string, holds: () => boolean, reason: string): HealthCheck => ({
    name,
    check: () => {
      if (!holds()) throw new Error(reason);
    },
  });
  const started = (name: string, graceMs: number): HealthCheck =>
    when(name, () => lifecycle().bootstrapped || Date.now() - began < graceMs, 'not finished');
  const first = [ok('ping'), ok('log'), when('etcd', () => lifecycle().storage, 'the store cannot be read')];
  const alive = [first[0], first[1], ok('loopback-serving-certificate'), first[2]].filter(
    (check) => check !== undefined,
  );
  const hooks = (graceMs: number): HealthCheck[] => [
    ...HOOKS.map((name) => started(`poststarthook/${name}`, graceMs)),
    started('autoregister-completion', graceMs),
    ...LAST_HOOKS.map((name) => started(`poststarthook/${name}`, graceMs)),
  ];
  return {
    healthz: [...alive, ...more, ...hooks(0)],
    livez: [...alive, ...more.filter(({ foreign }) => foreign !== true), ...hooks(livezGraceMs)],
    readyz: [
      ...first,
      when('etcd-readiness', () => lifecycle().storage, 'the store cannot be read'),
      when('informer-sync', () => lifecycle().storage, 'the cache does not follow the store'),
      ...more,
      ...hooks(0),
      when('shutdown', () => !lifecycle().closing, 'process is shutting down'),
    ],
  };
}
