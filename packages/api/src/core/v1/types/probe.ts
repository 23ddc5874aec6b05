import { array, int32, int64, intOrString, ref, string, struct } from '../../../schema/dsl.ts';

export const TCPSocketAction = struct('io.k8s.api.core.v1.TCPSocketAction', {
  host: string(),
  port: intOrString({ required: true, byValue: false }),
});

export const HTTPHeader = struct('io.k8s.api.core.v1.HTTPHeader', {
  name: string({ required: true }),
  value: string({ required: true }),
});

export const HTTPGetAction = struct('io.k8s.api.core.v1.HTTPGetAction', {
  host: string(),
  httpHeaders: array(
    ref(() => HTTPHeader),
    { listType: 'atomic' },
  ),
  path: string({ default: '/' }),
  port: intOrString({ required: true, byValue: false }),
  scheme: string({ default: 'HTTP' }),
});

export const ExecAction = struct('io.k8s.api.core.v1.ExecAction', {
  command: array(string(), { listType: 'atomic' }),
});

export const GRPCAction = struct('io.k8s.api.core.v1.GRPCAction', {
  port: int32({ required: true }),
  service: string({ default: '', published: '' }),
});

export const SleepAction = struct('io.k8s.api.core.v1.SleepAction', {
  seconds: int64({ required: true }),
});

export const LifecycleHandler = struct('io.k8s.api.core.v1.LifecycleHandler', {
  exec: ref(() => ExecAction),
  httpGet: ref(() => HTTPGetAction),
  sleep: ref(() => SleepAction),
  tcpSocket: ref(() => TCPSocketAction),
});

export const Lifecycle = struct('io.k8s.api.core.v1.Lifecycle', {
  postStart: ref(() => LifecycleHandler),
  preStop: ref(() => LifecycleHandler),
  stopSignal: string(),
});

export const Probe = struct(
  'io.k8s.api.core.v1.Probe',
  {
    exec: ref(() => ExecAction, { description: 'A command; success is exit code 0.' }),
    failureThreshold: int32({ default: 3, description: 'Failures in a row that count.' }),
    grpc: ref(() => GRPCAction, { description: 'A gRPC health check.' }),
    httpGet: ref(() => HTTPGetAction, { description: 'An HTTP request; success is 200 to 399.' }),
    initialDelaySeconds: int32({ description: 'Seconds before the first check.' }),
    periodSeconds: int32({ default: 10, description: 'Seconds between checks.' }),
    successThreshold: int32({ default: 1, description: 'Successes in a row that count.' }),
    tcpSocket: ref(() => TCPSocketAction, { description: 'A TCP connection; success is that it opens.' }),
    terminationGracePeriodSeconds: int64({ description: 'Grace period when this probe ends the container.' }),
    timeoutSeconds: int32({ default: 1, description: 'Seconds after which a check has failed.' }),
  },
  { description: 'A check of a container, made again and again.' },
);
