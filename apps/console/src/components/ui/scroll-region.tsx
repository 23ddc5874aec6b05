import type { ReactNode, Ref } from 'react';

/**
 * A part that scrolls by itself. It takes the focus, so that the keyboard can scroll it too. Texts for screen readers only
 * stay within it, else they would widen the page.
 */
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
  const place = `relative ${className}`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section {...(ref === undefined ? {} : { ref })} tabIndex={0} aria-label={label} className={place}>
      {children}
    </section>
  );
}
