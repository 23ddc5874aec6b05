import { isIP } from 'node:net';
import { invalid, notSupported, required, tooMany } from '@gantry/machinery/field-error';
import type { EndpointSlice } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import type { Errors } from '../../validation/common.ts';

const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6'];
const MAX_ENDPOINTS = 1000;
const MAX_ADDRESSES = 100;

export const endpointSliceRules: KindRules<EndpointSlice> = {
  validate(slice) {
    const errors: Errors = [];
    const { addressType, endpoints = [] } = slice;
    if (!addressType) errors.push(required('addressType'));
    else if (!ADDRESS_TYPES.includes(addressType))
      errors.push(notSupported('addressType', addressType, ADDRESS_TYPES));
    if (endpoints.length > MAX_ENDPOINTS) errors.push(tooMany('endpoints', endpoints.length, MAX_ENDPOINTS));
    for (const [index, endpoint] of endpoints.entries()) {
      const at = `endpoints[${index}].addresses`;
      const addresses = endpoint.addresses ?? [];
      if (addresses.length === 0) errors.push(required(at, 'must contain at least 1 address'));
      else if (addresses.length > MAX_ADDRESSES) errors.push(tooMany(at, addresses.length, MAX_ADDRESSES));
      if (addressType !== 'IPv4' && addressType !== 'IPv6') continue;
      for (const [number, address] of addresses.entries())
        if (`IPv${isIP(address)}` !== addressType)
          errors.push(invalid(`${at}[${number}]`, address, `must be an ${addressType} address`));
    }
    return errors;
  },
  validateUpdate: (slice, old) =>
    slice.addressType === old.addressType
      ? []
      : [invalid('addressType', slice.addressType, 'field is immutable')],
};
