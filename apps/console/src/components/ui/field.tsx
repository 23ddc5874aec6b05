import type { InputHTMLAttributes } from 'react';

/** A labelled line of text. */
export function Field({
  label,
  hint,
  id,
  className = '',
  ...rest
}: InputHTMLAttributes<HTMLInputElement> & {
  readonly label: string;
  readonly id: string;
  readonly hint?: string;
}) {
  const hintId = `${id}-hint`;
  return (
    <div className={`flex flex-col gap-1 ${className}`}>
      <label htmlFor={id} className="text-xs font-medium">
        {label}
      </label>
      <input
        id={id}
        {...(hint === undefined ? {} : { 'aria-describedby': hintId })}
        className="h-8 rounded-md border border-line-strong bg-surface px-2 text-sm placeholder:text-muted"
        {...rest}
      />
      {hint === undefined ? null : (
        <p id={hintId} className="text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

/** Names and values side by side. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, React.ReactNode])[] }) {
  const shown = facts.filter(([, value]) => value !== undefined && value !== null && value !== '');
  return (
    <dl className="grid grid-cols-[minmax(96px,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1.5">
      {shown.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
