import type { Duplex } from 'node:stream';
import type { AuditSubject } from '../audit/event.ts';
import { sourceIps } from '../audit/source-ips.ts';
import type { AuditTrail } from '../audit/trail.ts';
import type { HttpResponse } from '../handler.ts';
import type { RequestAttributes, UserInfo } from '../request.ts';
import type { Call } from './server.ts';

/** A call as audit sees it. */
export function auditSubject(
  call: Call,
  user: UserInfo | undefined,
  attributes: RequestAttributes,
): AuditSubject {
  const { headers } = call.authentication;
  const agent = headers['user-agent'];
  return {
    auditId: call.auditId,
    uri: call.url,
    userAgent: typeof agent === 'string' ? agent : '',
    sourceIps: sourceIps(headers, call.remoteAddress),
    user,
    attributes,
    received: Date.now(),
  };
}

/** Watches an answer that a handler writes itself: its headers, and its end. */
export function auditResponse(trail: AuditTrail, response: HttpResponse): void {
  const target = response as unknown as { writeHead(...args: unknown[]): unknown };
  const writeHead = target.writeHead.bind(response);
  target.writeHead = (...args: unknown[]) => {
    trail.started(Number(args[0]));
    return writeHead(...args);
  };
  response.on('close', () => {
    if (response.headersSent) trail.started(response.statusCode);
    trail.ended();
  });
}

/** The same for a connection that was taken over. */
export function auditUpgrade(trail: AuditTrail, socket: Duplex): void {
  trail.started(101);
  if (socket.closed) trail.ended();
  else socket.once('close', () => trail.ended());
}
