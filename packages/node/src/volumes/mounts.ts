import { readFile } from 'node:fs/promises';

/** Every mount point that this process sees. */
export async function mountPoints(): Promise<string[]> {
  const table = await readFile('/proc/self/mountinfo', 'utf8');
  return table
    .split('\n')
    .map((line) =>
      (line.split(' ')[4] ?? '').replaceAll(/\\(\d{3})/g, (_, code) =>
        String.fromCharCode(Number.parseInt(code, 8)),
      ),
    );
}

export const isMounted = async (path: string): Promise<boolean> => (await mountPoints()).includes(path);

/** Mount points below a folder, innermost first. */
export async function mountsBelow(dir: string): Promise<string[]> {
  return (await mountPoints())
    .filter((path) => path.startsWith(`${dir}/`))
    .sort((a, b) => b.length - a.length);
}
