import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GitError } from '../git/tree.ts';
import { parseAllowedSigners } from './allowed-signers.ts';
import { takeApart } from './signed-commit.ts';
import { verifySshSignature } from './sshsig.ts';
import { wireString } from './wire.ts';

const PAYLOAD = Buffer.from('tree 1\n\nHello\n');
const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest();

const armored = (blob: Buffer): string =>
  `-----BEGIN SSH SIGNATURE-----\n${blob.toString('base64')}\n-----END SSH SIGNATURE-----\n`;

/** What `ssh-keygen -Y sign` makes with a security key, whose flags are `flags`. */
function tokenSignature(flags: number, payload = PAYLOAD): { signature: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const point = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const type = 'sk-ssh-ed25519@openssh.com';
  const blob = Buffer.concat([wireString(type), wireString(point), wireString('ssh:')]);
  const start = Buffer.from('SSHSIG');
  const about = [wireString('git'), wireString(''), wireString('sha512')];
  const digest = createHash('sha512').update(payload).digest();
  const data = Buffer.concat([start, ...about, wireString(digest)]);
  const tail = Buffer.from([flags, 0, 0, 0, 7]);
  const signed = sign(null, Buffer.concat([sha256('ssh:'), tail, sha256(data)]), privateKey);
  const inner = Buffer.concat([wireString(type), wireString(signed), tail]);
  const version = Buffer.from([0, 0, 0, 1]);
  return {
    signature: armored(Buffer.concat([start, version, wireString(blob), ...about, wireString(inner)])),
    key: `${type} ${blob.toString('base64')}`,
  };
}

describe('a signature of a security key', () => {
  test('counts when somebody touched it', () => {
    const { signature, key } = tokenSignature(1);
    expect(verifySshSignature(signature, PAYLOAD, parseAllowedSigners(`ann ${key}`), 0)).toBe('ann');
    expect(() =>
      verifySshSignature(signature, Buffer.from('other'), parseAllowedSigners(`ann ${key}`), 0),
    ).toThrow('it was changed');
  });

  test('does not otherwise', () => {
    const { signature, key } = tokenSignature(0);
    expect(() => verifySshSignature(signature, PAYLOAD, parseAllowedSigners(`ann ${key}`), 0)).toThrow(
      'nobody touched the security key',
    );
  });
});

describe('whatever comes', () => {
  test('bytes that are no signature are refused in words', () => {
    const { key } = tokenSignature(1);
    const signers = parseAllowedSigners(`ann ${key}`);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const blob = Buffer.concat([Buffer.from('SSHSIG\0\0\0\u0001', 'latin1'), Buffer.from(bytes)]);
        expect(() => verifySshSignature(armored(blob), PAYLOAD, signers, 0)).toThrow(GitError);
      }),
    );
  });

  test('a list of signers is read without a mishap, and trusts nobody by one', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        for (const { blob } of parseAllowedSigners(text)) expect(blob).toBeInstanceOf(Buffer);
      }),
    );
    expect(parseAllowedSigners('ann\n# bob ssh-ed25519 AAAA\nssh-ed25519 AAAA\n')).toEqual([]);
  });

  test('a commit without its signature is what was signed', () => {
    const head = fc.constantFrom(
      'tree 1',
      'parent 2',
      'encoding x',
      'mergetag object 3\n type commit\n \n x',
    );
    fc.assert(
      fc.property(fc.array(head, { minLength: 1 }), fc.nat(), fc.string(), (heads, at, message) => {
        const unsigned = `${heads.join('\n')}\n\n${message}`;
        const signed = ([...heads] as string[])
          .toSpliced(at % (heads.length + 1), 0, 'gpgsig A\n B\n ')
          .join('\n');
        const apart = takeApart(Buffer.from(`${signed}\n\n${message}`), 'a'.repeat(40));
        expect(apart.payload).toEqual(Buffer.from(unsigned));
        expect(apart.signature).toBe('A\nB\n');
        expect(takeApart(Buffer.from(unsigned), 'a'.repeat(40)).signature).toBeUndefined();
      }),
    );
    const twice = Buffer.from('tree 1\ngpgsig A\ngpgsig B\n\nx');
    expect(() => takeApart(twice, 'a'.repeat(40))).toThrow('2 signatures');
  });
});
