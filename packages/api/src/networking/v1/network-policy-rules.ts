import { forbidden, invalid, notSupportedInOrder, required } from '@gantry/machinery/field-error';
import { cidrContains, parseCidr } from '@gantry/machinery/ip';
import { isPortName, isPortNumber } from '@gantry/machinery/validation';
import type { IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { rangeWarnings } from '../../validation/address-warnings.ts';
import { check, type Errors, validateLabelSelector, validCIDR } from '../../validation/common.ts';

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

export const networkPolicyRules: KindRules<NetworkPolicy> = {
  defaults(policy) {
    const { spec } = policy;
    if ((spec.policyTypes ?? []).length > 0) return;
    spec.policyTypes = (spec.egress ?? []).length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
  },
  warnings: ({ spec }) => [
    ...(spec.ingress ?? []).flatMap(({ from }, index) => blockWarnings(from, `spec.ingress[${index}].from`)),
    ...(spec.egress ?? []).flatMap(({ to }, index) => blockWarnings(to, `spec.egress[${index}].to`)),
  ],
  validate(policy) {
    const errors: Errors = [];
    const { spec } = policy;
    validateLabelSelector(spec.podSelector, 'spec.podSelector', errors);
    for (const [index, rule] of (spec.ingress ?? []).entries())
      validateRule(rule.ports, rule.from, `spec.ingress[${index}]`, 'from', errors);
    for (const [index, rule] of (spec.egress ?? []).entries())
      validateRule(rule.ports, rule.to, `spec.egress[${index}]`, 'to', errors);
    const types = spec.policyTypes ?? [];
    if (types.length > 2) {
      errors.push(invalid('spec.policyTypes', types, 'may not specify more than two policyTypes'));
      return errors;
    }
    for (const [index, type] of types.entries())
      if (type !== 'Ingress' && type !== 'Egress')
        errors.push(notSupportedInOrder(`spec.policyTypes[${index}]`, type, ['Ingress', 'Egress']));
    return errors;
  },
};

const blockWarnings = (peers: readonly NetworkPolicyPeer[] | undefined, path: string): string[] =>
  (peers ?? []).flatMap(({ ipBlock }, index) => [
    ...(ipBlock === undefined ? [] : rangeWarnings(ipBlock.cidr, `${path}[${index}].ipBlock.cidr`)),
    ...(ipBlock?.except ?? []).flatMap((range, number) =>
      rangeWarnings(range, `${path}[${index}].ipBlock.except[${number}]`),
    ),
  ]);

function validateRule(
  ports: readonly NetworkPolicyPort[] | undefined,
  peers: readonly NetworkPolicyPeer[] | undefined,
  path: string,
  direction: 'from' | 'to',
  errors: Errors,
): void {
  for (const [index, port] of (ports ?? []).entries()) validatePort(port, `${path}.ports[${index}]`, errors);
  for (const [index, peer] of (peers ?? []).entries())
    validatePeer(peer, `${path}.${direction}[${index}]`, errors);
}

function validatePort(port: NetworkPolicyPort, path: string, errors: Errors): void {
  if (port.protocol !== undefined && !PROTOCOLS.includes(port.protocol))
    errors.push(notSupportedInOrder(`${path}.protocol`, port.protocol, PROTOCOLS));
  const { endPort } = port;
  if (typeof port.port === 'number') {
    check(isPortNumber(port.port), `${path}.port`, port.port, errors);
    if (endPort === undefined) return;
    if (endPort < port.port)
      errors.push(invalid(`${path}.endPort`, port.port, 'must be greater than or equal to `port`'));
    check(isPortNumber(endPort), `${path}.endPort`, endPort, errors);
    return;
  }
  if (endPort !== undefined)
    errors.push(
      invalid(
        `${path}.endPort`,
        endPort,
        `may not be specified when \`port\` is ${port.port === undefined ? 'not specified' : 'non-numeric'}`,
      ),
    );
  if (port.port !== undefined) check(isPortName(port.port), `${path}.port`, port.port, errors);
}

function validatePeer(peer: NetworkPolicyPeer, path: string, errors: Errors): void {
  const selectors = [peer.podSelector, peer.namespaceSelector].filter((one) => one !== undefined).length;
  validateLabelSelector(peer.podSelector, `${path}.podSelector`, errors);
  validateLabelSelector(peer.namespaceSelector, `${path}.namespaceSelector`, errors);
  if (peer.ipBlock === undefined) {
    if (selectors === 0) errors.push(required(path, 'must specify a peer'));
    return;
  }
  validateBlock(peer.ipBlock, `${path}.ipBlock`, errors);
  if (selectors > 0) errors.push(forbidden(path, 'may not specify both ipBlock and another peer'));
}

function validateBlock({ cidr, except = [] }: IPBlock, path: string, errors: Errors): void {
  if (!cidr) {
    errors.push(required(`${path}.cidr`));
    return;
  }
  validCIDR(cidr, `${path}.cidr`, errors);
  const block = parseCidr(cidr);
  if (block === undefined) return;
  for (const [index, text] of except.entries()) {
    const at = `${path}.except[${index}]`;
    validCIDR(text, at, errors);
    const one = parseCidr(text);
    if (one !== undefined && !(cidrContains(block, one) && block.prefix < one.prefix))
      errors.push(invalid(at, text, 'must be a strict subset of `cidr`'));
  }
}
