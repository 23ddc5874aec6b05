/** A gantry: two legs, a beam, a load. */
export function Logo() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className="size-6 text-accent"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.25"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M3 6h18M6 6v14M18 6v14M4 20h4M16 20h4M12 6v5" />
      <rect x="9.5" y="11" width="5" height="5" rx="1" fill="currentColor" stroke="none" />
    </svg>
  );
}
