import type { Collection } from "../../mixins/db.mixin";
import type { Broker } from "../typed";
import type { LiveIndex } from "./live-index";
import { changeOf, touched, type StoredProduct } from "./product";

interface Host {
	wire: Pick<Broker, "emit">;
	products: Collection<StoredProduct>;
	live: LiveIndex;
}
const AT_ONCE = 100;

/**
 * Publishes the drafts whose time has come. The time stands in the product, so a restart forgets none; and a draft is
 * published by the one update that still finds it due, so no replica does it after another.
 */
export async function publishDue({ wire, products, live }: Host, now = Date.now()): Promise<void> {
	const due = await products.find(
		{ publishAt: { $lte: now } },
		{ sort: ["publishAt"], limit: AT_ONCE }
	);
	for (const { id, publishAt } of due) {
		const { set, inc } = touched();
		const published = await products.change(
			{ id, publishAt: publishAt!, status: "draft" },
			{ $set: { status: "published", ...set }, $unset: { publishAt: true }, $inc: inc }
		);
		if (!published) continue;
		await live.put(published);
		if (!published.unlisted) await wire.emit("product.updated", changeOf(published));
	}
}
