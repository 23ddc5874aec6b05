import { AddressRules } from '@gantry/gitops/git/address-rules';
import { expect, it } from 'vitest';
import { allowedFlags, ownAddresses } from './own-addresses.ts';

it("the sync may be sent to this machine's own servers, but not to where its credentials are", () => {
  const [, list = ''] = allowedFlags(ownAddresses());
  const rules = new AddressRules(list.split(','));
  for (const ip of ['127.0.0.1', '127.8.0.1', '::1', ...ownAddresses().slice(2)])
    expect(rules.refusalOf(ip, 3000), ip).toBeUndefined();
  for (const ip of ['169.254.169.254', 'fe80::1', '100.100.100.200'])
    expect(rules.refusalOf(ip, 80), ip).toContain('link-local');
  expect(allowedFlags([])).toEqual([]);
});
