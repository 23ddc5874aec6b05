import { expect, test } from 'vitest';
import { askUdp } from '../dns/exchange.ts';

test('an upstream that the kernel refuses to connect to rejects, and does not end the process', async () => {
  // Broadcast without leave to: EACCES from connect, as a blackhole route gives EINVAL.
  const broadcast = { address: '255.255.255.255', port: 53 };
  await expect(askUdp(broadcast, { name: 'example.com', type: 'A' } as never, 1_000)).rejects.toMatchObject({
    code: 'EACCES',
  });
});
