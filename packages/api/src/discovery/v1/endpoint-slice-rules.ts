import { isIP } from 'node:net';
import { duplicate, invalid, notSupported, required, tooMany } from '@gantry/machinery/field-error';
import { validateLabels } from '@gantry/machinery/object-meta';
import {
  isDNS1123Label,
  isDNS1123Subdomain,
  isLabelValue,
  isQualifiedName,
} from '@gantry/machinery/validation';
import type { Endpoint, EndpointHints, EndpointSlice, EndpointSlicePort } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { addressWarnings } from '../../validation/address-warnings.ts';
import { check, type Errors, validIP } from '../../validation/common.ts';
import { validateEndpointIP } from '../../validation/endpoint-address.ts';

const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const MAX_ENDPOINTS = 1000;
const MAX_ADDRESSES = 100;
const MAX_PORTS = 20_000;
const MAX_HINTS = 8;
const MAX_TOPOLOGY_LABELS = 16;

const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const CONTROLLERS = ['endpointslice-controller.k8s.io', 'endpointslicemirroring-controller.k8s.io'];

export const endpointSliceRules: KindRules<EndpointSlice> = {
  warnings({ metadata, addressType, endpoints = [] }) {
    const warnings = addressType === 'FQDN' ? ['spec.addressType: FQDN endpoints are deprecated'] : [];
    if (CONTROLLERS.includes(metadata.labels?.[MANAGED_BY] ?? '')) return warnings;
    for (const [index, { addresses = [] }] of endpoints.entries())
      for (const [number, address] of addresses.entries())
        warnings.push(...addressWarnings(address, `endpoints[${index}].addresses[${number}]`));
    return warnings;
  },
  prepareForCreate({ endpoints = [] }) {
    // Older servers kept it; writing it has no effect.
    for (const endpoint of endpoints) delete endpoint.deprecatedTopology;
  },
  prepareForUpdate({ endpoints = [] }, old) {
    if (semanticEqual(endpoints, old.endpoints ?? [])) return;
    for (const endpoint of endpoints) delete endpoint.deprecatedTopology;
  },
  validate(slice, _context, old) {
    const errors: Errors = [];
    const { addressType, endpoints = [] } = slice;
    if (!addressType) errors.push(required('addressType'));
    else if (!ADDRESS_TYPES.includes(addressType))
      errors.push(notSupported('addressType', addressType, ADDRESS_TYPES));
    validatePorts(slice.ports ?? [], errors);
    const found: Errors = [];
    if (endpoints.length > MAX_ENDPOINTS) found.push(tooMany('endpoints', endpoints.length, MAX_ENDPOINTS));
    else
      for (const [index, endpoint] of endpoints.entries())
        validateEndpoint(endpoint, addressType, `endpoints[${index}]`, found);
    // What older servers took may stay.
    if (found.length > 0 && (old === undefined || !semanticEqual(endpoints, old.endpoints)))
      errors.push(...found);
    return errors;
  },
  validateUpdate: (slice, old) =>
    slice.addressType === old.addressType
      ? []
      : [invalid('addressType', slice.addressType, 'field is immutable')],
};

function validateEndpoint(endpoint: Endpoint, type: string, path: string, errors: Errors): void {
  const { addresses = [], nodeName, hostname, deprecatedTopology: topology = {}, hints } = endpoint;
  const at = `${path}.addresses`;
  if (addresses.length === 0) errors.push(required(at, 'must contain at least 1 address'));
  else if (addresses.length > MAX_ADDRESSES) errors.push(tooMany(at, addresses.length, MAX_ADDRESSES));
  for (const [index, address] of addresses.entries()) validateAddress(address, type, at, index, errors);
  if (nodeName !== undefined) check(isDNS1123Subdomain(nodeName), `${path}.nodeName`, nodeName, errors);
  const labels = Object.keys(topology).length;
  if (labels > MAX_TOPOLOGY_LABELS)
    errors.push(tooMany(`${path}.deprecatedTopology`, labels, MAX_TOPOLOGY_LABELS));
  errors.push(...validateLabels(topology, `${path}.deprecatedTopology`));
  if (hostname !== undefined) check(isDNS1123Label(hostname), `${path}.hostname`, hostname, errors);
  if (hints !== undefined) validateHints(hints, `${path}.hints`, errors);
}

function validateAddress(address: string, type: string, path: string, index: number, errors: Errors): void {
  const at = `${path}[${index}]`;
  if (type === 'FQDN') {
    validateDomainName(address, at, errors);
    return;
  }
  if (type !== 'IPv4' && type !== 'IPv6') return;
  const before = errors.length;
  validIP(address, at, errors);
  if (errors.length > before) return;
  if (`IPv${isIP(address)}` !== type) errors.push(invalid(path, address, `must be an ${type} address`));
  validateEndpointIP(address, at, errors);
}

function validateDomainName(name: string, path: string, errors: Errors): void {
  if (name === '') {
    errors.push(required(path));
    return;
  }
  const plain = name.replace(/\.$/, '');
  const reasons = isDNS1123Subdomain(plain);
  if (reasons.length > 0) errors.push(invalid(path, plain, reasons.join(',')));
  else if (!plain.includes('.'))
    errors.push(invalid(path, plain, 'should be a domain with at least two segments separated by dots'));
}

function validatePorts(ports: readonly EndpointSlicePort[], errors: Errors): void {
  if (ports.length > MAX_PORTS) {
    errors.push(tooMany('ports', ports.length, MAX_PORTS));
    return;
  }
  const names = new Set<string>();
  for (const [index, { name = '', protocol, appProtocol }] of ports.entries()) {
    const at = `ports[${index}]`;
    if (name !== '') check(isDNS1123Label(name), `${at}.name`, name, errors);
    if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
    names.add(name);
    if (protocol === undefined) errors.push(required(`${at}.protocol`));
    else if (!PROTOCOLS.includes(protocol)) errors.push(notSupported(`${at}.protocol`, protocol, PROTOCOLS));
    if (appProtocol !== undefined)
      check(isQualifiedName(appProtocol), `${at}.appProtocol`, appProtocol, errors);
  }
}

function validateHints(hints: EndpointHints, path: string, errors: Errors): void {
  for (const [field, rule] of [
    ['forZones', isLabelValue],
    ['forNodes', isDNS1123Subdomain],
  ] as const) {
    const list = hints[field] ?? [];
    if (list.length > MAX_HINTS) {
      errors.push(tooMany(`${path}.${field}`, list.length, MAX_HINTS));
      return;
    }
    const names = new Set<string>();
    for (const [index, { name }] of list.entries()) {
      const at = `${path}.${field}[${index}].name`;
      if (names.has(name)) errors.push(duplicate(at, name));
      names.add(name);
      check(rule(name), at, name, errors);
    }
  }
}
