import type { ReactNode } from 'react';

/** A titled part of a page. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="card p-4">
      <h2 className="mb-2 text-md font-semibold">{title}</h2>
      {children}
    </section>
  );
}
