import { Errors, ServiceBroker } from "moleculer";
import config, { middlewares } from "../../moleculer.config";
import { busMark } from "../../services/bus.middleware";
import { newId } from "../../services/id";
import InventoryService from "../../services/inventory/inventory.service";
import { isGenuine, markOf } from "../../services/session";
import { cluster } from "../helpers/cluster";
import { identity, until } from "../helpers/shop";

const { broker } = cluster([], [InventoryService]);

/** A node of somebody who has the bus, but not the shop's secret. */
function intruder() {
	const node = new ServiceBroker({
		...config,
		nodeID: `intruder-${newId()}`,
		namespace: broker.namespace,
		middlewares: middlewares.filter(
			middleware => typeof middleware === "string" || middleware.name !== "BusMark"
		),
		logger: false,
		metrics: false,
		transporter: "Fake"
	});
	return node;
}

it("is no bus for whoever lacks the secret: no call, no event, no service of theirs", async () => {
	const sku = `sku-${newId()}`;
	await broker.call("inventory.open", {
		productId: newId(),
		sellerId: identity("seller").id,
		title: "Thing",
		items: [{ sku, stock: 5 }]
	});
	const heard: unknown[] = [];
	broker.createService({
		name: "ear",
		events: { "stock.changed": { handler: ctx => void heard.push(ctx.params) } }
	});
	const node = intruder();
	node.createService({ name: "payment", actions: { capture: () => ({ outcome: "captured" }) } });
	await node.start();

	const id = newId();
	await node
		.transit!.publish({
			type: "REQ",
			target: "node-1",
			payload: {
				ver: "5",
				sender: "node-0",
				id,
				action: "inventory.reserve",
				params: { orderId: newId(), lines: [{ sku, quantity: 5 }], notAfter: Date.now() + 10_000 },
				meta: {}
			}
		} as never)
		.catch(() => undefined);
	await node.broadcast("stock.changed", {
		sku,
		productId: newId(),
		available: 0,
		held: 0,
		version: 99,
		at: new Date().toISOString()
	});
	await new Promise(resolve => setTimeout(resolve, 300));

	expect(await broker.call("inventory.stock", { skus: [sku] })).toMatchObject([{ available: 5 }]);
	expect(heard).toEqual([]);
	expect(broker.registry.nodes.list({}).map(({ id }) => id)).not.toContain(node.nodeID);
	expect(broker.registry.actions.isAvailable("payment.capture")).toBe(false);
	await node.stop();
});

it("still is one for our own nodes", async () => {
	await until(() => broker.registry.actions.isAvailable("inventory.stock"));
	expect(await broker.call("inventory.stock", { skus: ["unknown-sku"] })).toEqual([]);
});

it("knows a message that was changed on the way", () => {
	const message = Buffer.from('{"quantity":1}');
	expect(isGenuine(markOf(message), message)).toBe(true);
	expect(isGenuine(markOf(message), Buffer.from('{"quantity":9}'))).toBe(false);
	expect(isGenuine(Buffer.alloc(3), message)).toBe(false);
	expect(busMark().name).toBe("BusMark");
});

describe("the breaker", () => {
	const ask = async (code: number) => {
		const node = new ServiceBroker({ ...config, logger: false, metrics: false, transporter: null });
		let asked = 0;
		node.createService({
			name: "far",
			actions: {
				away() {
					asked++;
					throw new Errors.MoleculerError("Away", code, "SOMETHING");
				}
			}
		});
		await node.start();
		for (let i = 0; i < 60; i++) await node.call("far.away").catch(() => {});
		await node.stop();
		return asked;
	};
	it("opens for who breaks or hangs, not for who says that somebody behind him is away", async () => {
		expect(await ask(503)).toBe(60);
		expect(await ask(422)).toBe(60);
		expect(await ask(500)).toBe(20);
		expect(await ask(504)).toBe(20);
	});
});
