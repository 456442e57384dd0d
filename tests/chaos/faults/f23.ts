import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Fault } from "../fault";

const KILLS = Number(process.env.KILLS || 10);

/** The journal that is being written. */
function lastJournal(dir: string): string {
	const numbers = readdirSync(dir).flatMap(name => /^journal-(\d+)\.log$/.exec(name)?.[1] ?? []);
	return join(dir, `journal-${Math.max(...numbers.map(Number))}.log`);
}
/** Leaves half of a line at the journal's end, as a power cut would. */
function tear(dir: string): void {
	const file = lastJournal(dir);
	const [last = ""] = readFileSync(file, "utf8").split("\n").slice(-2);
	const line = last || '00000000 [["orders",{"_id":"torn"}]]';
	appendFileSync(file, line.slice(0, line.length / 2));
}

export const fault: Fault = {
	id: "F23",
	about: `kill -9 while it appends and compacts, ${KILLS} times (KILLS), every other one with a torn line`,
	mode: "embedded",
	async run(stage) {
		const { embedded: shop, random } = stage;
		const { dir } = shop.process;
		shop.injections.rules("shop", { id: "compaction", on: "journal" });
		let cut = 0;
		let torn = 0;
		for (let n = 0; n < KILLS; n++) {
			await stage.sleep(random.whole(200, 900));
			await shop.kill();
			if (readdirSync(dir).some(name => name.endsWith(".db.tmp"))) cut++;
			if (n % 2) {
				tear(dir);
				torn++;
			}
			await shop.process.start();
		}
		stage.heals();
		shop.injections.heal();
		const { said } = shop.process;
		const dropped = said.split("bytes of a write that a crash cut short").length - 1;
		const compacted = shop.injections.struck("shop", "compaction").length;
		stage.proved(`${KILLS} kills, ${compacted} compactions`, compacted >= KILLS);
		stage.proved(`${cut} of them cut short`, cut);
		stage.proved(`${torn} torn lines were found, and dropped`, torn > 0 && dropped >= torn);
	}
};
