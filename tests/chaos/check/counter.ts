/** An operation on a counter, which took effect at one moment between `from` and `to`; a refusal saw less than `units` then. */
export interface CounterOp {
	kind: "take" | "give" | "refused";
	units: number;
	from: number;
	to: number;
	ref: string;
}
/** How far the search has come in a history: what has taken effect of what was begun. */
interface State {
	value: number;
	/** Of each kind of operation under way, how many have taken effect ahead of their end. */
	early: number[];
	/** Refusals under way that have already seen too little. */
	seen: ReadonlySet<CounterOp>;
}
interface Step {
	at: number;
	op: CounterOp;
	end: boolean;
}
/** Beyond, the search would take minutes: then the answer is "undecided", not "fine". */
const MOST_STATES = 1_000_000;

/**
 * Is there an order of these operations, each at a moment of its own, in which the counter is never below zero and every
 * refusal saw too little? (Wing and Gong's search, a moment at a time as Lowe does it.) Operations under way that do the
 * same are interchangeable, so the one that ends first goes first: states are counts, not sets. Answers with the
 * operation that can't be explained, or null; "undecided" when too much of it happened at the same time.
 */
export function unexplained(initial: number, ops: CounterOp[]): CounterOp | null | "undecided" {
	const steps: Step[] = ops.flatMap(op => [
		{ at: op.from, op, end: false },
		{ at: op.to, op, end: true }
	]);
	// what ends when another begins may still have been beside it
	steps.sort((a, b) => a.at - b.at || Number(a.end) - Number(b.end));

	const classes = new Map<string, { effect: number; begun: number; index: number }>();
	const classOf = ({ kind, units }: CounterOp) => {
		const key = `${kind} ${units}`;
		const effect = kind === "take" ? -units : units;
		const known = classes.get(key) ?? { effect, begun: 0, index: classes.size };
		classes.set(key, known);
		return known;
	};
	for (const op of ops) if (op.kind !== "refused") classOf(op);
	const refusals = new Set<CounterOp>();

	let states = new Map<string, State>();
	const add = (into: Map<string, State>, state: State) => {
		const seen = [...refusals].filter(op => state.seen.has(op) || state.value < op.units);
		const whole = { ...state, seen: new Set(seen) };
		const key = `${state.early.join()}|${seen.map(({ ref }) => ref).join()}`;
		if (into.has(key)) return null;
		into.set(key, whole);
		return whole;
	};
	const none = Array<number>(classes.size).fill(0);
	add(states, { value: initial, early: none, seen: new Set() });

	/** With all that may take effect now, in any order. */
	let visited = 0;
	const closure = () => {
		const all = new Map<string, State>();
		const open = [...states.values()].flatMap(state => add(all, state) ?? []);
		for (let state; (state = open.pop());) {
			for (const { effect, begun, index } of classes.values()) {
				if (state.early[index]! >= begun || state.value + effect < 0) continue;
				const early = state.early.with(index, state.early[index]! + 1);
				const next = add(all, { value: state.value + effect, early, seen: state.seen });
				if (next) open.push(next);
			}
			if (++visited > MOST_STATES) return false;
		}
		states = all;
		return true;
	};

	for (const { op, end } of steps) {
		if (op.kind === "refused" && !end) {
			refusals.add(op);
			continue;
		}
		if (!end) {
			classOf(op).begun++;
			continue;
		}
		if (!closure()) return "undecided";
		const next = new Map<string, State>();
		if (op.kind === "refused") {
			const fit = [...states.values()].filter(({ seen }) => seen.has(op));
			refusals.delete(op);
			for (const state of fit) add(next, state);
		} else {
			const { index } = classOf(op);
			classOf(op).begun--;
			for (const state of states.values())
				if (state.early[index]! > 0)
					add(next, { ...state, early: state.early.with(index, state.early[index]! - 1) });
		}
		if (!next.size) return op;
		states = next;
	}
	return null;
}
