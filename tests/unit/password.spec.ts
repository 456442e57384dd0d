import { Passwords } from "../../services/auth/password";
import { codeOf } from "../../services/errors";

let passwords: Passwords;
const make = (options: ConstructorParameters<typeof Passwords>[0]) =>
	(passwords = new Passwords(options));
afterEach(() => passwords.close());

const median = (times: number[]) => times.sort((a, b) => a - b)[times.length >> 1]!;

it("knows a password by its hash", async () => {
	make({ cost: 4 });
	const hash = await passwords.hash("correct horse");
	expect(hash).toMatch(/^\$2[aby]\$04\$/);
	expect(await passwords.matches("correct horse", hash)).toBe(true);
	expect(await passwords.matches("correct house", hash)).toBe(false);
	expect(await passwords.matches("correct horse")).toBe(false);
});

it("never compares the first 72 bytes only", async () => {
	make({ cost: 4 });
	const hash = await passwords.hash("x".repeat(72));
	expect(await passwords.matches(`${"x".repeat(72)}y`, hash)).toBe(false);
});

it("takes the same time where there is no account", async () => {
	make({ cost: 8, workers: 1 });
	const hash = await passwords.hash("correct horse");
	await passwords.ready();
	const known: number[] = [];
	const unknown: number[] = [];
	const long: number[] = [];
	const time = async (times: number[], given: string, against?: string) => {
		const start = performance.now();
		await passwords.matches(given, against);
		times.push(performance.now() - start);
	};
	for (let i = 0; i < 21; i++) {
		await time(known, "wrong one", hash);
		await time(unknown, "wrong one");
		await time(long, "x".repeat(100), hash);
	}
	for (const times of [unknown, long]) {
		expect(median(times) / median(known)).toBeGreaterThan(0.6);
		expect(median(times) / median(known)).toBeLessThan(1.6);
	}
});

it("leaves the event loop alone while it works", async () => {
	make({ cost: 10, workers: 1 });
	await passwords.ready();
	let turns = 0;
	const timer = setInterval(() => turns++, 5);
	const start = performance.now();
	await Promise.all(Array.from({ length: 4 }, () => passwords.hash("correct horse")));
	clearInterval(timer);
	expect(turns).toBeGreaterThan((performance.now() - start) / 5 / 8);
});

it("refuses at once when too many wait, and those who waited too long", async () => {
	make({ cost: 8, workers: 1, queue: 3 });
	const answers = await Promise.all(
		Array.from({ length: 6 }, () => passwords.hash("correct horse").then(() => "done", codeOf))
	);
	expect(answers).toEqual(["done", "done", "done", "done", ...Array(2).fill("TOO_MANY_REQUESTS")]);
	await passwords.close();
	make({ cost: 8, workers: 1, patience: -1 });
	expect(await passwords.hash("correct horse").catch(codeOf)).toBe("TOO_MANY_REQUESTS");
});

it("asks again whether a try is allowed when its turn comes", async () => {
	make({ cost: 4, workers: 1 });
	let left = 2;
	const admit = async () => {
		if (left-- === 0) throw new Error("enough");
	};
	const tries = Array.from({ length: 3 }, () => passwords.matches("wrong one", undefined, admit));
	const answers = await Promise.allSettled(tries);
	expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
});
