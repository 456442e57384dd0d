import AuthService from "../../services/auth/auth.service";
import CatalogService from "../../services/catalog/catalog.service";
import ImportService from "../../services/import/import.service";
import { LEASE, type ErrorsDocument, type ImportDocument } from "../../services/import/documents";
import { Runner } from "../../services/import/runner";
import InventoryService from "../../services/inventory/inventory.service";
import type { Blobs } from "../../mixins/blobs";
import type { Collection } from "../../mixins/db.mixin";
import { fail } from "../../services/errors";
import { newId } from "../../services/id";
import { as, identity, until } from "../helpers/shop";
import { cluster } from "../helpers/cluster";

// a thousand durable writes, also on a machine that has much else to do
jest.setTimeout(240_000);

interface Inside {
	imports: Collection<ImportDocument>;
	problems: Collection<ErrorsDocument>;
	blobs: Blobs;
	runner: Runner;
	logger: { warn(...args: unknown[]): void };
}
const { broker } = cluster([AuthService, CatalogService, InventoryService, ImportService]);
const service = () => broker.getLocalService("import") as unknown as Inside;
const runners: Runner[] = [];
/** Another replica of the service: on the same documents and files. */
function replica(changes: Partial<Inside> = {}): Runner {
	const { imports, problems, blobs, logger } = { ...service(), ...changes };
	const { imports: own, problems: their, blobs: files, logger: log } = service();
	const runner = new Runner({
		imports: imports ?? own,
		problems: problems ?? their,
		blobs: blobs ?? files,
		broker,
		logger: logger ?? log
	});
	runners.push(runner);
	runner.start();
	return runner;
}
// the service's own stands still: each test brings the replicas that it needs
beforeAll(() => service().runner.stop());
afterEach(async () => {
	await Promise.all(runners.splice(0).map(runner => runner.stop()));
});

let made = 0;
async function started(rows: number) {
	const seller = identity("seller");
	const prefix = `fault-${process.pid}-${++made}`;
	const lines = Array.from(
		{ length: rows },
		(_, i) => `${prefix}-${i},Thing ${prefix} ${i},a/b,1,5`
	);
	const data = Buffer.from(["sku,title,category,price,stock", ...lines].join("\n"));
	const upload = newId();
	await broker.call("import.keep", { upload, part: 0, data: data.toString("base64") }, as(seller));
	const file = `${upload}:1:${data.length}`;
	const { importId } = await broker.call("import.start", { file }, as(seller));
	return {
		get: () => broker.call("import.get", { id: importId }, as(seller)),
		document: async () => (await service().imports.get(importId))!,
		id: importId,
		stocks: async () =>
			(
				await broker.call("inventory.stock", {
					skus: lines.map((_, i) => `${prefix}-${i}`)
				})
			).map(({ available, version }) => [available, version])
	};
}
/** The import service's collection, but for what a test makes of a change. */
const changing = (change: Collection<ImportDocument>["change"]) =>
	new Proxy(service().imports, {
		get(imports, name) {
			if (name === "change") return change;
			const value: unknown = Reflect.get(imports, name);
			return typeof value === "function" ? value.bind(imports) : value;
		}
	});

it("is gone on with by another replica when one stops", async () => {
	const { get } = await started(250);
	const first = replica();
	await until(get, ({ done }) => done > 0, 200_000);
	await first.stop();
	const { done } = await get();
	replica();
	const over = await until(get, ({ status }) => status === "done", 200_000);
	expect(over).toMatchObject({ rows: 250, done: 250, created: 250, updated: 0, errors: [] });
	expect(done).toBeGreaterThan(0);
});

it("is worked on by one of many: each batch is noted once", async () => {
	const noted: unknown[] = [];
	const watched = changing(async (query, update) => {
		const changed = await service().imports.change(query, update);
		if (changed && update.$set?.done !== undefined) noted.push(update.$set.done);
		return changed;
	});
	const { get } = await started(250);
	for (let n = 0; n < 4; n++) replica({ imports: watched });
	const over = await until(get, ({ status }) => status === "done", 200_000);
	expect(over).toMatchObject({ done: 250, created: 250, updated: 0, errors: [] });
	expect(noted).toEqual([200, 250]);
});

it("is taken from a replica that died once its lease has run out, and not before", async () => {
	const { id, get, document } = await started(30);
	await service().imports.change(
		{ id },
		{ $set: { owner: "thedeadone", dueAt: Date.now() + LEASE / 4 } }
	);
	const { dueAt } = await document();
	replica();
	await until(document, ({ owner }) => owner !== "thedeadone", 200_000);
	expect(Date.now()).toBeGreaterThanOrEqual(dueAt!);
	await until(get, ({ status }) => status === "done", 200_000);
});

it("does a batch again that was done but not noted, and counts and changes it once", async () => {
	let failures = 0;
	const forgetful = changing((query, update) => {
		if (update.$set?.done !== undefined && failures < 2) {
			failures++;
			return Promise.resolve().then(() => fail("STORAGE_UNAVAILABLE"));
		}
		return service().imports.change(query, update);
	});
	const { get, stocks } = await started(120);
	replica({ imports: forgetful });
	const over = await until(get, ({ status }) => status === "done", 200_000);
	expect(failures).toBe(2);
	expect(over).toMatchObject({ done: 120, created: 120, updated: 0, errorCount: 0 });
	// each stock is made once and never touched again
	expect(await stocks()).toEqual(Array.from({ length: 120 }, () => [5, 1]));
});

it("leaves nothing of its file behind", async () => {
	const { id, get, document } = await started(3);
	expect(await service().blobs.get(`${id}.0`)).not.toBeNull();
	replica();
	await until(get, ({ status }) => status === "done", 200_000);
	await until(document, ({ dueAt }) => dueAt === undefined, 200_000);
	expect(await service().blobs.get(`${id}.0`)).toBeNull();
});

it("forgets an upload that broke off, and lets its seller begin anew", async () => {
	const seller = identity("seller");
	const begin = (upload: string) =>
		broker.call("import.keep", { upload, part: 0, data: "c2t1Cg==" }, as(seller));
	const uploads = [newId(), newId(), newId()];
	for (const upload of uploads) await begin(upload);
	const refusal = await begin(newId()).catch((err: unknown) => err);
	expect(refusal).toMatchObject({ type: "TOO_MANY_REQUESTS" });
	const { retryAfter } = (refusal as { data: { retryAfter: number } }).data;
	const places = await Promise.all(uploads.map(id => service().imports.get(id)));
	const free = Math.min(...places.map(found => found!.dueAt!));
	expect(Date.now() + 1000 * retryAfter).toBeGreaterThanOrEqual(free);
	for (const id of uploads)
		await service().imports.change({ id }, { $set: { dueAt: Date.now() - 1 } });
	replica();
	await until(
		() => Promise.all(uploads.map(id => service().imports.get(id))),
		found => found.every(document => document === null),
		200_000
	);
	await begin(newId());
	await until(
		() => service().blobs.get(`${uploads[0]}.0`),
		bytes => bytes === null,
		200_000
	);
	await expect(
		broker.call("import.start", { file: `${uploads[0]}:1:4` }, as(seller))
	).rejects.toMatchObject({ type: "NOT_FOUND" });
});
