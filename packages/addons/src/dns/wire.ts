import * as packets from 'dns-packet';
import type { Answer, Query } from './answer.ts';

/** Largest datagram sent: fits every path without fragments (https://www.dnsflagday.net/2020/). */
export const UDP_PAYLOAD_MAX = 1_232;
const UDP_PAYLOAD_MIN = 512;
const HEADER_BYTES = 12;

const CODES: Readonly<Record<Answer['code'], number>> = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
};

/** A request as read from the wire. */
export interface Request {
  readonly id: number;
  readonly recursionDesired: boolean;
  readonly question: packets.Question | undefined;
  readonly query: Query | undefined;
  /** Answer at once with this code. */
  readonly refuse: Answer['code'] | undefined;
  readonly edns: boolean;
  readonly payloadBytes: number;
}

/** Reads a request; undefined for what is not worth an answer (too short, itself a response). */
export function readRequest(message: Buffer): Request | undefined {
  if (message.length < HEADER_BYTES || ((message[2] ?? 0) & 0x80) !== 0) return undefined;
  const id = message.readUInt16BE(0);
  const refused = (refuse: Answer['code'], question?: packets.Question): Request => ({
    id,
    recursionDesired: ((message[2] ?? 0) & 1) === 1,
    question,
    query: undefined,
    refuse,
    edns: false,
    payloadBytes: UDP_PAYLOAD_MIN,
  });
  if (((message[2] ?? 0) >> 3) & 0xf) return refused('NOTIMP');
  let packet: packets.Packet;
  try {
    packet = packets.decode(message);
  } catch {
    return refused('FORMERR');
  }
  const [question] = packet.questions ?? [];
  if (question === undefined || packet.questions?.length !== 1) return refused('FORMERR', question);
  if (question.class !== undefined && question.class !== 'IN') return refused('REFUSED', question);
  const opt = packet.additionals?.find((record) => record.type === 'OPT');
  const asked = question.name === '.' ? '' : question.name.replace(/\.$/, '');
  const query: Query = {
    name: asked.toLowerCase(),
    asked,
    type: question.type,
    dnssec: opt?.flag_do === true,
  };
  return {
    id,
    recursionDesired: packet.flag_rd === true,
    question,
    query,
    refuse: ['ANY', 'AXFR', 'IXFR'].includes(question.type) ? 'NOTIMP' : undefined,
    edns: opt !== undefined,
    payloadBytes: Math.min(
      UDP_PAYLOAD_MAX,
      Math.max(UDP_PAYLOAD_MIN, opt?.udpPayloadSize ?? UDP_PAYLOAD_MIN),
    ),
  };
}

/**
 * The response, at most `limitBytes` long: additional records go first, then answers, with the truncation bit, so that
 * the client asks again over TCP.
 */
export function writeResponse(request: Request, answer: Answer, limitBytes: number): Buffer {
  const encode = (
    answers: readonly packets.Record[],
    additionals: readonly packets.Record[],
    truncated: boolean,
  ) =>
    packets.encode({
      id: request.id,
      type: 'response',
      flags:
        CODES[answer.code] |
        packets.RECURSION_AVAILABLE |
        (request.recursionDesired ? packets.RECURSION_DESIRED : 0) |
        (answer.authoritative ? packets.AUTHORITATIVE_ANSWER : 0) |
        (truncated ? packets.TRUNCATED_RESPONSE : 0),
      questions: request.question === undefined ? [] : [request.question],
      answers: [...answers],
      authorities: truncated ? [] : [...answer.authorities],
      additionals: [
        ...additionals,
        ...(request.edns
          ? [{ name: '.', type: 'OPT', udpPayloadSize: UDP_PAYLOAD_MAX, flags: 0, options: [] }]
          : []),
      ],
    });
  const whole = encode(answer.answers, answer.additionals, false);
  if (whole.length <= limitBytes) return whole;
  const without = encode(answer.answers, [], false);
  if (without.length <= limitBytes) return without;
  for (let keep = answer.answers.length; keep > 0; keep = Math.floor(keep / 2)) {
    const cut = encode(answer.answers.slice(0, keep), [], true);
    if (cut.length <= limitBytes) return cut;
  }
  return encode([], [], true);
}
