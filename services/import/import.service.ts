import { blobs, type Blobs } from "../../mixins/blobs";
import { db, type Collection } from "../../mixins/db.mixin";
import { health } from "../../mixins/health.mixin";
import { fail, failField } from "../errors";
import { Mapping } from "../shared/csv";
import type { Schema } from "../typed";
import {
	MOST_ERRORS,
	MOST_KEPT,
	placesFor,
	roomIn,
	summaryOf,
	UPLOAD_LIFE,
	type ErrorsDocument,
	type ImportDocument
} from "./documents";
import { headLine, linesOf, PIECE } from "./export";
import { Runner } from "./runner";

interface Methods {
	imports: Collection<ImportDocument>;
	problems: Collection<ErrorsDocument>;
	blobs: Blobs;
	runner: Runner;
	own(id: string, sellerId: string): Promise<ImportDocument>;
	/** Makes room for an upload, or refuses it. */
	begin(id: string, sellerId: string): Promise<void>;
	/** Forgets what is past the end of a seller's list. */
	prune(sellerId: string): Promise<void>;
}

function mappingOf(text: string): Mapping {
	try {
		return Mapping.parse(JSON.parse(text));
	} catch {
		return failField("mapping", "Which heading stands for which column, as JSON");
	}
}

const ImportService: Schema<"import", Methods> = {
	name: "import",
	mixins: [
		db({
			imports: {
				lists: { keys: "listOf", sort: "-createdAt" },
				indexes: [
					{ fields: ["place"], unique: true, sparse: true },
					{ fields: ["dueAt"], sparse: true }
				]
			},
			importProblems: { indexes: [{ fields: ["importId"] }] }
		}),
		health
	],

	actions: {
		async keep(ctx) {
			const { upload: id, part, data } = ctx.params;
			const { id: sellerId } = ctx.meta.user;
			if (part === 0) await this.begin(id, sellerId);
			const noted = await this.imports.change(
				{ id, sellerId, status: "uploading" },
				{ $set: { parts: part + 1, dueAt: Date.now() + UPLOAD_LIFE } }
			);
			if (!noted) fail("NOT_FOUND");
			await this.blobs.put(`${id}.${part}`, Buffer.from(data, "base64"));
			return null;
		},

		async drop(ctx) {
			const found = await this.imports.get(ctx.params.upload);
			if (found?.sellerId === ctx.meta.user.id) await this.runner.forget(found);
			return null;
		},

		async start(ctx) {
			const { file, dryRun, mapping: text } = ctx.params;
			const { id: sellerId } = ctx.meta.user;
			const [id = ""] = file.split(":");
			const mapping = text === undefined ? undefined : mappingOf(text);
			const started = await this.imports.change(
				{ id, sellerId, status: "uploading" },
				{
					$set: {
						status: "running",
						dryRun,
						dueAt: Date.now(),
						listOf: sellerId,
						...(mapping && { mapping })
					}
				}
			);
			if (!started) return fail("NOT_FOUND");
			this.runner.look();
			await this.prune(sellerId);
			return { importId: id };
		},

		async get(ctx) {
			const { id } = ctx.params;
			const found = await this.own(id, ctx.meta.user.id);
			const batches = await this.problems.find(
				{ importId: id },
				{ sort: ["from"], limit: MOST_ERRORS }
			);
			const errors = batches.flatMap(batch => batch.errors).slice(0, MOST_ERRORS);
			return { ...summaryOf(found), errors };
		},

		list(ctx) {
			return this.imports.list(ctx.meta.user.id, ctx.params, summaryOf);
		},

		async export(ctx) {
			const { id: sellerId } = ctx.meta.user;
			const { after = "" } = ctx.params;
			const page = await ctx.call("catalog.exportPage", { sellerId, after, limit: 50 });
			let text = after ? "" : headLine;
			for (const [i, product] of page.items.entries()) {
				text += linesOf(product);
				if (text.length > PIECE && i < page.items.length - 1) return { text, next: product.id };
			}
			return { text, next: page.next };
		}
	},

	methods: {
		async own(id, sellerId) {
			const found = await this.imports.get(id);
			return found?.sellerId === sellerId ? found : fail("NOT_FOUND");
		},

		async begin(id, sellerId) {
			const document: ImportDocument = {
				id,
				sellerId,
				status: "uploading",
				dueAt: Date.now() + UPLOAD_LIFE,
				dryRun: false,
				parts: 0,
				rows: 0,
				done: 0,
				created: 0,
				updated: 0,
				errorCount: 0,
				tries: 0,
				createdAt: new Date().toISOString()
			};
			const places = placesFor(sellerId);
			for (const place of places) if (await this.imports.create({ ...document, place })) return;
			// the same part again is harmless, somebody else's upload isn't
			if (await this.imports.get(id)) return void (await this.own(id, sellerId));
			const active = await this.imports.find({ place: { $in: places } }, { limit: places.length });
			fail("TOO_MANY_REQUESTS", { retryAfter: roomIn(active, Date.now()) });
		},

		async prune(sellerId) {
			const old = await this.imports.page(sellerId, { offset: MOST_KEPT, limit: 10 });
			for (const { id, status } of old) {
				if (status === "running") continue;
				await this.problems.remove({ importId: id });
				await this.imports.remove({ id });
			}
		}
	},

	created() {
		this.blobs = blobs("imports");
		// the table's name in the store says whose it is
		this.problems = (this as unknown as { importProblems: Methods["problems"] }).importProblems;
	},
	started() {
		const { imports, problems, broker, logger } = this;
		this.runner = new Runner({ imports, problems, blobs: this.blobs, broker, logger });
		this.runner.start();
	},
	async stopped() {
		await this.runner.stop();
		await this.blobs.close();
	}
};
export default ImportService;
