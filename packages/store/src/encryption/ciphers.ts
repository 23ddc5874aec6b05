import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';

/** One key of one algorithm. `context` names the object: what was sealed for another one does not open. */
export interface Cipher {
  seal(plain: Buffer, context: Buffer): Buffer;
  /** Throws when the data was sealed with another key, was changed, or is no such data. */
  open(sealed: Buffer, context: Buffer): Buffer;
}

const TOO_SHORT = 'the stored data was shorter than the required size';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const BLOCK_BYTES = 16;
const BOX_NONCE_BYTES = 24;

/** Nonce, ciphertext, tag. The key has 16, 24 or 32 bytes. */
export function aesGcm(key: Buffer): Cipher {
  const name = `aes-${key.length * 8}-gcm` as 'aes-256-gcm';
  return {
    seal(plain, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(name, key, nonce).setAAD(context);
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, context) {
      if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new Error(TOO_SHORT);
      const decipher = createDecipheriv(name, key, sealed.subarray(0, NONCE_BYTES)).setAAD(context);
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    },
  };
}

/** Initial vector, padded ciphertext; nothing tells whether it was changed. */
export function aesCbc(key: Buffer): Cipher {
  const name = `aes-${key.length * 8}-cbc`;
  return {
    seal(plain) {
      const start = randomBytes(BLOCK_BYTES);
      const cipher = createCipheriv(name, key, start);
      return Buffer.concat([start, cipher.update(plain), cipher.final()]);
    },
    open(sealed) {
      if (sealed.length < 2 * BLOCK_BYTES) throw new Error(TOO_SHORT);
      if (sealed.length % BLOCK_BYTES !== 0)
        throw new Error('the stored data is not a multiple of the block size');
      const decipher = createDecipheriv(name, key, sealed.subarray(0, BLOCK_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(BLOCK_BYTES)), decipher.final()]);
    },
  };
}

/** XSalsa20 and Poly1305: nonce, tag and ciphertext. The key has 32 bytes. */
export function secretbox(key: Buffer): Cipher {
  return {
    seal(plain) {
      const nonce = randomBytes(BOX_NONCE_BYTES);
      return Buffer.concat([nonce, xsalsa20poly1305(key, nonce).encrypt(plain)]);
    },
    open(sealed) {
      if (sealed.length < BOX_NONCE_BYTES + TAG_BYTES) throw new Error(TOO_SHORT);
      const box = xsalsa20poly1305(key, sealed.subarray(0, BOX_NONCE_BYTES));
      return Buffer.from(box.decrypt(sealed.subarray(BOX_NONCE_BYTES)));
    },
  };
}
