import type { Fault } from "../fault";

/** Milliseconds: longer than the others wait for a heartbeat. */
const LASTS = 14_000;

export const fault: Fault = {
	id: "F19",
	about: "a partition: all inventory nodes are cut off from the bus",
	mode: "cluster",
	async run(stage) {
		const proxies = ["inventory-1", "inventory-2"].map(id => stage.cluster.nats.get(id)!);
		const dropped = () => proxies.reduce((sum, { did }) => sum + did.dropped, 0);
		const before = dropped();
		for (const proxy of proxies) proxy.set({ dropOut: true, dropBack: true });
		const { lines } = stage.recorder;
		const cut = Date.now();
		await stage.sleep(LASTS);
		const held = lines.filter(({ op, status, t0 }) => op === "place" && status === 201 && t0 > cut);
		// a double click may be answered from what was held before
		const fresh = held.filter(({ key }) => !lines.some(line => line.key === key && line.t0 <= cut));
		stage.expect("nothing is held without the inventory", fresh.length === 0, fresh);
		stage.proved(`${dropped() - before} bytes were lost`, dropped() > before);
		for (const proxy of proxies) proxy.heal();
		stage.heals();
	}
};
