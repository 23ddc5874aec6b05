export interface HeadCell {
  readonly key: string;
  readonly label: string;
  readonly className?: string;
  /** For who can't see what stands below, such as buttons. */
  readonly isUnseen?: boolean;
}

/** The line above a table of a page. Lists of a kind, which may be long, have one of their own. */
export function TableHead({
  cells,
  className = '',
}: {
  readonly cells: readonly HeadCell[];
  readonly className?: string;
}) {
  return (
    <thead className={className}>
      <tr className="border-b border-line text-xs text-muted">
        {cells.map(({ key, label, className: more = '', isUnseen = false }) => (
          <th key={key} scope="col" className={`h-8 px-4 font-medium whitespace-nowrap ${more}`}>
            {isUnseen ? <span className="sr-only">{label}</span> : label}
          </th>
        ))}
      </tr>
    </thead>
  );
}
