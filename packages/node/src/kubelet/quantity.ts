const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The amount of a quantity (`500m`, `64Mi`, `1e3`, 2); 0 when absent or no quantity. Precise enough for one node. */
export function amount(quantity: string | number | undefined): number {
  if (quantity === undefined) return 0;
  if (typeof quantity === 'number') return quantity;
  const match = /^([+-]?[0-9.]+)(?:([eE][+-]?\d+)|([a-zA-Z]*))$/.exec(quantity);
  if (match === null) return 0;
  const factor = SUFFIXES[match[3] ?? ''];
  const value = Number(`${match[1] ?? ''}${match[2] ?? ''}`) * (factor ?? 0);
  return Number.isFinite(value) ? value : 0;
}

/** Rounded up, as the original rounds CPU. */
export const milli = (quantity: string | number | undefined): number =>
  Math.ceil(Number((amount(quantity) * 1000).toFixed(6)));
/** Rounded up to whole units (bytes). */
export const whole = (quantity: string | number | undefined): number => Math.ceil(amount(quantity));
