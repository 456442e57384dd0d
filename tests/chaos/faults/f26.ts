import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F26",
	about: "the heap runs full, and the process dies of it in the middle of its work",
	mode: "embedded",
	flags: ["--max-old-space-size=160"],
	async run(stage) {
		const shop = stage.embedded;
		await stage.sleep(1000);
		shop.injections.rules("shop", { id: "heap", on: "heap" });
		const end = await shop.died();
		shop.injections.heal();
		const isFull = shop.process.said.includes("heap out of memory");
		stage.proved(`out of memory: ended by ${end}`, isFull && (end === "SIGABRT" || end === 134));
		await shop.process.start();
	}
};
