import type { ReactNode } from 'react';
import type { Tone } from '../../lib/tones.ts';
import { toFailure } from '../../lib/trpc.ts';
import { ToneIcon } from './status.tsx';

const EDGES: Readonly<Record<Tone, string>> = {
  ok: 'border-ok bg-ok-soft',
  drift: 'border-drift bg-drift-soft',
  broken: 'border-broken bg-broken-soft',
  busy: 'border-busy bg-busy-soft',
  idle: 'border-line-strong bg-idle-soft',
};

/** A remark that stands in the page. */
export function Notice({
  tone,
  title,
  children,
  role,
}: {
  readonly tone: Tone;
  readonly title: string;
  readonly children?: ReactNode;
  readonly role?: 'alert' | 'status';
}) {
  return (
    <div role={role} className={`flex gap-2 rounded-md border-l-4 px-3 py-2 ${EDGES[tone]}`}>
      <ToneIcon tone={tone} className="mt-[3px]" />
      <div className="min-w-0 flex-1">
        <p className="font-medium break-words">{title}</p>
        {children === undefined ? null : <div className="mt-1 break-words">{children}</div>}
      </div>
    </div>
  );
}

/** Nothing to show, and what to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-1 px-4 py-12 text-center">
      <p className="text-md font-medium">{title}</p>
      {children === undefined ? null : <div className="max-w-xl text-muted">{children}</div>}
    </div>
  );
}

const HELP: Readonly<Record<string, string>> = {
  FORBIDDEN: 'Ask an administrator for a Role that allows it, or switch to a namespace that you may read.',
  NOT_FOUND: 'It may have been deleted meanwhile, or the address has a mistake.',
  UNREACHABLE: 'The console tries again by itself. If it stays so, look at gantry status on the machine.',
  UNAUTHORIZED: 'The session has ended: sign in again.',
};

/** Why something could not be shown, in the server's words, and what to do. */
export function Trouble({ error, what }: { readonly error: unknown; readonly what: string }) {
  const { code, message } = toFailure(error);
  return (
    <Notice tone="broken" role="alert" title={`${what} could not be read`}>
      <p>{message}</p>
      <p className="text-muted">
        {HELP[code] ?? 'Try again; if it stays so, the log of the apiserver says more.'}
      </p>
    </Notice>
  );
}

/** Grey lines in the place of what is still on its way. */
export function Skeleton({ lines = 4 }: { readonly lines?: number }) {
  return (
    <div aria-hidden className="flex flex-col gap-2 py-1">
      {Array.from({ length: lines }, (_, index) => (
        <div
          key={`line-${index.toString()}`}
          className="hatched h-4 rounded-sm"
          style={{ width: `${90 - ((index * 17) % 45)}%` }}
        />
      ))}
    </div>
  );
}
