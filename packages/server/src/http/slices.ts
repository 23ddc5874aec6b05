/** Bytes handed on at once: more would hold up everybody else while they are copied and encrypted. */
export const SLICE_BYTES = 256 * 1024;
const WHOLE_BYTES = SLICE_BYTES / 2;

/** The parts in order, joined or cut to slices of at most SLICE_BYTES, each made when it is asked for. */
export function* slices(parts: Iterable<Buffer>): Generator<Buffer> {
  let pending: Buffer[] = [];
  let size = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += SLICE_BYTES) {
      const piece = part.length <= SLICE_BYTES ? part : part.subarray(at, at + SLICE_BYTES);
      // Large pieces go as they are: copying them would win nothing.
      if (size > 0 && (size + piece.length > SLICE_BYTES || piece.length > WHOLE_BYTES)) {
        yield joined(pending, size);
        pending = [];
        size = 0;
      }
      if (piece.length > WHOLE_BYTES) {
        yield piece;
        continue;
      }
      pending.push(piece);
      size += piece.length;
    }
  }
  if (size > 0) yield joined(pending, size);
}

const joined = (pending: readonly Buffer[], size: number): Buffer =>
  pending.length === 1 && pending[0] !== undefined ? pending[0] : Buffer.concat(pending, size);

export const lengthOf = (parts: readonly Buffer[]): number =>
  parts.reduce((total, { length }) => total + length, 0);
