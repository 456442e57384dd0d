import fc from "fast-check";
import { Coalescer } from "../../services/relay/coalesce";

/** A clock that the test turns. */
function clock() {
	const due: { at: number; run: () => void }[] = [];
	let now = 0;
	return {
		timer: { set: (run: () => void, ms: number) => due.push({ at: now + ms, run }) },
		now: () => now,
		turn(ms: number) {
			const until = now + ms;
			for (;;) {
				due.sort((a, b) => a.at - b.at);
				if (!due[0] || due[0].at > until) break;
				const { at, run } = due.shift()!;
				now = at;
				run();
			}
			now = until;
		},
		waiting: () => due.length
	};
}

it("lets the first through at once, then one per gap: the newest", () => {
	const sent: [number, number][] = [];
	const { timer, now, turn, waiting } = clock();
	const coalescer = new Coalescer<number>(version => sent.push([now(), version]), 50, timer);
	for (let version = 1; version <= 100; version++) {
		coalescer.offer("mug", version, version);
		turn(1);
	}
	turn(200);
	expect(sent).toEqual([
		[0, 1],
		[50, 50],
		[100, 100]
	]);
	expect(waiting()).toBe(0);
});

it("keeps keys apart, and lets them through when there are too many", () => {
	const sent: string[] = [];
	const { timer, turn } = clock();
	const coalescer = new Coalescer<string>(message => sent.push(message), 50, timer, 2);
	for (const key of ["a", "b", "c", "c"]) coalescer.offer(key, 1, key);
	expect(sent).toEqual(["a", "b", "c", "c"]);
	turn(100);
	coalescer.offer("c", 2, "c2");
	expect(sent.at(-1)).toBe("c2");
});

it("never sends an older version after a newer one in a window, and always ends on the newest", () => {
	const step = fc.record({ key: fc.constantFrom("a", "b"), version: fc.nat(30), wait: fc.nat(40) });
	fc.assert(
		fc.property(fc.array(step, { maxLength: 60 }), steps => {
			const sent: { key: string; version: number; at: number }[] = [];
			const { timer, now, turn } = clock();
			const coalescer = new Coalescer<{ key: string; version: number }>(
				message => sent.push({ ...message, at: now() }),
				50,
				timer
			);
			let top: Record<string, number> = {};
			for (const { key, wait } of steps) {
				// versions as they are born: only growing, with some older ones arriving late
				top = { ...top, [key]: (top[key] ?? 0) + 1 };
				coalescer.offer(key, top[key]!, { key, version: top[key]! });
				if (wait % 3 === 0 && top[key]! > 1)
					coalescer.offer(key, top[key]! - 1, { key, version: top[key]! - 1 });
				turn(wait);
			}
			turn(500);
			for (const key of Object.keys(top)) {
				const of = sent.filter(message => message.key === key);
				expect(of.at(-1)!.version).toBe(top[key]);
				of.forEach((message, i) => {
					const before = of[i - 1];
					if (!before) return;
					expect(message.version).toBeGreaterThan(before.version);
					expect(message.at - before.at).toBeGreaterThanOrEqual(50);
				});
			}
		})
	);
});
