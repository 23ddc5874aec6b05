import type { ReactNode, Ref } from 'react';

/** A part that scrolls by itself. It takes the focus, so that the keyboard can scroll it too. */
export function ScrollRegion({
  label,
  className = '',
  ref,
  children,
}: {
  readonly label: string;
  readonly className?: string;
  readonly ref?: Ref<HTMLElement>;
  readonly children?: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section {...(ref === undefined ? {} : { ref })} tabIndex={0} aria-label={label} className={className}>
      {children}
    </section>
  );
}
