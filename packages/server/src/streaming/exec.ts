import { badRequest } from '@gantry/machinery/status';
import { forbiddenRequest } from '../auth/authorization/denial.ts';
import type { ConnectHandler, HandlerContext } from '../handler.ts';
import type { Authorizer } from '../request.ts';
import { type NodeTransport, nodeAddress } from './node-connection.ts';
import { chooseContainer, findPod, requireNode } from './pod-target.ts';
import type { UpgradeProxy } from './upgrade-proxy.ts';

/** Client's parameter → the node agent's, which are those of the kubelet. */
const STREAMS = [
  ['stdin', 'input'],
  ['stdout', 'output'],
  ['stderr', 'error'],
  ['tty', 'tty'],
] as const;

const isTrue = (text: string | null): boolean => text !== null && !/^(0|f|false)$/i.test(text);

function streamParameters(query: URLSearchParams, withCommand: boolean): URLSearchParams {
  const result = new URLSearchParams();
  for (const [name, param] of STREAMS) if (isTrue(query.get(name))) result.set(param, '1');
  if (withCommand) for (const word of query.getAll('command')) result.append('command', word);
  return result;
}

/** Ports of a WebSocket client; a SPDY client names them by stream. */
function portParameters(query: URLSearchParams): URLSearchParams {
  const ports = query.getAll('ports').flatMap((text) => text.split(','));
  const result = new URLSearchParams();
  if (ports.length > 0) result.set('port', ports.join(','));
  return result;
}

/**
 * A WebSocket starts with GET, which must not make a reader an executor: the verb `create` is asked for in any case.
 * https://github.com/kubernetes/kubernetes/issues/133515
 */
function demandCreate(context: HandlerContext, authorizer: Authorizer): void {
  if (context.attributes.verb === 'create') return;
  const attributes = { ...context.attributes, verb: 'create' };
  const decision = authorizer.authorize(context.user, attributes);
  if (!decision.allowed) throw forbiddenRequest(context.user, attributes, decision.reason);
}

/** Where the node agent serves the request; `container` throws BadRequest when the pod has none that fits. */
type Locate = (
  context: HandlerContext,
  container: () => string,
) => { readonly path: string; readonly parameters: URLSearchParams };

/** exec, attach and port-forward: checked here, then raw bytes to the node agent, which speaks all protocols. */
export function execHandlers(
  transport: NodeTransport,
  proxy: UpgradeProxy,
  authorizer: Authorizer,
): ConnectHandler[] {
  const handler = (subresource: string, locate: Locate): ConnectHandler => ({
    group: '',
    resource: 'pods',
    subresource,
    async request(_request, _response, context) {
      find(context, locate);
      throw badRequest('Upgrade request required');
    },
    async upgrade(request, socket, head, context) {
      const { address, path } = find(context, locate);
      await proxy.forward(request, socket, head, {
        protocol: 'https:',
        ...address,
        path,
        options: transport.single,
      });
    },
  });
  const find = (context: HandlerContext, locate: Locate) => {
    demandCreate(context, authorizer);
    const { namespace, name } = context.attributes;
    const pod = findPod(context.state, namespace, name);
    const container = (): string => chooseContainer(pod, context.query.get('container') ?? '');
    const { path, parameters } = locate(context, container);
    const address = nodeAddress(context.state, requireNode(pod));
    return { address, path: parameters.size === 0 ? path : `${path}?${parameters}` };
  };
  const inContainer = (verb: string, context: HandlerContext, container: string): string =>
    `/${verb}/${context.attributes.namespace}/${context.attributes.name}/${container}`;
  return [
    handler('exec', (context, container) => ({
      path: inContainer('exec', context, container()),
      parameters: streamParameters(context.query, true),
    })),
    handler('attach', (context, container) => ({
      path: inContainer('attach', context, container()),
      parameters: streamParameters(context.query, false),
    })),
    handler('portforward', (context) => ({
      path: `/portForward/${context.attributes.namespace}/${context.attributes.name}`,
      parameters: portParameters(context.query),
    })),
  ];
}
