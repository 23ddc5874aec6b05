import type { Node } from '@gantry/api/generated/types';
import type { Informer } from '@gantry/client/port';
import type { Logger } from '@gantry/runtime/port';
import { command } from './command.ts';

/**
 * Routes to other nodes' pods through those nodes, which must share a network segment with this one. Simulated nodes
 * and nodes on this very address have none.
 */
export function keepNodeRoutes(options: {
  readonly nodes: Informer<Node>;
  readonly nodeName: string;
  readonly nodeIp: string;
  readonly log: Logger;
}): void {
  const routes = new Map<string, string>();
  let queue: Promise<unknown> = Promise.resolve();
  const run = (...args: string[]): void => {
    queue = queue
      .then(() => command('ip', 'route', ...args))
      .catch((error: unknown) => options.log.warn({ error: String(error) }, 'route not changed'));
  };
  const drop = (name: string): void => {
    const cidr = routes.get(name);
    if (cidr === undefined) return;
    routes.delete(name);
    run('del', cidr);
  };
  options.nodes.addHandler({
    onUpdate: (node) => {
      const { name } = node.metadata;
      const ip = node.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
      const cidr = node.spec.podCIDR;
      const isRemote =
        name !== options.nodeName && ip !== undefined && ip !== options.nodeIp && cidr !== undefined;
      if (!isRemote || node.metadata.labels?.['gantry.dev/simulated'] === 'true') {
        drop(name);
        return;
      }
      if (routes.get(name) === cidr) return;
      drop(name);
      routes.set(name, cidr);
      run('replace', cidr, 'via', ip);
    },
    onDelete: (node) => drop(node.metadata.name),
  });
}
