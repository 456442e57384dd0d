import { atOnce } from "../../services/at-once";

const gate = () => {
	let open!: () => void;
	return { passed: new Promise<void>(resolve => (open = resolve)), open };
};

it("answers in the order asked, whichever is done first", async () => {
	const first = gate();
	const work = async (n: number) => {
		if (n === 1) await first.passed;
		if (n === 2) first.open();
		return 10 * n;
	};
	expect(await atOnce([1, 2, 3], 2, work)).toEqual([10, 20, 30]);
	expect(await atOnce([], 5, work)).toEqual([]);
});

it("has so many under way and no more", async () => {
	let [now, most] = [0, 0];
	await atOnce(
		Array.from({ length: 20 }, (_, n) => n),
		3,
		async () => {
			most = Math.max(most, ++now);
			await new Promise(resolve => setImmediate(resolve));
			now--;
		}
	);
	expect(most).toBe(3);
});

it("begins nothing more after a failure, and tells of it when the others are over", async () => {
	const begun: number[] = [];
	let over = false;
	const work = async (n: number) => {
		begun.push(n);
		if (n === 1) throw new Error("broken");
		await new Promise(resolve => setImmediate(resolve));
		over = true;
	};
	await expect(atOnce([1, 2, 3, 4, 5], 2, work)).rejects.toThrow("broken");
	expect(begun).toEqual([1, 2]);
	expect(over).toBe(true);
});
