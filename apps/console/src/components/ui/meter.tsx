const FULL_PERCENT = 90;

/** A bar that says how full something is; the figures stand beside it. */
export function Meter({
  percent,
  className = '',
}: {
  readonly percent: number;
  readonly className?: string;
}) {
  return (
    <div aria-hidden className={`h-1.5 overflow-hidden rounded-sm bg-sunken ${className}`}>
      <div
        className={`h-full rounded-sm ${percent >= FULL_PERCENT ? 'bg-drift' : 'bg-accent'}`}
        style={{ width: `${Math.min(100, percent)}%` }}
      />
    </div>
  );
}
