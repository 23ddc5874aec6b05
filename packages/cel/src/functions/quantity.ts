import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  type Quantity,
  quantityError,
  subtractQuantities,
} from '@gantry/machinery/quantity';

import { BOOL, DOUBLE, INT, QUANTITY, STRING } from '../check/types.ts';
import { CelDouble, CelOpaque, fail, intOf, type Value } from '../values/values.ts';
import { declare, global, type Library, member } from './declaration.ts';

const NANOS = 1_000_000_000n;

class QuantityValue extends CelOpaque {
  readonly typeName = 'kubernetes.Quantity';
  readonly quantity: Quantity;

  constructor(quantity: Quantity) {
    super();
    this.quantity = quantity;
  }

  equals(other: CelOpaque): boolean {
    return other instanceof QuantityValue && compareQuantities(this.quantity, other.quantity) === 0;
  }

  override toJson(): string {
    return formatQuantity(this.quantity);
  }
}

function quantityOf(text: Value): Value {
  const error = quantityError(text as string);
  return error === undefined ? new QuantityValue(parseQuantity(text as string)) : fail(error);
}

const nanosOf = (value: Value): bigint => (value as QuantityValue).quantity.nanos;

function asInteger(value: Value): number | bigint | undefined {
  const nanos = nanosOf(value);
  return nanos % NANOS === 0n ? intOf(nanos / NANOS) : undefined;
}

function compare(a: Value, b: Value): -1 | 0 | 1 {
  return compareQuantities((a as QuantityValue).quantity, (b as QuantityValue).quantity);
}

function ofInt(value: Value): QuantityValue {
  return new QuantityValue({ nanos: BigInt(value as number) * NANOS, format: 'DecimalExponent' });
}

function combine(combined: (a: Quantity, b: Quantity) => Quantity) {
  return (a: Value, b: Value): Value =>
    new QuantityValue(combined((a as QuantityValue).quantity, (b as QuantityValue).quantity));
}

const add = combine(addQuantities);
const subtract = combine(subtractQuantities);
const sign = (value: Value): Value => (nanosOf(value) > 0n ? 1 : nanosOf(value) < 0n ? -1 : 0);

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-quantity-library */
export const quantity: Library = [
  declare('quantity', global('string_to_quantity', [STRING], QUANTITY, quantityOf)),
  declare(
    'isQuantity',
    global('is_quantity_string', [STRING], BOOL, (text) => quantityError(text as string) === undefined),
  ),
  declare('sign', global('quantity_sign', [QUANTITY], INT, sign)),
  declare(
    'isGreaterThan',
    member('quantity_is_greater_than', [QUANTITY, QUANTITY], BOOL, (a, b) => compare(a, b) > 0),
  ),
  declare(
    'isLessThan',
    member('quantity_is_less_than', [QUANTITY, QUANTITY], BOOL, (a, b) => compare(a, b) < 0),
  ),
  declare('compareTo', member('quantity_compare_to', [QUANTITY, QUANTITY], INT, compare)),
  declare(
    'asApproximateFloat',
    member('quantity_get_float', [QUANTITY], DOUBLE, (value) => new CelDouble(Number(nanosOf(value)) / 1e9)),
  ),
  declare(
    'asInteger',
    member(
      'quantity_get_int',
      [QUANTITY],
      INT,
      (value) => asInteger(value) ?? fail('cannot convert value to integer'),
    ),
  ),
  declare(
    'isInteger',
    member('quantity_is_integer', [QUANTITY], BOOL, (value) => asInteger(value) !== undefined),
  ),
  declare(
    'add',
    member('quantity_add', [QUANTITY, QUANTITY], QUANTITY, add),
    member('quantity_add_int', [QUANTITY, INT], QUANTITY, (a, b) => add(a, ofInt(b))),
  ),
  declare(
    'sub',
    member('quantity_sub', [QUANTITY, QUANTITY], QUANTITY, subtract),
    member('quantity_sub_int', [QUANTITY, INT], QUANTITY, (a, b) => subtract(a, ofInt(b))),
  ),
];
