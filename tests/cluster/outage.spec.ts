import { CORE } from "../../services/node";
import { Client } from "../helpers/client";
import { LocalCluster } from "../helpers/local-cluster";
import { CALLS, expected, outcomeOf, type People } from "../helpers/outage";
import { until } from "../helpers/shop";
import { verdictOf } from "../helpers/target";

/** Milliseconds that nobody waits for a service that isn't there. */
const PATIENCE = 5000;

let cluster: LocalCluster;
let people: Omit<People, "order">;
beforeAll(async () => {
	cluster = await LocalCluster.start({ args: ["--replicas", "2"] });
	const { api } = cluster.state;
	const seller = await new Client(api).signUp("seller");
	const buyer = await new Client(api).signUp();
	people = { guest: new Client(api), buyer, seller, product: await seller.product(1000) };
});
afterAll(() => cluster?.discard());

/** Each call's outcome, and how long the slowest took. */
async function survey(asked: People) {
	const outcomes: Record<string, string> = {};
	let slowest = 0;
	for (const call of CALLS) {
		const start = performance.now();
		outcomes[call.name] = outcomeOf(await call.send(asked));
		slowest = Math.max(slowest, performance.now() - start);
	}
	return { outcomes, slowest };
}
async function reserve() {
	const { buyer, product } = people;
	const { body } = await until(
		() => buyer.place([{ sku: product.variants[0]!.sku, quantity: 1 }]),
		({ status }) => status === 201,
		20_000
	);
	return body;
}
/** One buyer may have twenty unpaid orders. */
async function letGo() {
	const { buyer } = people;
	for (const { id, status } of (await buyer.orders()).items)
		if (status === "reserved")
			expect((await buyer.ask(`POST /api/orders/${id}/cancel`)).status).toBe(200);
}

it.each(CORE)(
	"without %s the rest of the shop works, and it is whole again by itself",
	async away => {
		const asked = { ...people, order: await reserve() };
		await cluster.commandLater("stop", away);
		const { outcomes, slowest } = await survey(asked);
		await cluster.commandLater("start", away);

		expect(outcomes).toEqual(
			Object.fromEntries(CALLS.map(call => [call.name, expected(call, away)]))
		);
		expect(slowest).toBeLessThan(PATIENCE);
		const healed = { ...people, order: await reserve() };
		for (const call of CALLS)
			await until(
				async () => `${call.name} ${outcomeOf(await call.send(healed))}`,
				told => told === `${call.name} works`,
				20_000
			);
		await letGo();
	}
);

it("without a relay everything works but the live numbers, without a gateway nothing does, and says so", async () => {
	const asked = { ...people, order: await reserve() };
	await cluster.commandLater("stop", "relay");
	expect(new Set(Object.values((await survey(asked)).outcomes))).toEqual(new Set(["works"]));
	await cluster.commandLater("start", "relay");
	await cluster.commandLater("stop", "gateway");
	const { outcomes, slowest } = await survey(asked);
	await cluster.commandLater("start", "gateway");
	// nginx has kept what was read lately
	const { "a product's page": _kept, ...rest } = outcomes;
	expect(new Set(Object.values(rest))).toEqual(new Set(["refused"]));
	expect(slowest).toBeLessThan(PATIENCE);
	await until(
		async () => (await people.guest.ask("GET /health")).status,
		status => status === 200,
		20_000
	);
});

it("has told the truth all the while", async () => {
	await letGo();
	expect(await verdictOf(cluster)).toEqual([]);
}, 300_000);
