import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F26",
	about: "the heap runs full, and the process dies of it in the middle of its work",
	mode: "embedded",
	async run(stage) {
		const shop = stage.embedded;
		await stage.sleep(1000);
		shop.injections.rules("shop", { id: "heap", on: "heap" });
		const end = await shop.died();
		shop.injections.heal();
		if (end !== "SIGABRT" && end !== 134) throw new Error(`It ended by ${end}`);
		if (!shop.process.said.includes("heap out of memory"))
			throw new Error("It died, but not of memory");
		stage.proved(`out of memory: ended by ${end}`);
		await shop.process.start();
	}
};
