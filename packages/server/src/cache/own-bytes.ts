/** UTF-8 in memory of its own: a part of a shared slab would keep the whole slab for as long as it lives. */
export function ownBytes(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}
