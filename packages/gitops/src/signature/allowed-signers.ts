/** A line of an allowed_signers file (ssh-keygen(1), ALLOWED SIGNERS). */
export interface AllowedSigner {
  readonly principals: string;
  /** The public key as it goes over the wire. */
  readonly blob: Buffer;
  /** Absent = all. */
  readonly namespaces?: readonly string[];
  /** Epoch seconds. */
  readonly validAfterS?: number;
  readonly validBeforeS?: number;
}

const KEY_TYPE = /^(sk-)?(ssh|ecdsa)-/;
const SIGNERS_MAX = 1_000;
const TIME = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z?$/;

/** Reads the lines that name a key; those of certificate authorities and what can't be read trust nobody. */
export function parseAllowedSigners(text: string): AllowedSigner[] {
  return text
    .split('\n')
    .slice(0, SIGNERS_MAX)
    .flatMap((line) => {
      const signer = parseLine(line.trim());
      return signer === undefined ? [] : [signer];
    });
}

function parseLine(line: string): AllowedSigner | undefined {
  if (line === '' || line.startsWith('#')) return undefined;
  const words = line.match(/(?:"[^"]*"|[^\s"])+/g) ?? [];
  const at = words.findIndex((word, index) => index > 0 && KEY_TYPE.test(word));
  const key = words[at + 1];
  if (at < 1 || at > 2 || key === undefined) return undefined;
  const options = at === 2 ? optionsOf(words[1] ?? '') : new Map<string, string>();
  // A condition that isn't understood can't be met.
  for (const name of options.keys())
    if (!['namespaces', 'valid-after', 'valid-before'].includes(name)) return undefined;
  const [after, before] = [options.get('valid-after'), options.get('valid-before')];
  const [validAfterS, validBeforeS] = [seconds(after), seconds(before)];
  if (
    (after !== undefined && validAfterS === undefined) ||
    (before !== undefined && validBeforeS === undefined)
  )
    return undefined;
  const namespaces = options.get('namespaces')?.split(',');
  return {
    principals: (words[0] ?? '').replaceAll('"', ''),
    blob: Buffer.from(key, 'base64'),
    ...(namespaces === undefined ? {} : { namespaces }),
    ...(validAfterS === undefined ? {} : { validAfterS }),
    ...(validBeforeS === undefined ? {} : { validBeforeS }),
  };
}

function optionsOf(word: string): Map<string, string> {
  const pairs = word.match(/(?:"[^"]*"|[^,"])+/g) ?? [];
  return new Map(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name.toLowerCase(), value.join('=').replaceAll('"', '')];
    }),
  );
}

/** `YYYYMMDD[HHMM[SS]][Z]`, in UTC. */
function seconds(text: string | undefined): number | undefined {
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = TIME.exec(text ?? '') ?? [];
  if (year === undefined) return undefined;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(ms) ? undefined : ms / 1_000;
}
