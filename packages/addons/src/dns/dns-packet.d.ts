/** The part of dns-packet 5 that is used here. */
declare module 'dns-packet' {
  export interface Question {
    name: string;
    type: string;
    class?: string;
  }
  export interface Record {
    name: string;
    type: string;
    class?: string | number;
    ttl?: number;
    data?: unknown;
    /** OPT only. */
    udpPayloadSize?: number;
    flags?: number;
    flag_do?: boolean;
    options?: unknown[];
  }
  export interface Packet {
    id?: number;
    type?: 'query' | 'response';
    flags?: number;
    opcode?: string;
    rcode?: string;
    flag_tc?: boolean;
    flag_rd?: boolean;
    questions?: Question[];
    answers?: Record[];
    authorities?: Record[];
    additionals?: Record[];
  }
  export const AUTHORITATIVE_ANSWER: number;
  export const TRUNCATED_RESPONSE: number;
  export const RECURSION_DESIRED: number;
  export const DNSSEC_OK: number;
  export const RECURSION_AVAILABLE: number;
  export function encode(packet: Packet): Buffer;
  export function decode(buffer: Buffer): Packet;
}
