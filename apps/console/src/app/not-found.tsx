import Link from 'next/link';

export default function NotFound() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-2 p-6 text-center">
      <h1 className="text-xl font-semibold">There is no such page</h1>
      <p className="text-muted">The address may have a mistake.</p>
      <Link href="/" className="link">
        To the overview
      </Link>
    </main>
  );
}
