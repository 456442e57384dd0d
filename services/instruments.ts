import { MetricTypes, type MetricRegistry } from "moleculer";

type Names = readonly string[];
type Values<N extends Names> = { [K in keyof N]: string };

/** Sets of labels that one instrument keeps apart; what comes after them is counted as "other". */
const MOST_SERIES = 1000;

/**
 * A number, or many by their labels, that costs next to nothing to change: it is turned into what Moleculer's registry
 * knows only when somebody reads it. One of each a process.
 */
abstract class Instrument<Cell, N extends Names> {
	protected readonly cells = new Map<string, { cell: Cell; labels: Record<string, string> }>();

	constructor(
		readonly type: "counter" | "gauge" | "histogram",
		/** With dots, as Moleculer's own; Prometheus gets underscores. */
		readonly name: string,
		readonly description: string,
		readonly labelNames: N = [] as unknown as N
	) {}

	/** The cell of these labels: keep it where every nanosecond counts. */
	of(...values: Values<N>): Cell {
		let key = values[0] ?? "";
		for (let i = 1; i < values.length; i++) key += `\n${values[i]!}`;
		return (this.cells.get(key) ?? this.open(key, values)).cell;
	}
	private open(key: string, values: Values<N>): { cell: Cell } {
		const { labelNames, cells } = this;
		if (cells.size >= MOST_SERIES && values.some(value => value !== "other"))
			return { cell: this.of(...(labelNames.map(() => "other") as unknown as Values<N>)) };
		const labels = Object.fromEntries(labelNames.map((name, i) => [name, values[i]!]));
		const made = { cell: this.make(), labels };
		cells.set(key, made);
		return made;
	}

	/** Every series as the registry's reporters expect it. */
	read(): object[] {
		// what counts is there from the start, what is measured only where somebody measures it
		if (!this.labelNames.length && this.type !== "gauge") this.of(...([] as unknown as Values<N>));
		const timestamp = Date.now();
		return [...this.cells].map(([key, { cell, labels }]) => ({
			key,
			labels,
			timestamp,
			...this.show(cell)
		}));
	}

	protected abstract make(): Cell;
	protected abstract show(cell: Cell): object;
}

/** A number, or whoever knows it. */
export class Value {
	value = 0;
	private source: (() => number) | null = null;

	add(by = 1): void {
		this.value += by;
	}
	set(value: number): void {
		this.value = value;
	}
	/** Asked whenever somebody reads it; a later source takes the place of the former. */
	watch(source: () => number): void {
		this.source = source;
	}
	get now(): number {
		return this.source ? this.source() : this.value;
	}
}

class Plain<N extends Names> extends Instrument<Value, N> {
	protected override make = () => new Value();
	protected override show = (cell: Value) => ({ value: cell.now });
}
/** What only grows. */
export class Counter<const N extends Names = []> extends Plain<N> {
	constructor(name: string, description: string, labelNames?: N) {
		super("counter", name, description, labelNames);
	}
	add(...values: Values<N>): void {
		this.of(...values).value++;
	}
}
/** What goes up and down. */
export class Gauge<const N extends Names = []> extends Plain<N> {
	constructor(name: string, description: string, labelNames?: N) {
		super("gauge", name, description, labelNames);
	}
	/** Without what was known of other labels. */
	clear(): void {
		this.cells.clear();
	}
}

/** How values are spread over buckets. */
class Spread {
	count = 0;
	sum = 0;
	readonly counts: number[];

	constructor(private readonly bounds: readonly number[]) {
		this.counts = bounds.map(() => 0);
	}
	observe(value: number): void {
		const { bounds, counts } = this;
		this.count++;
		this.sum += value;
		for (let i = 0; i < bounds.length; i++) if (value <= bounds[i]!) return void counts[i]!++;
	}
}
export class Histogram<const N extends Names = []> extends Instrument<Spread, N> {
	constructor(
		name: string,
		description: string,
		private readonly bounds: readonly number[],
		labelNames?: N
	) {
		super("histogram", name, description, labelNames);
	}
	protected override make = () => new Spread(this.bounds);
	protected override show({ count, sum, counts }: Spread): object {
		let below = 0;
		const buckets = Object.fromEntries(this.bounds.map((le, i) => [le, (below += counts[i]!)]));
		return { count, sum, buckets };
	}
	/** Observes in seconds how long some work takes, however it ends. */
	async time<T>(work: () => Promise<T>, ...values: Values<N>): Promise<T> {
		const start = performance.now();
		try {
			return await work();
		} finally {
			this.of(...values).observe((performance.now() - start) / 1000);
		}
	}
}
export type AnyInstrument = Pick<
	Instrument<unknown, Names>,
	"type" | "name" | "description" | "read"
> & { labelNames: Names };

/** An instrument among Moleculer's own metrics. */
class Exposed extends MetricTypes.Base<object> {
	constructor(
		private readonly instrument: AnyInstrument,
		registry: MetricRegistry
	) {
		const { type, name, description, labelNames } = instrument;
		super({ type, name, description, labelNames: [...labelNames] }, registry);
	}
	override snapshot = () => this.instrument.read();
	override generateSnapshot = () => this.instrument.read();
	override reset(): void {}
	override resetAll(): void {}
}

/** Puts instruments into a broker's registry: its reporters and the REPL's `metrics` show them. */
export function expose(registry: MetricRegistry, instruments: Iterable<AnyInstrument>): void {
	for (const instrument of instruments)
		registry.store.set(instrument.name, new Exposed(instrument, registry));
}
