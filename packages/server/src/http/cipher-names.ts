/** Those of TLS 1.3 are not chosen by name. */
const ALWAYS = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];

/** `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256` is OpenSSL's `ECDHE-RSA-AES128-GCM-SHA256`. */
function opensslName(name: string): string {
  const match = /^TLS_(ECDHE_RSA|ECDHE_ECDSA|RSA)_WITH_(.+)$/.exec(name);
  if (match === null) return name;
  const [, exchange = '', cipher = ''] = match;
  const own = cipher
    .replace(/^AES_(128|256)_(CBC_)?/, 'AES$1_')
    .replace(/^CHACHA20_POLY1305(_SHA256)?$/, 'CHACHA20_POLY1305');
  return (exchange === 'RSA' ? own : `${exchange}_${own}`).replaceAll('_', '-');
}

/** Cipher suites under the original's names, or OpenSSL's, as OpenSSL takes them. */
export const cipherList = (names: readonly string[]): string =>
  [...new Set([...ALWAYS, ...names.map(opensslName)])].join(':');
