/** What of a PKCS #10 request's subject admission looks at. */
export interface RequestSubject {
  /** The last, as the original reads it. */
  readonly commonName: string;
  readonly organizations: readonly string[];
}

interface Element {
  readonly tag: number;
  readonly content: Buffer;
  /** Offset of what follows. */
  readonly end: number;
}

const SEQUENCE = 0x30;
const OBJECT_IDENTIFIER = 0x06;
const BMP_STRING = 0x1e;
const COMMON_NAME = '550403';
const ORGANIZATION = '55040a';
const PEM = /-----BEGIN CERTIFICATE REQUEST-----([\s\S]*?)-----END CERTIFICATE REQUEST-----/;
/** Lengths of four bytes are far more than any request has. */
const MAX_LENGTH_BYTES = 4;

/** One DER element. Throws Error where the bytes are none. */
function read(bytes: Buffer, at: number): Element {
  const malformed = new Error('asn1: structure error: malformed element');
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) throw malformed;
  let start = at + 2;
  let length = first;
  if (first > 0x80) {
    const count = first - 0x80;
    if (count > MAX_LENGTH_BYTES || start + count > bytes.length) throw malformed;
    length = bytes.readUIntBE(start, count);
    start += count;
  } else if (first === 0x80) throw malformed;
  if (start + length > bytes.length) throw malformed;
  return { tag, content: bytes.subarray(start, start + length), end: start + length };
}

function children(content: Buffer): Element[] {
  const list: Element[] = [];
  for (let at = 0; at < content.length; ) {
    const element = read(content, at);
    list.push(element);
    at = element.end;
  }
  return list;
}

const sequence = (element: Element | undefined): Element[] => {
  if (element?.tag !== SEQUENCE) throw new Error("asn1: structure error: tags don't match");
  return children(element.content);
};

const textOf = ({ tag, content }: Element): string =>
  tag === BMP_STRING ? Buffer.from(content).swap16().toString('utf16le') : content.toString('utf8');

/** From the base64 of PEM in `spec.request`. Throws Error with why it can't be read. */
export function parseRequestSubject(request: string): RequestSubject {
  const match = PEM.exec(Buffer.from(request, 'base64').toString('latin1'));
  if (match?.[1] === undefined) throw new Error('PEM block type must be CERTIFICATE REQUEST');
  const [info] = sequence(read(Buffer.from(match[1], 'base64'), 0));
  const subject = sequence(info)[1];
  let commonName = '';
  const organizations: string[] = [];
  for (const set of sequence(subject))
    for (const attribute of children(set.content)) {
      const [type, value] = sequence(attribute);
      if (type?.tag !== OBJECT_IDENTIFIER || value === undefined) continue;
      const oid = type.content.toString('hex');
      if (oid === COMMON_NAME) commonName = textOf(value);
      else if (oid === ORGANIZATION) organizations.push(textOf(value));
    }
  return { commonName, organizations };
}
