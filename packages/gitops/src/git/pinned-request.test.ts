import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { testNetwork } from '../testing/test-network.ts';
import type { Network } from './network.ts';
import { pinnedRequest } from './pinned-request.ts';

test('what is connected to is what was checked: the name is not asked for again', async () => {
  const server = createServer((request, response) => response.end(request.headers.host));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    // Nobody else knows the name.
    const network = { route: async () => ({ ips: ['127.0.0.1'] }) } as unknown as Network;
    const url = new URL(`http://name.invalid:${port}/`);
    const response = await pinnedRequest(network, url, { timeoutMs: 20_000 });
    expect(Buffer.concat(await response.toArray()).toString()).toBe(`name.invalid:${port}`);
    await expect(pinnedRequest(testNetwork(), url, { timeoutMs: 20_000 })).rejects.toThrow('is not found');
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
