import type { RequestOptions } from 'node:https';
import { badRequest } from '@gantry/machinery/status';
import type { ConnectHandler, HandlerContext, HttpRequest } from '../handler.ts';
import { proxyHttp } from './http-proxy.ts';
import { type NodeTransport, nodeAddress } from './node-connection.ts';
import {
  isProxyable,
  type ProxyAddress,
  podProxyAddress,
  serviceProxyAddress,
  splitSchemeNamePort,
} from './proxy-target.ts';
import { sendEmpty } from './response.ts';
import type { UpgradeProxy } from './upgrade-proxy.ts';

interface Located extends ProxyAddress {
  readonly options?: RequestOptions;
}

/** A pod's certificate is seldom one that we could check: the proxy vouches for the way, not for the pod. */
const UNCHECKED: RequestOptions = { rejectUnauthorized: false };

const searchOf = (request: HttpRequest): string => {
  const url = request.url ?? '';
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark);
};

/** The rest with one slash before it. */
const restPath = (rest: string): string => (rest.startsWith('/') ? rest : `/${rest}`);

/** Path of the subresource itself, without what follows it. */
function prefixOf({ attributes }: HandlerContext, rest: string): string {
  const { path } = attributes;
  return (rest !== '' && path.endsWith(rest) ? path.slice(0, -rest.length) : path).replace(/\/$/, '');
}

function handler(
  resource: string,
  proxy: UpgradeProxy,
  locate: (context: HandlerContext) => Located,
): ConnectHandler {
  return {
    group: '',
    resource,
    subresource: 'proxy',
    async request(request, response, context, rest) {
      const target = locate(context);
      const { path } = context.attributes;
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      if (rest === '' && isRead && !path.endsWith('/')) {
        // Relative links of the page need the slash.
        sendEmpty(response, 301, { location: `${path}/${searchOf(request)}` });
        return;
      }
      const full = `${restPath(rest)}${searchOf(request)}`;
      await proxyHttp(request, response, { ...target, path: full }, prefixOf(context, rest));
    },
    async upgrade(request, socket, head, context, rest) {
      const target = locate(context);
      await proxy.forward(request, socket, head, {
        ...target,
        path: `${restPath(rest)}${searchOf(request)}`,
      });
    },
  };
}

const withTls = (address: ProxyAddress): Located =>
  address.protocol === 'https:' ? { ...address, options: UNCHECKED } : address;

function nodeProxyAddress({ state, attributes }: HandlerContext, transport: NodeTransport): Located {
  const parts = splitSchemeNamePort(attributes.name);
  if (parts === undefined) throw badRequest(`invalid node request ${JSON.stringify(attributes.name)}`);
  const address = nodeAddress(state, parts.name);
  if (parts.port === '' || Number(parts.port) === address.port) {
    return { protocol: 'https:', ...address, options: transport.single };
  }
  const port = Number(parts.port);
  if (!isProxyable(address.host) || !Number.isInteger(port) || port < 1 || port > 65_535) {
    throw badRequest('address not allowed');
  }
  return withTls({ protocol: parts.protocol, host: address.host, port });
}

/** pods/proxy, services/proxy, nodes/proxy: plain HTTP and upgrades alike. */
export const proxyHandlers = (transport: NodeTransport, proxy: UpgradeProxy): ConnectHandler[] => [
  handler('pods', proxy, ({ state, attributes }) =>
    withTls(podProxyAddress(state, attributes.namespace, attributes.name)),
  ),
  handler('services', proxy, ({ state, attributes }) =>
    withTls(serviceProxyAddress(state, attributes.namespace, attributes.name, Math.random)),
  ),
  handler('nodes', proxy, (context) => nodeProxyAddress(context, transport)),
];
