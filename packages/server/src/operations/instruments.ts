import { stabilityOf } from './stability.ts';

/**
 * Counters, gauges and histograms in Prometheus's text form. A series is looked up once and kept by who counts, so that
 * counting on a request's path is an addition.
 */

/** Series of one instrument; what comes beyond shares the last, so that names out of requests can't fill the memory. */
const MAX_SERIES = 20_000;
const SEPARATOR = '\u0000';

const escaped = (value: string): string =>
  /["\\\n]/.test(value)
    ? value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
    : value;

/** As Prometheus clients write it: with an exponent of two digits below 1e-4 and from 1e+06 on. */
export function numeral(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : value < 0 ? '-Inf' : 'NaN';
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e6)) return String(value);
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

function labelText(names: readonly string[], values: readonly string[]): string {
  return names.map((name, index) => `${name}="${escaped(values[index] ?? '')}"`).join(',');
}

abstract class Instrument<Series> {
  readonly name: string;
  readonly #help: string;
  readonly #type: string;
  readonly labels: readonly string[];
  protected readonly series = new Map<
    string,
    { readonly values: readonly string[]; readonly cell: Series }
  >();

  constructor(name: string, help: string, type: string, labels: readonly string[]) {
    this.name = name;
    const stability = stabilityOf(name);
    this.#help = stability === '' ? help : `[${stability}] ${help}`;
    this.#type = type;
    this.labels = labels;
  }

  protected abstract make(): Series;
  protected abstract lines(label: string, cell: Series): Iterable<string>;
  /** Brings the series up to date, right before they are read. */
  protected refresh(): void {}

  /** The series of these label values, in the order of the names. */
  with(...values: string[]): Series {
    const key = values.length === 1 ? (values[0] ?? '') : values.join(SEPARATOR);
    const known = this.series.get(key);
    if (known !== undefined) return known.cell;
    if (this.series.size >= MAX_SERIES && values.some((value) => value !== 'other'))
      return this.with(...this.labels.map(() => 'other'));
    const cell = this.make();
    this.series.set(key, { values, cell });
    return cell;
  }

  /** Forgets all series. */
  reset(): void {
    this.series.clear();
  }

  *text(): Generator<string> {
    if (disabled.has(this.name)) return;
    this.refresh();
    if (this.series.size === 0) return;
    yield `# HELP ${this.name} ${this.#help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`;
    yield `# TYPE ${this.name} ${this.#type}`;
    for (const { values, cell } of this.series.values())
      yield* this.lines(labelText(this.labels, values), cell);
  }
}

/** A number that somebody adds to. */
export class Cell {
  value = 0;

  add(amount = 1): void {
    this.value += amount;
  }

  set(value: number): void {
    this.value = value;
  }
}

class Numbers extends Instrument<Cell> {
  readonly #collect: ((own: Numbers) => void) | undefined;

  constructor(
    name: string,
    help: string,
    type: 'counter' | 'gauge',
    labels: readonly string[],
    collect?: (own: Numbers) => void,
  ) {
    super(name, help, type, labels);
    this.#collect = collect;
  }

  protected override refresh(): void {
    this.#collect?.(this);
  }

  protected make(): Cell {
    return new Cell();
  }

  protected *lines(label: string, cell: Cell): Generator<string> {
    yield `${this.name}${label === '' ? '' : `{${label}}`} ${numeral(cell.value)}`;
  }
}

/** How often a value was at most each of the bounds. */
export class Distribution {
  readonly #bounds: readonly number[];
  /** By bucket, not summed up; the last is what lies above all bounds. */
  readonly counts: Float64Array;
  sum = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.counts = new Float64Array(bounds.length + 1);
  }

  /** `times`: it was that value so often. */
  observe(value: number, times = 1): void {
    const bounds = this.#bounds;
    let at = 0;
    while (at < bounds.length && value > (bounds[at] ?? 0)) at++;
    this.counts[at] = (this.counts[at] ?? 0) + times;
    this.sum += value * times;
  }
}

class Histogram extends Instrument<Distribution> {
  readonly #bounds: readonly number[];

  constructor(name: string, help: string, labels: readonly string[], bounds: readonly number[]) {
    super(name, help, 'histogram', labels);
    this.#bounds = bounds;
  }

  protected make(): Distribution {
    return new Distribution(this.#bounds);
  }

  protected *lines(label: string, { counts, sum }: Distribution): Generator<string> {
    const prefix = label === '' ? '' : `${label},`;
    const suffix = label === '' ? '' : `{${label}}`;
    let total = 0;
    for (const [index, bound] of [...this.#bounds, Number.POSITIVE_INFINITY].entries()) {
      total += counts[index] ?? 0;
      yield `${this.name}_bucket{${prefix}le="${numeral(bound)}"} ${total}`;
    }
    yield `${this.name}_sum${suffix} ${numeral(sum)}`;
    yield `${this.name}_count${suffix} ${total}`;
  }
}

const disabled = new Set<string>();

/** Leaves these metrics out of every page. */
export function disableMetrics(names: readonly string[]): void {
  for (const name of names) disabled.add(name);
}

/** What one page of metrics is made of. */
export class InstrumentSet {
  readonly #all = new Map<string, Instrument<unknown>>();

  counter(name: string, help: string, labels: readonly string[] = [], collect?: (own: Numbers) => void) {
    return this.#keep(new Numbers(name, help, 'counter', labels, collect));
  }

  gauge(name: string, help: string, labels: readonly string[] = [], collect?: (own: Numbers) => void) {
    return this.#keep(new Numbers(name, help, 'gauge', labels, collect));
  }

  histogram(name: string, help: string, labels: readonly string[], bounds: readonly number[]) {
    return this.#keep(new Histogram(name, help, labels, bounds));
  }

  names(): Iterable<string> {
    return this.#all.keys();
  }

  text(): string {
    const lines: string[] = [];
    for (const instrument of this.#all.values()) lines.push(...instrument.text());
    return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  }

  #keep<T extends Instrument<unknown>>(instrument: T): T {
    this.#all.set(instrument.name, instrument);
    return instrument;
  }
}

/** Instruments of parts that belong to no one server: made where they are counted, shown by every `/metrics`. */
export const processInstruments = new InstrumentSet();
