import { TypedLocalObjectReference } from '../../core/v1/types/persistent-volume-claim-spec.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, ref, string, struct } from '../../schema/dsl.ts';
import { ingressRules } from './ingress-rules.ts';
import { ingressColumns } from './networking-columns.ts';

export const ServiceBackendPort = struct(
  'io.k8s.api.networking.v1.ServiceBackendPort',
  {
    name: string({ description: 'Name of the port.' }),
    number: int32({ description: 'Number of the port.' }),
  },
  { mapType: 'atomic', description: 'A port of a Service; one of the two is set.' },
);

export const IngressServiceBackend = struct(
  'io.k8s.api.networking.v1.IngressServiceBackend',
  {
    name: string({ required: true, description: 'Name of the Service.' }),
    port: ref(() => ServiceBackendPort, { byValue: true, description: 'Port of the Service.' }),
  },
  { description: 'A port of a Service.' },
);

export const IngressBackend = struct(
  'io.k8s.api.networking.v1.IngressBackend',
  {
    resource: ref(() => TypedLocalObjectReference, {
      description: 'An object in the namespace of the Ingress.',
    }),
    service: ref(() => IngressServiceBackend, { description: 'A Service in the namespace of the Ingress.' }),
  },
  { description: 'Where requests go; one of the two is set.' },
);

export const HTTPIngressPath = struct(
  'io.k8s.api.networking.v1.HTTPIngressPath',
  {
    backend: ref(() => IngressBackend, { required: true, description: 'Where requests go.' }),
    path: string({ description: 'Path to match; begins with / for Exact and Prefix.' }),
    pathType: string({
      required: true,
      published: null,
      description:
        'Exact: the whole path; Prefix: its first parts between slashes; ImplementationSpecific: up to the controller.',
    }),
  },
  { description: 'One path of a host and where it leads.' },
);

export const IngressPortStatus = struct(
  'io.k8s.api.networking.v1.IngressPortStatus',
  {
    error: string({
      description: 'What is wrong with the port, as one word or domain/word. Unset: nothing.',
    }),
    port: int32({ required: true, description: 'Port number.' }),
    protocol: string({ required: true, description: 'TCP, UDP or SCTP.' }),
  },
  { description: 'State of a port of a load balancer.' },
);

export const IngressLoadBalancerIngress = struct(
  'io.k8s.api.networking.v1.IngressLoadBalancerIngress',
  {
    hostname: string({ description: 'Host name, of balancers that go by name.' }),
    ip: string({ description: 'Address, of balancers that go by address.' }),
    ports: array(
      ref(() => IngressPortStatus),
      { listType: 'atomic', description: 'State of the ports.' },
    ),
  },
  { description: 'An address of a load balancer.' },
);

export const IngressLoadBalancerStatus = struct(
  'io.k8s.api.networking.v1.IngressLoadBalancerStatus',
  {
    ingress: array(
      ref(() => IngressLoadBalancerIngress),
      { listType: 'atomic', description: 'Addresses to send traffic to.' },
    ),
  },
  { description: 'State of a load balancer.' },
);

export const IngressStatus = struct(
  'io.k8s.api.networking.v1.IngressStatus',
  {
    loadBalancer: ref(() => IngressLoadBalancerStatus, {
      default: {},
      byValue: true,
      description: 'Addresses of the load balancer.',
    }),
  },
  { description: 'What was last seen of an Ingress.' },
);

export const HTTPIngressRuleValue = struct(
  'io.k8s.api.networking.v1.HTTPIngressRuleValue',
  {
    paths: array(
      ref(() => HTTPIngressPath),
      {
        required: true,
        listType: 'atomic',
        description: 'The paths. The longest match wins, and Exact before Prefix.',
      },
    ),
  },
  { description: 'Paths of a host.' },
);

export const IngressRule = struct(
  'io.k8s.api.networking.v1.IngressRule',
  {
    host: string({ description: 'Host name, or *. before a domain for one more label. Unset: all hosts.' }),
    http: ref(() => HTTPIngressRuleValue, {
      description: 'Paths of the host. Unset: all requests go to the default backend.',
    }),
  },
  { description: 'Where the requests for one host lead.' },
);

export const IngressTLS = struct(
  'io.k8s.api.networking.v1.IngressTLS',
  {
    hosts: array(string(), {
      listType: 'atomic',
      description: 'Hosts of the certificate. Unset: those that the controller takes from it.',
    }),
    secretName: string({
      description:
        'Secret of type kubernetes.io/tls with key and certificate. Unset: TLS is passed through by host name.',
    }),
  },
  { description: 'A certificate for some hosts.' },
);

export const IngressSpec = struct(
  'io.k8s.api.networking.v1.IngressSpec',
  {
    defaultBackend: ref(() => IngressBackend, {
      description: 'Where requests go that no rule matches. Needed when there are no rules.',
    }),
    ingressClassName: string({
      description: 'Name of the IngressClass. Unset: the default class, if there is one.',
    }),
    rules: array(
      ref(() => IngressRule),
      {
        listType: 'atomic',
        description: 'Where requests lead, by host and path. Empty: all to defaultBackend.',
      },
    ),
    tls: array(
      ref(() => IngressTLS),
      { listType: 'atomic', description: 'Certificates by host. Empty: no TLS.' },
    ),
  },
  { description: 'What an Ingress should bring about.' },
);

export const Ingress = struct(
  'io.k8s.api.networking.v1.Ingress',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => IngressSpec, { description: 'Wanted state: hosts, paths and where they lead.' }),
    status: ref(() => IngressStatus, {
      default: {},
      description: 'Seen state: addresses of the load balancer.',
    }),
  },
  { description: 'Leads HTTP requests from outside to Services.' },
);

export const ingress = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'Ingress',
  plural: 'ingresses',
  singular: 'ingress',
  namespaced: true,
  shortNames: ['ing'],
  type: Ingress,
  subresources: {
    status: true,
  },
  rules: ingressRules,
  columns: ingressColumns,
});
