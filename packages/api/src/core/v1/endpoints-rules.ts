import { notSupported, required } from '@gantry/machinery/field-error';
import {
  isDNS1123Label,
  isDNS1123Subdomain,
  isPortNumber,
  isQualifiedName,
} from '@gantry/machinery/validation';
import type { EndpointAddress, EndpointPort, EndpointSubset, Endpoints } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { check, type Errors, validIP } from '../../validation/common.ts';
import { validateEndpointIP } from '../../validation/endpoint-address.ts';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

export const endpointsRules: KindRules<Endpoints> = {
  validate(endpoints, _context, old) {
    const errors: Errors = [];
    for (const [index, subset] of (endpoints.subsets ?? []).entries())
      validateSubset(subset, `subsets[${index}]`, errors);
    // What older servers took may stay.
    return errors.length > 0 && old !== undefined && semanticEqual(endpoints.subsets, old.subsets)
      ? []
      : errors;
  },
};

function validateSubset(subset: EndpointSubset, path: string, errors: Errors): void {
  const { addresses = [], notReadyAddresses = [], ports = [] } = subset;
  if (addresses.length === 0 && notReadyAddresses.length === 0)
    errors.push(required(path, 'must specify `addresses` or `notReadyAddresses`'));
  for (const [index, address] of addresses.entries())
    validateAddress(address, `${path}.addresses[${index}]`, errors);
  for (const [index, address] of notReadyAddresses.entries())
    validateAddress(address, `${path}.notReadyAddresses[${index}]`, errors);
  for (const [index, port] of ports.entries())
    validatePort(port, ports.length > 1, `${path}.ports[${index}]`, errors);
}

function validateAddress(address: EndpointAddress, path: string, errors: Errors): void {
  const { ip, hostname, nodeName } = address;
  validIP(ip, `${path}.ip`, errors);
  if (hostname) check(isDNS1123Label(hostname), `${path}.hostname`, hostname, errors);
  if (nodeName !== undefined) check(isDNS1123Subdomain(nodeName), `${path}.nodeName`, nodeName, errors);
  validateEndpointIP(ip, `${path}.ip`, errors);
}

function validatePort(port: EndpointPort, isNamed: boolean, path: string, errors: Errors): void {
  const { name = '', protocol = '', appProtocol } = port;
  if (name !== '') check(isDNS1123Label(name), `${path}.name`, name, errors);
  else if (isNamed) errors.push(required(`${path}.name`));
  check(isPortNumber(port.port), `${path}.port`, port.port, errors);
  if (protocol === '') errors.push(required(`${path}.protocol`));
  else if (!PROTOCOLS.includes(protocol)) errors.push(notSupported(`${path}.protocol`, protocol, PROTOCOLS));
  if (appProtocol !== undefined)
    check(isQualifiedName(appProtocol), `${path}.appProtocol`, appProtocol, errors);
}
