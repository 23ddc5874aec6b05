import { StringDecoder } from 'node:string_decoder';

/** One line of a watch: an event with a whole object. */
const MAX_LINE_CHARACTERS = 64 * 1024 * 1024;

/** Splits a byte stream into JSON documents, one a line. Ends with the stream; throws on a line that is not JSON. */
export async function* jsonLines(stream: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  const decoder = new StringDecoder('utf8');
  let parts: string[] = [];
  let pending = 0;
  for await (const chunk of stream) {
    const text = decoder.write(chunk);
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      parts.push(text.slice(from, end));
      const line = parts.join('');
      parts = [];
      pending = 0;
      from = end + 1;
      if (line.trim() !== '') yield JSON.parse(line);
    }
    if (from < text.length) {
      parts.push(text.slice(from));
      pending += text.length - from;
      if (pending > MAX_LINE_CHARACTERS) throw new Error('a watch event is too large');
    }
  }
}
