import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import type { Container, Probe } from '@gantry/api/generated/types';
import { type Cri, CriError } from '../cri/port.ts';
import { goDuration } from '../kubelet/backoff.ts';
import { probeGrpc } from './grpc.ts';

/** `error` = the probe itself could not run; it counts neither way. */
export interface ProbeResult {
  readonly outcome: 'success' | 'failure' | 'error';
  readonly output: string;
  /** A success that somebody should look at. */
  readonly warning?: string;
}

export interface ProbeTarget {
  readonly cri: Cri;
  readonly containerId: string;
  readonly container: Pick<Container, 'name' | 'ports'>;
  readonly podIp: string;
}

const OUTPUT_BYTES_MAX = 10 << 10;
const REDIRECTS_MAX = 10;

/** Runs a probe (or an HTTP or TCP hook) once. Never throws. */
export async function runProbe(probe: Probe, target: ProbeTarget): Promise<ProbeResult> {
  const timeoutMs = Math.max(1, probe.timeoutSeconds ?? 1) * 1000;
  try {
    if (probe.exec !== undefined) return await probeExec(probe.exec.command ?? [], target, timeoutMs);
    if (probe.httpGet !== undefined) return await probeHttp(probe.httpGet, target, timeoutMs);
    if (probe.tcpSocket !== undefined) {
      const host = probe.tcpSocket.host ?? target.podIp;
      return await probeTcp(host, portOf(probe.tcpSocket.port, target.container), timeoutMs);
    }
    if (probe.grpc !== undefined) {
      return await probeGrpc(`${target.podIp}:${probe.grpc.port}`, probe.grpc.service ?? '', timeoutMs);
    }
    return { outcome: 'error', output: `missing probe handler for ${target.container.name}` };
  } catch (error) {
    return { outcome: 'error', output: error instanceof Error ? error.message : String(error) };
  }
}

/** A number, or the name of one of the container's ports. Throws when there is none of that name. */
export function portOf(port: number | string, container: Pick<Container, 'ports'>): number {
  const named = container.ports?.find(({ name }) => name !== undefined && name === port);
  const number = named?.containerPort ?? Number(port);
  if (!Number.isInteger(number) || number <= 0 || number > 65_535)
    throw new Error(`invalid port number: ${port}`);
  return number;
}

async function probeExec(
  command: readonly string[],
  target: ProbeTarget,
  timeoutMs: number,
): Promise<ProbeResult> {
  try {
    const { stdout, stderr, exitCode } = await target.cri.execSync(
      target.containerId,
      command,
      timeoutMs / 1000,
    );
    const output = Buffer.concat([stdout, stderr]).subarray(0, OUTPUT_BYTES_MAX).toString('utf8');
    return { outcome: exitCode === 0 ? 'success' : 'failure', output };
  } catch (error) {
    if (error instanceof CriError && error.timedOut) {
      const text = `command timed out: ${JSON.stringify(command.join(' '))} timed out after ${goDuration(timeoutMs)}`;
      return { outcome: 'failure', output: text };
    }
    throw error;
  }
}

interface HttpAction {
  readonly host?: string;
  readonly path?: string;
  readonly port: number | string;
  readonly scheme?: string;
  readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[];
}

export async function probeHttp(
  action: HttpAction,
  target: ProbeTarget,
  timeoutMs: number,
): Promise<ProbeResult> {
  const scheme = (action.scheme ?? 'HTTP').toLowerCase();
  const host = action.host ?? target.podIp;
  const path = action.path ?? '/';
  const port = portOf(action.port, target.container);
  const authority = host.includes(':') ? `[${host}]` : host;
  const url = new URL(`${scheme}://${authority}:${port}${path.startsWith('/') ? '' : '/'}${path}`);
  const headers: Record<string, string> = {
    'user-agent': 'kube-probe/1.36',
    accept: '*/*',
    connection: 'close',
  };
  for (const { name, value } of action.httpHeaders ?? []) headers[name.toLowerCase()] = value;
  return await get(url, headers, timeoutMs, REDIRECTS_MAX);
}

function get(
  url: URL,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
  redirects: number,
): Promise<ProbeResult> {
  const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const shown = `Get "${url.protocol}//${url.host}${url.port === '' ? (url.protocol === 'https:' ? ':443' : ':80') : ''}${url.pathname}${url.search}"`;
  return new Promise((resolve) => {
    // A probe asks whether the container answers, not who it is.
    const request = start(url, { headers, rejectUnauthorized: false, agent: false }, (response) => {
      const status = response.statusCode ?? 0;
      const location = response.headers.location;
      if (status >= 300 && status < 400 && location !== undefined) {
        const next = URL.parse(location, url.href);
        if (next !== null && next.hostname === url.hostname) {
          response.resume();
          clearTimeout(timer);
          resolve(
            redirects > 0
              ? get(next, headers, timeoutMs, redirects - 1)
              : { outcome: 'failure', output: `${shown}: stopped after ${REDIRECTS_MAX} redirects` },
          );
          return;
        }
      }
      if (status >= 300 && status < 400) {
        startOf(response).then((body) => {
          clearTimeout(timer);
          resolve(notFollowed(body));
        });
        return;
      }
      response.resume();
      clearTimeout(timer);
      const isGood = status >= 200 && status < 300;
      resolve({
        outcome: isGood ? 'success' : 'failure',
        output: isGood ? '' : `HTTP probe failed with statuscode: ${status}`,
      });
    });
    const timer = setTimeout(() => {
      const output = `${shown}: context deadline exceeded (Client.Timeout exceeded while awaiting headers)`;
      resolve({ outcome: 'failure', output });
      request.destroy();
    }, timeoutMs);
    request.on('error', (error) => {
      clearTimeout(timer);
      resolve({
        outcome: 'failure',
        output: `${shown}: ${describeDial(error, url.hostname, Number(url.port))}`,
      });
    });
    request.end();
  });
}

const notFollowed = (body: string): ProbeResult => ({
  outcome: 'success',
  output: '',
  warning: `Probe terminated redirects, Response body: ${body}`,
});

/** As much of a body as is shown to people; what is missing at its end or at an error is left out. */
async function startOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size >= OUTPUT_BYTES_MAX) break;
    }
  } catch {
    // The probe has its answer by the status alone.
  }
  return Buffer.concat(chunks).subarray(0, OUTPUT_BYTES_MAX).toString('utf8');
}

export function probeTcp(host: string, port: number, timeoutMs: number): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (result: ProbeResult): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(
      () => finish({ outcome: 'failure', output: `dial tcp ${host}:${port}: i/o timeout` }),
      timeoutMs,
    );
    socket.on('connect', () => finish({ outcome: 'success', output: '' }));
    socket.on('error', (error) => finish({ outcome: 'failure', output: describeDial(error, host, port) }));
  });
}

function describeDial(error: Error, host: string, port: number): string {
  const code = 'code' in error ? error.code : undefined;
  const address = `${host}:${port === 0 ? 80 : port}`;
  if (code === 'ECONNREFUSED') return `dial tcp ${address}: connect: connection refused`;
  if (code === 'EHOSTUNREACH') return `dial tcp ${address}: connect: no route to host`;
  if (code === 'ECONNRESET') return 'EOF';
  return error.message;
}
