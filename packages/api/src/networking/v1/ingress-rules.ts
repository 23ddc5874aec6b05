import { isIP } from 'node:net';
import { invalid, notSupported, required } from '@gantry/machinery/field-error';
import {
  isDNS1123Label,
  isDNS1123Subdomain,
  isPathSegmentName,
  isPortName,
  isPortNumber,
  isWildcardDNS1123Subdomain,
} from '@gantry/machinery/validation';
import type { HTTPIngressPath, Ingress, IngressBackend, IngressRule } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { placeWarnings } from '../../validation/address-warnings.ts';
import { check, type Errors } from '../../validation/common.ts';
import { validateLoadBalancerPlaces } from '../../validation/load-balancer-status.ts';

const CLASS = 'kubernetes.io/ingress.class';
const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];
const BAD_SEQUENCES = ['//', '/./', '/../', '%2f', '%2F'];
const BAD_SUFFIXES = ['/..', '/.'];

export const ingressRules: KindRules<Ingress> = {
  warnings: ({ metadata, spec }, old) =>
    old === undefined && metadata.annotations?.[CLASS] !== undefined && spec.ingressClassName === undefined
      ? [`annotation "${CLASS}" is deprecated, please use 'spec.ingressClassName' instead`]
      : [],
  statusWarnings: ({ status }) => placeWarnings(status?.loadBalancer?.ingress ?? []),
  validateStatusUpdate(ingress, old) {
    const errors: Errors = [];
    const places = ingress.status?.loadBalancer?.ingress ?? [];
    validateLoadBalancerPlaces(places, old.status?.loadBalancer?.ingress ?? [], errors);
    return errors;
  },
  validate(ingress) {
    const errors: Errors = [];
    const { rules = [], defaultBackend, tls, ingressClassName } = ingress.spec;
    if (rules.length === 0 && defaultBackend === undefined)
      errors.push(invalid('spec', null, 'either `defaultBackend` or `rules` must be specified'));
    if (defaultBackend !== undefined) validateBackend(defaultBackend, 'spec.defaultBackend', errors);
    for (const [index, rule] of rules.entries()) validateRule(rule, `spec.rules[${index}]`, errors);
    for (const [index, one] of (tls ?? []).entries()) {
      const at = `spec.tls[${index}]`;
      for (const [number, host] of (one.hosts ?? []).entries())
        check(hostProblems(host), `${at}.hosts[${number}]`, host, errors);
      if (one.secretName)
        check(isDNS1123Subdomain(one.secretName), `${at}.secretName`, one.secretName, errors);
    }
    if (ingressClassName !== undefined)
      check(isDNS1123Subdomain(ingressClassName), 'spec.ingressClassName', ingressClassName, errors);
    const annotation = ingress.metadata.annotations?.[CLASS];
    const isCreate = ingress.metadata.resourceVersion === undefined;
    if (
      isCreate &&
      annotation !== undefined &&
      ingressClassName !== undefined &&
      annotation !== ingressClassName
    )
      errors.push(
        invalid(
          `metadata.annotations[${CLASS}]`,
          annotation,
          'must match `ingressClassName` when both are specified',
        ),
      );
    return errors;
  },
};

const hostProblems = (host: string): string[] =>
  host.includes('*') ? isWildcardDNS1123Subdomain(host) : isDNS1123Subdomain(host);

function validateRule(rule: IngressRule, path: string, errors: Errors): void {
  if (rule.host) {
    if (isIP(rule.host) !== 0)
      errors.push(invalid(`${path}.host`, rule.host, 'must be a DNS name, not an IP address'));
    check(hostProblems(rule.host), `${path}.host`, rule.host, errors);
  }
  if (rule.http === undefined) return;
  const paths = rule.http.paths ?? [];
  if (paths.length === 0) errors.push(required(`${path}.http.paths`));
  for (const [index, one] of paths.entries()) validatePath(one, `${path}.http.paths[${index}]`, errors);
}

function validatePath(one: HTTPIngressPath, path: string, errors: Errors): void {
  const text = one.path ?? '';
  if (one.pathType === undefined) {
    errors.push(required(`${path}.pathType`, 'pathType must be specified'));
    return;
  }
  if (one.pathType === 'Exact' || one.pathType === 'Prefix') {
    if (!text.startsWith('/')) errors.push(invalid(`${path}.path`, text, 'must be an absolute path'));
    for (const bad of BAD_SEQUENCES)
      if (text.includes(bad)) errors.push(invalid(`${path}.path`, text, `must not contain '${bad}'`));
    for (const bad of BAD_SUFFIXES)
      if (text.endsWith(bad)) errors.push(invalid(`${path}.path`, text, `cannot end with '${bad}'`));
  } else if (one.pathType === 'ImplementationSpecific') {
    if (text !== '' && !text.startsWith('/'))
      errors.push(invalid(`${path}.path`, text, 'must be an absolute path'));
  } else errors.push(notSupported(`${path}.pathType`, one.pathType, PATH_TYPES));
  validateBackend(one.backend ?? {}, `${path}.backend`, errors);
}

function validateBackend(backend: IngressBackend, path: string, errors: Errors): void {
  const { service, resource } = backend;
  if (service !== undefined && resource !== undefined) {
    errors.push(invalid(path, '', 'cannot set both resource and service backends'));
    return;
  }
  if (resource !== undefined) {
    if (resource.apiGroup !== undefined)
      check(isDNS1123Subdomain(resource.apiGroup), `${path}.resource.apiGroup`, resource.apiGroup, errors);
    for (const field of ['kind', 'name'] as const) {
      const value = resource[field];
      if (!value) errors.push(required(`${path}.resource.${field}`));
      else check(isPathSegmentName(value), `${path}.resource.${field}`, value, errors);
    }
    return;
  }
  if (service === undefined) {
    errors.push(invalid(path, '', 'resource or service backend is required'));
    return;
  }
  if (!service.name) errors.push(required(`${path}.service.name`));
  else check(isDNS1123Label(service.name), `${path}.service.name`, service.name, errors);
  const { name = '', number = 0 } = service.port ?? {};
  if (name !== '' && number !== 0) errors.push(invalid(path, '', 'cannot set both port name & port number'));
  else if (name !== '') check(isPortName(name), `${path}.service.port.name`, name, errors);
  else if (number !== 0) check(isPortNumber(number), `${path}.service.port.number`, number, errors);
  else errors.push(required(path, 'port name or number is required'));
}
