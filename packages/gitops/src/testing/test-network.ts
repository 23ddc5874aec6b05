import { Network } from '../git/network.ts';

/** May reach the servers of tests, which are all on this machine. */
export const testNetwork = (): Network => new Network({ allowed: ['127.0.0.0/8', '::1'], env: {} });
