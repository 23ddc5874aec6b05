import type { Logger } from '@gantry/runtime/port';
import type { RunCommand } from './command.ts';

const set = (run: RunCommand, key: string, value: number): Promise<string> =>
  run(['sysctl', '-q', '-w', `${key}=${value}`]);

export interface NodeNetwork {
  /** Node ports may answer on 127.0.0.1. */
  readonly loopback: boolean;
  /** Packets between two pods of the bridge pass the rules. */
  readonly bridgeNetfilter: boolean;
}

/** Kernel settings that the rules need; what can't be set is said and worked around. */
export async function prepareNode(run: RunCommand, log: Logger): Promise<NodeNetwork> {
  const attempt = async (what: string, action: () => Promise<unknown>): Promise<boolean> => {
    try {
      await action();
      return true;
    } catch (error) {
      log.warn({ error: String(error) }, what);
      return false;
    }
  };
  await attempt('could not turn on IPv4 forwarding; pods will not reach Services', () =>
    set(run, 'net.ipv4.ip_forward', 1),
  );
  const loopback = await attempt('node ports will not answer on 127.0.0.1', () =>
    set(run, 'net.ipv4.conf.all.route_localnet', 1),
  );
  const bridgeNetfilter = await attempt(
    'no bridge netfilter: connections between pods of this node through a Service show the node as their source',
    () => set(run, 'net.bridge.bridge-nf-call-iptables', 1),
  );
  return { loopback, bridgeNetfilter };
}

/** Undoes `prepareNode` where leaving it would open something: without our rules 127/8 would be reachable from outside. */
export async function restoreNode(run: RunCommand): Promise<void> {
  await set(run, 'net.ipv4.conf.all.route_localnet', 0).catch(() => '');
}

/**
 * Routes the service range to the pods' bridge, so that a packet that no rule translated dies there instead of leaving by
 * the default route, and host processes reach Services without a default route. Throws while the bridge is missing.
 */
export async function routeServiceRange(run: RunCommand, serviceCidr: string, bridge: string): Promise<void> {
  await set(run, `net.ipv4.conf.${bridge}.send_redirects`, 0);
  await run(['ip', 'route', 'replace', serviceCidr, 'dev', bridge]);
}
