/**
 * About how long a value is as JSON, in UTF-16 units. It stops counting above `limit`: what aliases of YAML share may be
 * much larger than the memory it takes.
 */
export function jsonSize(value: unknown, limit: number): number {
  let size = 0;
  const rest: unknown[] = [value];
  while (rest.length > 0 && size <= limit) {
    const next = rest.pop();
    size += 4;
    if (typeof next === 'string') size += next.length;
    else if (Array.isArray(next)) for (const item of next) rest.push(item);
    else if (typeof next === 'object' && next !== null)
      for (const [key, item] of Object.entries(next)) {
        size += key.length + 4;
        rest.push(item);
      }
  }
  return size;
}
