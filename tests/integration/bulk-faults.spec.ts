import { Errors, type ServiceBroker } from "moleculer";
import AuthService from "../../services/auth/auth.service";
import BulkService from "../../services/bulk/bulk.service";
import type { JobDocument, SelectionDocument } from "../../services/bulk/documents";
import CatalogService from "../../services/catalog/catalog.service";
import { newId } from "../../services/id";
import InventoryService from "../../services/inventory/inventory.service";
import type { Collection } from "../../mixins/db.mixin";
import { caller, newProduct } from "../helpers/callers";
import { cluster } from "../helpers/cluster";
import { identity, until } from "../helpers/shop";

/** Of which actions the next answer gets lost, after their work is done. */
const losing = new Set<string>();
type Handler = (this: unknown, ctx: unknown) => Promise<unknown>;
/** A service one of whose answers may get lost on the way. */
function forgetful<S extends { name: string; actions: object }>(service: S, action: string): S {
	const name = `${service.name}.${action}`;
	const work = (service.actions as Record<string, Handler>)[action]!;
	const handler: Handler = async function (ctx) {
		const result = await work.call(this, ctx);
		if (losing.delete(name)) throw new Errors.RequestTimeoutError({ action: name, nodeID: "" });
		return result;
	};
	return { ...service, actions: { ...service.actions, [action]: handler } };
}
const nodes: ServiceBroker[] = [];
const bulk = () => ({
	...BulkService,
	created(this: { broker: ServiceBroker }) {
		nodes.push(this.broker);
		BulkService.created!.call(this as never);
	}
});
const { broker } = cluster(
	[AuthService, forgetful(CatalogService, "editMany"), forgetful(InventoryService, "adjustMany")],
	[bulk()],
	[bulk()]
);
interface Tables {
	bulks: Collection<JobDocument>;
	bulkSelections: Collection<SelectionDocument>;
}
const tables = () => nodes[0]!.getLocalService("bulk") as unknown as Tables;
const bulks = () => tables().bulks;

async function shopOf(count: number) {
	const seller = identity("seller");
	const call = caller(broker, seller);
	const ids: string[] = [];
	for (let i = 0; i < count; i++) ids.push((await call("catalog.create", newProduct())).id);
	const states = async () => {
		const all = await Promise.all(ids.map(id => call("catalog.mineOne", { id })));
		return new Set(
			all.map(({ version, variants: [one] }) => [version, one!.price, one!.stock.available].join())
		);
	};
	const ended = (id: string) =>
		until(
			() => call("bulk.get", { id }),
			({ status }) => status !== "running",
			30_000
		);
	return { seller, call, ids, states, ended };
}
const change = { price: { percent: 10 }, stock: { delta: 5 } };

it.each(["catalog.editMany", "inventory.adjustMany"])(
	"changes each once where the answer of %s gets lost, and undoes it once",
	async name => {
		const { call, ids, states, ended } = await shopOf(12);
		losing.add(name);
		const { bulkId } = await call("bulk.change", { ids, change, wait: 0 });
		expect(await ended(bulkId!)).toMatchObject({ status: "done", changed: 12, errors: [] });
		expect(await states()).toEqual(new Set(["2,2090,15"]));
		expect(losing.size).toBe(0);

		for (const id of ids.slice(6))
			await call("catalog.update", { id, version: 2, description: "Written since." });
		losing.add(name);
		const undo = await call("bulk.undo", { undoId: bulkId!, wait: 0 });
		expect(await ended(undo.bulkId!)).toMatchObject({ status: "done", changed: 12, errors: [] });
		expect(await states()).toEqual(new Set(["3,1900,10", "4,1900,10"]));
	}
);

it("changes each once where two work on it at the same time", async () => {
	const { call, ids, states, ended } = await shopOf(160);
	const { bulkId: id } = await call("bulk.change", { ids, change, wait: 0 });
	const over = ended(id!);
	// whoever works on it looks dead, again and again, while it isn't
	for (let n = 0; n < 40; n++) {
		await bulks().change({ id: id!, status: "running" }, { $set: { dueAt: 0 } });
		await new Promise(resolve => setTimeout(resolve, 25));
	}
	expect(await over).toMatchObject({ status: "done", done: 160, changed: 160, errors: [] });
	expect(await states()).toEqual(new Set(["2,2090,15"]));
});

it("forgets what it was about once it is over, also after whoever ended it died", async () => {
	const { call, ids, ended } = await shopOf(2);
	const { bulkId: id } = await call("bulk.change", { ids, change, wait: 0 });
	await ended(id!);
	const cleared = () =>
		until(
			async () => (await bulks().get(id!))!.dueAt,
			dueAt => !dueAt
		);
	await cleared();
	expect(await tables().bulkSelections.get(id!)).toBeNull();

	await tables().bulkSelections.create({ id: id!, ids });
	await bulks().change({ id: id! }, { $set: { dueAt: Date.now() } });
	await cleared();
	expect(await tables().bulkSelections.get(id!)).toBeNull();
	expect(await call("bulk.get", { id: id! })).toMatchObject({ status: "done", changed: 2 });
});

it("ends a bulk whose request died before it was written down, and lets its seller begin anew", async () => {
	const { seller, call, ids, states, ended } = await shopOf(2);
	const id = newId();
	await bulks().create({
		id,
		sellerId: seller.id,
		runningOf: seller.id,
		change: JSON.stringify(change),
		digest: "none",
		status: "running",
		matched: 2,
		done: 0,
		changed: 0,
		failed: 0,
		batches: 0,
		next: 0,
		createdAt: new Date().toISOString(),
		dueAt: Date.now() + 500,
		tries: 0
	});
	await expect(call("bulk.change", { ids, change })).rejects.toMatchObject({
		type: "INVALID_STATE"
	});
	expect(await ended(id)).toMatchObject({ status: "failed", matched: 2, done: 0, changed: 0 });
	expect(await states()).toEqual(new Set(["1,1900,10"]));
	expect((await call("bulk.change", { ids, change })).changed).toBe(2);
});
