import { type Argon2Parameters, argon2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** OWASP's minimum for Argon2id: 19 MiB, two passes, one lane; about 50 ms. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const hashBytes = 32;
const maxPasswordBytes = 1_024;
/** Hashes at a time; each takes a thread of the pool and 19 MiB. */
const maxRunning = 2;
const maxWaiting = 64;

/** Raised when too many passwords wait to be checked: answer 429. */
export class TooManyPasswordsError extends Error {
  constructor() {
    super('too many passwords wait to be checked; try again later');
    this.name = 'TooManyPasswordsError';
  }
}

/** `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, the PHC format. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await compute(password, salt, cost);
  const parameters = `m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`;
  return `$argon2id$v=19$${parameters}$${toBase64(salt)}$${toBase64(hash)}`;
}

/** Compares in constant time; an unreadable hash matches nothing. */
export async function matchesHash(password: string, encoded: string): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(encoded);
  const [, memory, passes, parallelism, salt, hash] = match ?? [];
  if (salt === undefined || hash === undefined) return false;
  const expected = Buffer.from(hash, 'base64');
  const actual = await compute(password, Buffer.from(salt, 'base64'), {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  });
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** Why a new password is refused; undefined when it is fine. Length is what counts (NIST SP 800-63B). */
export function passwordProblem(password: string, userName: string): string | undefined {
  if (password.length < 10) return 'the password needs at least 10 characters';
  if (Buffer.byteLength(password) > maxPasswordBytes)
    return `the password takes at most ${maxPasswordBytes} bytes`;
  if (password.toLowerCase().includes(userName.toLowerCase()))
    return 'the password must not contain the user name';
  if (new Set(password).size < 4) return 'the password needs more different characters';
  return undefined;
}

/** 24 letters and digits that are hard to confuse, in groups of six: about 118 bits. */
export function generatePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const groups = Array.from({ length: 4 }, () =>
    Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]).join(''),
  );
  return groups.join('-');
}

let running = 0;
const waiting: (() => void)[] = [];

async function compute(
  password: string,
  salt: Buffer,
  parameters: Pick<Argon2Parameters, 'memory' | 'passes' | 'parallelism'>,
): Promise<Buffer> {
  if (running >= maxRunning) {
    if (waiting.length >= maxWaiting) throw new TooManyPasswordsError();
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      argon2(
        'argon2id',
        { message: password.slice(0, maxPasswordBytes), nonce: salt, tagLength: hashBytes, ...parameters },
        (error, key) => (error ? reject(error) : resolve(key)),
      );
    });
  } finally {
    const next = waiting.shift();
    // The place passes on without being free in between.
    if (next) next();
    else running -= 1;
  }
}

function toBase64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
