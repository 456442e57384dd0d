import type { Fault } from "../fault";

/** Milliseconds that an answer of the database takes longer, and how long that lasts. */
const SLOW = [
	{ ms: 500, lasts: 8000 },
	{ ms: 3000, lasts: 10_000 }
];

export const fault: Fault = {
	id: "F14",
	about: "the database answers 0.5 s, then 3 s later than usual",
	mode: "cluster",
	async run(stage) {
		const { mongo } = stage.cluster;
		for (const { ms, lasts } of SLOW) {
			const before = mongo.did.delayed;
			mongo.set({ delay: ms / 2 });
			await stage.sleep(lasts);
			const delayed = mongo.did.delayed - before;
			stage.proved(`${delayed} packets held up for ${ms / 2} ms`, delayed > 0);
		}
		mongo.heal();
		stage.heals();
	}
};
