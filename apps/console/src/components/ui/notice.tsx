import type { ReactNode } from 'react';
import { useText } from '../../i18n/text.ts';
import type { Tone } from '../../lib/tones.ts';
import { toFailure } from '../../lib/trpc.ts';
import { useFailureText } from '../../lib/use-failure-text.ts';
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

/** Failures that we know what to do about. */
const isKnown = (code: string): code is 'FORBIDDEN' | 'NOT_FOUND' | 'UNREACHABLE' | 'UNAUTHORIZED' =>
  /^(FORBIDDEN|NOT_FOUND|UNREACHABLE|UNAUTHORIZED)$/.test(code);

/** Why something could not be shown, in the server's words, and what to do. */
export function Trouble({ error, what }: { readonly error: unknown; readonly what: string }) {
  const t = useText('common.trouble');
  const failureText = useFailureText();
  const { code } = toFailure(error);
  return (
    <Notice tone="broken" role="alert" title={t('title', { what })}>
      <p>{failureText(error)}</p>
      <p className="text-muted">{t(isKnown(code) ? code : 'other')}</p>
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
