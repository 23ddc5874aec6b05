import { CircleCheck, CircleDashed, Diamond, LoaderCircle, type LucideIcon, OctagonX } from 'lucide-react';
import { type Tone, toneOf } from '../../lib/tones.ts';
import { useStatusText } from '../../lib/use-status-text.ts';

const ICONS: Readonly<Record<Tone, LucideIcon>> = {
  ok: CircleCheck,
  drift: Diamond,
  broken: OctagonX,
  busy: LoaderCircle,
  idle: CircleDashed,
};

const INK: Readonly<Record<Tone, string>> = {
  ok: 'text-ok',
  drift: 'text-drift',
  broken: 'text-broken',
  busy: 'text-busy',
  idle: 'text-idle',
};

const SOFT: Readonly<Record<Tone, string>> = {
  ok: 'bg-ok-soft',
  drift: 'bg-drift-soft',
  broken: 'bg-broken-soft',
  busy: 'bg-busy-soft',
  idle: 'bg-idle-soft',
};

export function ToneIcon({ tone, className = '' }: { readonly tone: Tone; readonly className?: string }) {
  const Icon = ICONS[tone];
  return <Icon aria-hidden className={`size-3.5 shrink-0 ${INK[tone]} ${className}`} />;
}

/** A status word with its icon. `axis` says what it is about, for those who do not see the column. */
export function Status({
  word,
  axis,
  pill = false,
  tone = toneOf(word),
}: {
  readonly word: string;
  readonly axis?: string;
  readonly pill?: boolean;
  readonly tone?: Tone;
}) {
  const label = useStatusText();
  const shape = pill ? `rounded-md px-2 py-0.5 ${SOFT[tone]}` : '';
  return (
    <span className={`inline-flex max-w-full items-center gap-1.5 align-top ${INK[tone]} ${shape}`}>
      <ToneIcon tone={tone} />
      {axis === undefined ? null : <span className="sr-only">{axis}: </span>}
      <span className="truncate">{label(word)}</span>
    </span>
  );
}
