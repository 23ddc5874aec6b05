import { Transform, type TransformCallback } from 'node:stream';

/** Attributes that hold an address, by element. https://html.spec.whatwg.org/multipage/indices.html#attributes-3 */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  applet: ['codebase'],
  area: ['href'],
  audio: ['src'],
  base: ['href'],
  blockquote: ['cite'],
  body: ['background'],
  button: ['formaction'],
  command: ['icon'],
  del: ['cite'],
  embed: ['src'],
  form: ['action'],
  frame: ['longdesc', 'src'],
  head: ['profile'],
  html: ['manifest'],
  iframe: ['longdesc', 'src'],
  img: ['longdesc', 'src', 'usemap'],
  input: ['src', 'usemap', 'formaction'],
  ins: ['cite'],
  link: ['href'],
  object: ['classid', 'codebase', 'data', 'usemap'],
  q: ['cite'],
  script: ['src'],
  source: ['src'],
  video: ['poster', 'src'],
};

/** Elements whose content is text, whatever it looks like. */
const RAW = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'noembed', 'noframes', 'iframe']);
/** A tag longer than this passes as it is. */
const MAX_TAG = 64 * 1024;
const COMMENT = '<!--';
/** Characters of the longest end of plain text. */
const MAX_END = '</noframes'.length;

/**
 * Passes HTML on with its links rewritten. Bytes are read as Latin-1, so that every encoding that contains ASCII comes out
 * as it went in.
 */
export class LinkRewriter extends Transform {
  readonly #rewrite: (link: string) => string;
  #pending = '';
  /** What ends the present stretch of plain text: of a comment or a script. */
  #until: RegExp | undefined;
  /** How far the tag that is pending was looked through, and in which quote that ended: it is not done again. */
  #scanned = 0;
  #quote = '';

  constructor(rewrite: (link: string) => string) {
    super();
    this.#rewrite = rewrite;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#take(this.#pending + chunk.toString('latin1'), false);
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#take(this.#pending, true);
    done();
  }

  #emit(text: string): void {
    if (text !== '') this.push(Buffer.from(text, 'latin1'));
  }

  #take(text: string, isLast: boolean): void {
    let at = 0;
    let out = '';
    while (at < text.length) {
      const step =
        this.#until === undefined
          ? this.#markup(text, at, isLast)
          : this.#plain(text, at, isLast, this.#until);
      if (step === undefined) break;
      out += step.out;
      at = step.next;
    }
    this.#emit(out);
    this.#pending = text.slice(at);
  }

  /** Up to the end of a comment or of a script. Undefined: more has to come. */
  #plain(
    text: string,
    at: number,
    isLast: boolean,
    until: RegExp,
  ): { out: string; next: number } | undefined {
    until.lastIndex = at;
    const end = until.exec(text)?.index;
    if (end === undefined) {
      const next = isLast ? text.length : Math.max(at, text.length - MAX_END);
      return next === at ? undefined : { out: text.slice(at, next), next };
    }
    this.#until = undefined;
    return { out: text.slice(at, end), next: end };
  }

  /** Up to the next tag, or one tag. */
  #markup(text: string, at: number, isLast: boolean): { out: string; next: number } | undefined {
    const start = text.indexOf('<', at);
    if (start < 0) return { out: text.slice(at), next: text.length };
    if (start > at) return { out: text.slice(at, start), next: start };
    if (!isLast && text.length - at < COMMENT.length) return undefined;
    if (text.startsWith(COMMENT, at)) {
      this.#until = /-->/g;
      return { out: COMMENT, next: at + COMMENT.length };
    }
    if (!/[a-z]/i.test(text[at + 1] ?? '')) return { out: '<', next: at + 1 };
    const end = this.#tagEnd(text, at);
    if (end < 0) {
      if (!isLast && text.length - at <= MAX_TAG) return undefined;
      this.#scanned = 0;
      return { out: text.slice(at), next: text.length };
    }
    return { out: this.#tag(text.slice(at, end)), next: end };
  }

  /** Index after the `>` that ends the tag, minding quotes; -1 when there is none yet. */
  #tagEnd(text: string, start: number): number {
    let quote = this.#scanned === 0 ? '' : this.#quote;
    for (let at = start + this.#scanned; at < text.length; at++) {
      const char = text[at] ?? '';
      if (quote !== '') {
        if (char === quote) quote = '';
      } else if (char === '>') {
        this.#scanned = 0;
        return at + 1;
      } else if ((char === '"' || char === "'") && text[at - 1] === '=') quote = char;
    }
    this.#scanned = text.length - start;
    this.#quote = quote;
    return -1;
  }

  #tag(tag: string): string {
    const name = /^<([a-z][^\s/>]*)/i.exec(tag)?.[1]?.toLowerCase() ?? '';
    if (RAW.has(name)) this.#until = new RegExp(`</${name}`, 'gi');
    const addresses = Object.hasOwn(ADDRESSES, name) ? ADDRESSES[name] : undefined;
    if (addresses === undefined) return tag;
    return rewriteAttributes(tag, name.length + 1, addresses, this.#rewrite);
  }
}

const ATTRIBUTE = /([^\s"'>/=]+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)|[^\s"'>/=]+|./suy;

function rewriteAttributes(
  tag: string,
  start: number,
  names: readonly string[],
  rewrite: (link: string) => string,
): string {
  let out = tag.slice(0, start);
  ATTRIBUTE.lastIndex = start;
  for (let found = ATTRIBUTE.exec(tag); found !== null; found = ATTRIBUTE.exec(tag)) {
    const [whole, name, equals = '', value = ''] = found;
    if (name === undefined || !names.includes(name.toLowerCase())) {
      out += whole;
      continue;
    }
    const quote = /^["']/.test(value) ? (value[0] ?? '') : '';
    const link = quote === '' ? value : value.slice(1, -1);
    out += `${name}${equals}${quote}${rewrite(link)}${quote}`;
  }
  return out;
}
