import { parseQuantity, type Quantity, toBytes, toMilli } from '@gantry/machinery/quantity';

const ZERO = parseQuantity(0);

/** What the server has stored is valid; anything else counts as absent. */
function read(quantity: string | number | undefined): Quantity {
  if (quantity === undefined) return ZERO;
  try {
    return parseQuantity(quantity);
  } catch {
    return ZERO;
  }
}

/** The amount of a quantity (`500m`, `64Mi`, `1e3`, 2); 0 when absent or no quantity. */
export const amount = (quantity: string | number | undefined): number => Number(read(quantity).nanos) / 1e9;
/** Thousandths, rounded up, as the original rounds CPU. */
export const milli = (quantity: string | number | undefined): number => toMilli(read(quantity));
/** Whole units (bytes), rounded up. */
export const whole = (quantity: string | number | undefined): number => toBytes(read(quantity));
