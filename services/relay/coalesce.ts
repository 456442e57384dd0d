/** What the coalescer needs of time; a test brings its own. */
export interface Timer {
	set(run: () => void, ms: number): unknown;
}
interface Window<T> {
	/** The highest version that was let through or waits. */
	version: number;
	waiting: T | null;
}

/**
 * Lets the first message of a key through at once, and from then on at most one per `gap` milliseconds: the newest.
 * What is older than a message that went through is dropped.
 */
export class Coalescer<T> {
	private readonly windows = new Map<string, Window<T>>();
	/** Messages that were never sent, for a newer one was. */
	dropped = 0;

	constructor(
		private readonly send: (message: T) => void,
		private readonly gap: number,
		private readonly timer: Timer = { set: setTimeout },
		/** Keys held at once; past it messages simply go through. */
		private readonly most = 10_000
	) {}

	offer(key: string, version: number, message: T): void {
		const window = this.windows.get(key);
		if (window) {
			if (version <= window.version || window.waiting) this.dropped++;
			if (version <= window.version) return;
			window.version = version;
			window.waiting = message;
			return;
		}
		if (this.windows.size < this.most) {
			this.windows.set(key, { version, waiting: null });
			this.timer.set(() => this.close(key), this.gap);
		}
		this.send(message);
	}

	private close(key: string): void {
		const window = this.windows.get(key);
		const message = window?.waiting;
		if (!window || !message) return void this.windows.delete(key);
		window.waiting = null;
		this.timer.set(() => this.close(key), this.gap);
		this.send(message);
	}
}
