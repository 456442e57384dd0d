import type { Answer } from "./answer";

/** Milliseconds for which an answer holds on the catalogue's word; half of it later the next word is asked for. */
const FRESH = 2000;
/** Milliseconds until the word is asked for again where none was given. */
const RETRY = 500;
const MOST = 2000;
const MOST_BYTES = 64 * 1024 * 1024;
const LONGEST_URL = 1024;

interface Kept {
	answer: Answer;
	size: number;
	/** Since it was last passed over by the sweep for room. */
	used: boolean;
}
/** The answers that are being made: who comes meanwhile waits for the same one. */
interface Flight {
	/** "stale" when the catalogue changed meanwhile: ask again. Null when it wasn't one to keep. */
	landed: Promise<Answer | "stale" | null>;
	land(answer: Answer | null): void;
}

/**
 * Public answers, serialised, by their raw URL: as long as the catalogue stays at its version. Events say when it has moved;
 * since an event can be lost, its version is asked for as well, at least every two seconds while somebody reads.
 */
export class Reads {
	private readonly kept = new Map<string, Kept>();
	private readonly flights = new Map<string, Flight>();
	private bytes = 0;
	/** Grows with every change that we heard of. */
	private epoch = 0;
	private version: string | null = null;
	private checkedAt = -Infinity;
	private failedAt = -Infinity;
	private checking: Promise<void> | null = null;

	constructor(
		/** Null where nobody vouches for it. */
		private readonly askVersion: () => Promise<string | null>,
		private readonly now: () => number = () => performance.now()
	) {}

	/** The kept answer, if it holds without asking anybody. */
	get(url: string): Answer | undefined {
		const kept = this.kept.get(url);
		if (!kept) return undefined;
		const age = this.now() - this.checkedAt;
		if (age > FRESH) return undefined;
		if (age > FRESH / 2) void this.check();
		kept.used = true;
		return kept.answer;
	}

	/** The kept answer or the one that somebody is getting; else a flight that the asker must land. */
	async find(url: string): Promise<Answer | Flight | null> {
		if (url.length > LONGEST_URL) return null;
		if (this.now() - this.checkedAt > FRESH && this.now() - this.failedAt > RETRY)
			await this.check();
		for (let tries = 0; tries < 3; tries++) {
			const kept = this.get(url);
			if (kept) return kept;
			const flight = this.flights.get(url);
			if (!flight) return this.begin(url);
			const landed = await flight.landed;
			if (landed !== "stale") return landed;
		}
		return null;
	}

	/** Everything that was computed until now is stale. */
	drop(): void {
		this.epoch++;
		this.kept.clear();
		this.flights.clear();
		this.bytes = 0;
	}

	private begin(url: string): Flight {
		const { epoch } = this;
		let settle!: (landed: Answer | "stale" | null) => void;
		const flight: Flight = {
			landed: new Promise(resolve => (settle = resolve)),
			land: answer => {
				if (this.flights.get(url) === flight) this.flights.delete(url);
				if (answer && epoch === this.epoch) this.keep(url, answer);
				settle(answer && (epoch === this.epoch ? answer : "stale"));
			}
		};
		this.flights.set(url, flight);
		return flight;
	}

	private keep(url: string, answer: Answer): void {
		const size = (answer.body?.length ?? 0) + url.length + 1000;
		this.kept.set(url, { answer, size, used: false });
		this.bytes += size;
		// the longest kept go first; one that was read since the last time it was looked at stays once more
		for (const [oldest, kept] of this.kept) {
			if (this.kept.size <= MOST && this.bytes <= MOST_BYTES) return;
			this.kept.delete(oldest);
			if (kept.used) this.kept.set(oldest, { ...kept, used: false });
			else this.bytes -= kept.size;
		}
	}

	private check(): Promise<void> {
		return (this.checking ??= this.ask().finally(() => (this.checking = null)));
	}
	private async ask(): Promise<void> {
		const asked = this.now();
		const { version } = this;
		// without an answer nothing is confirmed, and what the catalogue's absence means is said by the call itself
		const told = await this.askVersion().catch(() => null);
		if (told === null) {
			this.failedAt = this.now();
			return;
		}
		if (told !== version) this.drop();
		this.version = told;
		this.checkedAt = asked;
	}
}
export type { Flight };
