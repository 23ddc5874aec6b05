import { createHmac, randomUUID } from 'node:crypto';
import type { Application } from '@gantry/api/generated/types';
import { refOf } from '../ledger/record.ts';
import type { Transition } from '../ledger/transitions.ts';

/** What is posted, and with which headers. */
export interface Payload {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The body of a notification, signed when there is a shared secret. */
export function payloadOf(
  application: Application,
  { notify = 'Synced', message, commit, durationMs }: Transition,
  secret: Buffer | undefined,
  now: Date,
): Payload {
  const { metadata, spec, status } = application;
  const { message: commitMessage, user } = status?.history?.find((one) => one.commit === commit) ?? {};
  const body = JSON.stringify({
    event: notify,
    time: now.toISOString(),
    application: { namespace: metadata.namespace, name: metadata.name },
    repository: spec.source.repository,
    ref: refOf(application),
    commit,
    ...(commitMessage === undefined ? {} : { commitMessage }),
    ...(user === undefined ? {} : { user }),
    sync: status?.sync ?? 'Unknown',
    health: status?.health ?? 'Unknown',
    message,
    ...(durationMs === undefined ? {} : { durationMs }),
  });
  const signature =
    secret === undefined
      ? {}
      : { 'x-gantry-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` };
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'gantry',
      'x-gantry-event': notify,
      'x-gantry-delivery': randomUUID(),
      ...signature,
    },
  };
}
