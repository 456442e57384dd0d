import { type ServiceBroker } from "moleculer";
import AuthService from "../../services/auth/auth.service";
import type { Methods } from "../../services/catalog/catalog.methods";
import { offered } from "../../services/catalog/offered";
import { SearchIndex } from "../../services/catalog/search";
import CatalogService from "../../services/catalog/catalog.service";
import InventoryService from "../../services/inventory/inventory.service";
import { idOf } from "../../services/id";
import { caller, newProduct } from "../helpers/callers";
import { cluster } from "../helpers/cluster";
import { identity, until } from "../helpers/shop";

/** Each node notes what its gateway would hear. */
const heard: string[] = [];
const ear = (name: string) => ({
	name,
	events: {
		"catalog.changed": (ctx: { params: { version: string } }) =>
			void heard.push(`${name} ${ctx.params.version}`)
	}
});
const nodes: ServiceBroker[] = [];
/** As another process would have it: in a group of its own. */
const replica = (n: number) => ({
	...CatalogService,
	events: Object.fromEntries(
		Object.entries(CatalogService.events!).map(([name, event]) => [
			name,
			typeof event === "object" ? { ...event, group: `${event.group}-${n}` } : event
		])
	),
	created(this: { broker: ServiceBroker }) {
		nodes.push(this.broker);
		CatalogService.created!.call(this as never);
	}
});
const { broker } = cluster(
	[AuthService, InventoryService, replica(0), ear("ear-0")],
	[replica(1), ear("ear-1")]
);
// a service of the same name on this node is no sign that the other node is known
beforeAll(() =>
	until(
		() => broker.registry.getServiceList({}).filter(({ name }) => name === "catalog").length,
		known => known === 2
	)
);
const ada = caller(broker, identity("seller"));
const index = (node: number) =>
	(nodes[node]!.getLocalService("catalog") as unknown as Methods).live.index;
const seen = (node: number, q: string) => index(node).search({ q, page: 1, pageSize: 9 });

it("keeps every replica's index by events", async () => {
	const { id, variants } = await ada("catalog.create", newProduct({ title: "Twofold" }));
	const { sku } = variants[0]!;
	for (const node of [0, 1]) await until(() => seen(node, "twofold").total === 1);
	await ada("catalog.update", { id, version: 1, title: "Manifold" });
	for (const node of [0, 1]) await until(() => seen(node, "manifold").total === 1);
	await ada("inventory.adjust", { sku, delta: 5, reason: "found" });
	for (const node of [0, 1]) await until(() => seen(node, "manifold").items[0]!.available === 15);
});

it("tells what is for sale, though a replica hasn't heard of it yet", async () => {
	const { id, variants } = await ada("catalog.create", newProduct({ title: "Unheard" }));
	const { sku } = variants[0]!;
	const other = nodes[1]!.getLocalService("catalog") as unknown as Methods;
	const index = new SearchIndex();
	const asked = { skus: [sku, "no-such-sku"], productIds: [id, idOf("p", "none")] };
	expect(await offered(index, other.products, asked)).toEqual({ skus: [sku], productIds: [id] });
	await ada("catalog.update", { id, version: 1, status: "draft" });
	expect(await offered(index, other.products, asked)).toEqual({ skus: [], productIds: [] });
	const { sellerId: viewer } = (await other.products.get(id))!;
	// somebody's SKU may be called as another's draft is
	await ada("catalog.create", newProduct({ variants: [{ sku: id, price: 100, stock: 1 }] }));
	const alike = { skus: [id], productIds: [id] };
	expect(await offered(index, other.products, alike)).toEqual({ skus: [id], productIds: [] });
	const own = { ...asked, viewer };
	expect(await offered(index, other.products, own)).toEqual({ skus: [sku], productIds: [id] });
});

it("says whether it would tell whoever asks of the next change", async () => {
	const ask = (node: number, other: number) => {
		const { nodeID } = nodes[other]!;
		return nodes[node]!.call<{ tells: boolean }, object>("catalog.version", {}, { nodeID });
	};
	expect(await ask(0, 1)).toMatchObject({ tells: true });
	expect(await ask(0, 0)).toMatchObject({ tells: true });
	const { registry } = nodes[1]! as unknown as {
		registry: { nodes: { disconnected(id: string, unexpected: boolean): void } };
	};
	registry.nodes.disconnected(nodes[0]!.nodeID, true);
	expect(await ask(0, 1)).toMatchObject({ tells: false });
	await until(
		() => ask(0, 1),
		({ tells }) => tells,
		15_000
	);
});

it("makes up for an event that was lost", async () => {
	const { id } = await ada("catalog.create", newProduct({ title: "Whisper" }));
	for (const node of [0, 1]) await until(() => seen(node, "whisper").total === 1);
	const { products } = nodes[0]!.getLocalService("catalog") as unknown as Methods;
	await products.change(
		{ id },
		{ $set: { title: "Echo", touchedAt: Date.now() }, $inc: { revision: 1 } }
	);
	const { live } = nodes[1]!.getLocalService("catalog") as unknown as Methods;
	await live.catchUp();
	expect(seen(1, "echo").total).toBe(1);
});

it("tells every gateway once after an answer was given, and no more until the next", async () => {
	const { id } = await ada("catalog.create", newProduct());
	const { live, products } = nodes[0]!.getLocalService("catalog") as unknown as Methods;
	const change = async (title: string) => {
		const changed = await products.change({ id }, { $set: { title }, $inc: { revision: 1 } });
		await live.put(changed!);
	};
	await change("One");
	heard.length = 0;
	await change("Two");
	expect(heard).toEqual([]);
	live.asked();
	await change("Three");
	await until(() => heard.length === 2);
	await change("Four");
	await new Promise(resolve => setTimeout(resolve, 50));
	expect(heard.map(line => line.split(" ")[0]).toSorted()).toEqual(["ear-0", "ear-1"]);
});

describe("before a seller is answered", () => {
	const deaf: ServiceBroker[] = [];
	let hangs = false;
	/** A replica that no event reaches; it may also stop answering. */
	const Deaf = {
		...CatalogService,
		events: {},
		actions: {
			...CatalogService.actions,
			see(this: unknown, ctx: never) {
				const see = CatalogService.actions.see as (this: unknown, ctx: never) => unknown;
				return hangs ? new Promise(() => {}) : see.call(this, ctx);
			}
		},
		created(this: { broker: ServiceBroker }) {
			deaf.push(this.broker);
			CatalogService.created!.call(this as never);
		}
	};
	const two = cluster([AuthService, InventoryService, CatalogService], [Deaf]);
	const bea = caller(two.broker, identity("seller"));
	beforeAll(() =>
		until(
			() => two.broker.registry.getServiceList({}).filter(({ name }) => name === "catalog").length,
			known => known === 2
		)
	);
	const shown = (q: string) => {
		const { live } = deaf[0]!.getLocalService("catalog") as unknown as Methods;
		return live.index.search({ q, page: 1, pageSize: 9 }).items;
	};

	it("every replica shows what he wrote, with its stock", async () => {
		const { id } = await bea("catalog.create", newProduct({ title: "Lighthouse" }));
		expect(shown("lighthouse")).toMatchObject([{ id, available: 10 }]);
		await bea("catalog.update", { id, version: 1, title: "Windmill" });
		expect(shown("windmill")).toMatchObject([{ id }]);
		expect(shown("lighthouse")).toEqual([]);
		await bea("catalog.archive", { id });
		expect(shown("windmill")).toEqual([]);
	});

	it("but one that hangs holds nobody up", async () => {
		hangs = true;
		const { id } = await bea("catalog.create", newProduct({ title: "Breakwater" }));
		expect(id).toBeTruthy();
		expect(shown("breakwater")).toEqual([]);
		hangs = false;
	});
});
