import type { ConnectHandler } from '../handler.ts';
import type { Authorizer } from '../request.ts';
import { execHandlers } from './exec.ts';
import { podLog } from './log.ts';
import { createNodeTransport, type NodeClientTls } from './node-connection.ts';
import { proxyHandlers } from './proxy.ts';
import { UpgradeProxy } from './upgrade-proxy.ts';

export interface ConnectOptions {
  /** The kubelet-client certificate and the cluster's CA. */
  readonly nodeTls: NodeClientTls;
  readonly authorizer: Authorizer;
}

/** Every subresource that takes over the connection. `close` drops idle connections to nodes. */
export function connectHandlers(options: ConnectOptions): {
  readonly handlers: readonly ConnectHandler[];
  openStreams(): number;
  close(): void;
} {
  const transport = createNodeTransport(options.nodeTls);
  const proxy = new UpgradeProxy();
  return {
    handlers: [
      podLog(transport),
      ...execHandlers(transport, proxy, options.authorizer),
      ...proxyHandlers(transport, proxy),
    ],
    openStreams: () => proxy.open,
    close: () => transport.close(),
  };
}
