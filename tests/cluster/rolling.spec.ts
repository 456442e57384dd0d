import { Visitor } from "../chaos/visitor";
import { Client, times } from "../helpers/client";
import { Load } from "../helpers/load";
import { LocalCluster } from "../helpers/local-cluster";
import { until } from "../helpers/shop";
import { verdictOf } from "../helpers/target";
import { Watcher } from "../helpers/watcher";

let cluster: LocalCluster;
let seller: Client;
beforeAll(async () => {
	cluster = await LocalCluster.start({ args: ["--replicas", "2"] });
	seller = await new Client(cluster.state.api).signUp("seller");
});
afterAll(() => cluster?.discard());

it("restarts every node under load: no request is lost, and every socket is back with the truth", async () => {
	const { api, relay, nodes } = cluster.state;
	const products = await times(6, async () => {
		const { slug, variants } = await seller.product(10_000);
		return { slug, sku: variants[0]!.sku };
	});
	const skus = products.map(({ sku }) => sku);
	const watchers = Array.from({ length: 24 }, () => new Watcher(relay, skus));
	await until(() => watchers.every(({ connects }) => connects === 1));
	// an operator who looks on is a node as well, and not one that can be waited for
	const visitor = await Visitor.join(cluster.dir);
	const load = new Load(api, products);
	await load.start(4);
	const began = Date.now();

	await cluster.commandLater("restart", "all");

	await load.stop();
	await visitor.leave();
	const answered = Object.values(load.done).reduce((a, b) => a + b, 0);
	console.log(`${answered} requests in ${(Date.now() - began) / 1000} s`, load.done);
	for (const { id, pid } of nodes) expect(cluster.node(id).pid).not.toBe(pid);
	expect(load.failures.map(({ at, route, got }) => `${at} ${route}: ${got}`)).toEqual([]);
	expect(answered).toBeGreaterThan(1000);

	await until(() => watchers.every(({ socket }) => socket.connected), Boolean, 15_000);
	// each had to change its relay, and none waits for the next
	for (const { connects } of watchers) expect(connects).toBeGreaterThan(1);
	for (const sku of skus) {
		const { version, available } = await seller.stock(sku);
		await until(
			() => watchers.map(({ known }) => known.get(sku)),
			all => all.every(known => known?.version === version && known.available === available)
		);
	}
	watchers.forEach(({ socket }) => socket.close());
	expect(await verdictOf(cluster)).toEqual([]);
}, 400_000);
