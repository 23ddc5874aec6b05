import { array, int32, int64, intOrString, ref, string, struct } from '../../../schema/dsl.ts';

export const TCPSocketAction = struct(
  'io.k8s.api.core.v1.TCPSocketAction',
  {
    host: string({ description: 'Host to connect to. Default: the address of the pod.' }),
    port: intOrString({
      required: true,
      byValue: false,
      description: 'Port number, 1 to 65535, or name of a port of the container.',
    }),
  },
  { description: 'A TCP connection. An open port is success.' },
);

export const HTTPHeader = struct(
  'io.k8s.api.core.v1.HTTPHeader',
  {
    name: string({ required: true, description: 'Name of the header.' }),
    value: string({ required: true, description: 'Value of the header.' }),
  },
  { description: 'One header of a request.' },
);

export const HTTPGetAction = struct(
  'io.k8s.api.core.v1.HTTPGetAction',
  {
    host: string({
      description:
        'Host to connect to. Default: the address of the pod. Set the header Host for another host name.',
    }),
    httpHeaders: array(
      ref(() => HTTPHeader),
      { listType: 'atomic', description: 'Headers of the request; a name may come more than once.' },
    ),
    path: string({ default: '/', description: 'Path of the request. Default: /.' }),
    port: intOrString({
      required: true,
      byValue: false,
      description: 'Port number, 1 to 65535, or name of a port of the container.',
    }),
    scheme: string({
      default: 'HTTP',
      description: 'HTTP or HTTPS, without a check of the certificate. Default: HTTP.',
    }),
  },
  { description: 'An HTTP GET request. Status 200 to 399 is success.' },
);

export const ExecAction = struct(
  'io.k8s.api.core.v1.ExecAction',
  {
    command: array(string(), {
      listType: 'atomic',
      description: 'Program and arguments, run without a shell. Exit code 0 is success.',
    }),
  },
  { description: 'A command run in the container.' },
);

export const GRPCAction = struct(
  'io.k8s.api.core.v1.GRPCAction',
  {
    port: int32({ required: true, description: 'Port number of the server, 1 to 65535.' }),
    service: string({
      default: '',
      published: '',
      description: 'Name of the service to ask about. Default: empty, the server as a whole.',
    }),
  },
  { description: 'A call of the gRPC health service. SERVING is success.' },
);

export const SleepAction = struct(
  'io.k8s.api.core.v1.SleepAction',
  {
    seconds: int64({ required: true, description: 'Seconds to wait; at most the grace period of the pod.' }),
  },
  { description: 'A pause.' },
);

export const LifecycleHandler = struct(
  'io.k8s.api.core.v1.LifecycleHandler',
  {
    exec: ref(() => ExecAction, { description: 'Runs a command in the container.' }),
    httpGet: ref(() => HTTPGetAction, { description: 'Sends an HTTP GET request.' }),
    sleep: ref(() => SleepAction, { description: 'Waits.' }),
    tcpSocket: ref(() => TCPSocketAction, {
      description: 'Accepted for old manifests; it fails when it is run.',
    }),
  },
  { description: 'One action; exactly one field is set.' },
);

export const Lifecycle = struct(
  'io.k8s.api.core.v1.Lifecycle',
  {
    postStart: ref(() => LifecycleHandler, {
      description:
        'Runs right after the start. When it fails, the container is killed and treated by its restart policy.',
    }),
    preStop: ref(() => LifecycleHandler, {
      description:
        'Runs before the container is stopped, within the grace period of the pod. Not run when the program ends by itself.',
    }),
    stopSignal: string({
      description:
        'Signal that asks the program to stop. Needs spec.os.name. Default: that of the image, else SIGTERM.',
    }),
  },
  { description: 'Actions after a container started and before it stops.' },
);

export const Probe = struct(
  'io.k8s.api.core.v1.Probe',
  {
    exec: ref(() => ExecAction, { description: 'Runs a command in the container. Exit code 0 is success.' }),
    failureThreshold: int32({
      default: 3,
      description: 'Failures in a row after which the probe has failed. Default: 3.',
    }),
    grpc: ref(() => GRPCAction, { description: 'Calls the gRPC health service. SERVING is success.' }),
    httpGet: ref(() => HTTPGetAction, {
      description: 'Sends an HTTP GET request. Status 200 to 399 is success.',
    }),
    initialDelaySeconds: int32({
      description: 'Seconds between the start of the container and the first check. Default: 0.',
    }),
    periodSeconds: int32({ default: 10, description: 'Seconds between checks. Default: 10.' }),
    successThreshold: int32({
      default: 1,
      description:
        'Successes in a row after which the probe succeeds; 1 for liveness and startup. Default: 1.',
    }),
    tcpSocket: ref(() => TCPSocketAction, {
      description: 'Opens a TCP connection. An open port is success.',
    }),
    terminationGracePeriodSeconds: int64({
      description: 'Grace period when this probe ends the container. Unset: that of the pod.',
    }),
    timeoutSeconds: int32({ default: 1, description: 'Seconds after which a check has failed. Default: 1.' }),
  },
  { description: 'A check of a container, made again and again.' },
);
