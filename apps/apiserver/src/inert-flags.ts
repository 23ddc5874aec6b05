import { type Command, Option } from 'commander';

/** Flags of the original for which there is nothing to set here, by the reason. They are taken and change nothing. */
export const INERT_FLAGS: Readonly<Record<string, readonly string[]>> = {
  'the state lies in Postgres, not in etcd': [
    ...[
      'etcd-servers',
      'etcd-servers-overrides',
      'etcd-cafile',
      'etcd-certfile',
      'etcd-keyfile',
      'etcd-prefix',
    ],
    ...['etcd-compaction-interval', 'etcd-count-metric-poll-period', 'etcd-db-metric-poll-interval'],
    ...['etcd-healthcheck-timeout', 'etcd-readycheck-timeout', 'lease-reuse-duration-seconds'],
    ...['storage-backend', 'storage-media-type', 'storage-initialization-timeout'],
  ],
  'the whole state is cached': ['watch-cache', 'watch-cache-sizes', 'default-watch-cache-size'],
  'always on': [
    ...[
      'enable-garbage-collector',
      'service-account-lookup',
      'allow-privileged',
      'delete-collection-workers',
    ],
    ...['permit-port-sharing', 'permit-address-sharing', 'runtime-config'],
    ...['runtime-config-emulation-forward-compatible', 'emulation-forward-compatible'],
  ],
  'one version is served': [
    'emulated-version',
    'min-compatibility-version',
    'show-hidden-metrics-for-version',
  ],
  'API servers find each other through the database': [
    ...[
      'apiserver-count',
      'endpoint-reconciler-type',
      'peer-advertise-ip',
      'peer-advertise-port',
      'peer-ca-file',
    ],
    ...['coordinated-leadership-lease-duration', 'coordinated-leadership-renew-deadline'],
    ...['coordinated-leadership-retry-period'],
  ],
  'node agents are reached at the address and port of their Node': [
    ...['kubelet-port', 'kubelet-read-only-port', 'kubelet-timeout', 'kubelet-preferred-address-types'],
    ...['kubelet-certificate-authority', 'egress-selector-config-file'],
  ],
  'logs are JSON lines': [
    ...['vmodule', 'log-flush-frequency', 'log-json-info-buffer-size', 'log-json-split-stream'],
    ...['log-text-info-buffer-size', 'log-text-split-stream', 'enable-logs-handler'],
  ],
  'webhooks and aggregated servers are called at their endpoints': [
    'enable-aggregator-routing',
    'aggregator-reject-forwarding-redirect',
  ],
  'not offered': [
    ...['admission-control', 'cert-dir', 'debug-socket-path', 'contention-profiling', 'external-hostname'],
    ...['kubernetes-service-node-port', 'max-connection-bytes-per-sec'],
    ...['allow-metric-labels', 'allow-metric-labels-manifest'],
    ...['send-retry-after-while-not-ready-once'],
    ...['service-account-signing-endpoint', 'tls-curve-preferences'],
  ],
};

/** Takes the flags of which some other part of the command line does not know. */
export function addInertFlags(command: Command): Command {
  for (const [reason, names] of Object.entries(INERT_FLAGS))
    for (const name of names)
      if (!command.options.some(({ long }) => long === `--${name}`))
        command.addOption(new Option(`--${name} [value]`, `no effect: ${reason}`).hideHelp());
  return command;
}

/** The flags that were given and change nothing, each with the reason. */
export function inertFlagsGiven(
  command: Command,
): readonly { readonly flag: string; readonly reason: string }[] {
  return Object.entries(INERT_FLAGS).flatMap(([reason, names]) =>
    names
      .filter((name) => {
        const option = command.options.find(({ long }) => long === `--${name}`);
        return option?.hidden === true && command.getOptionValueSource(option.attributeName()) === 'cli';
      })
      .map((name) => ({ flag: `--${name}`, reason })),
  );
}
