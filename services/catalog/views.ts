import type { Collection } from "../../mixins/db.mixin";
import { fail } from "../errors";
import { idOf } from "../id";
import type { SavedView } from "../shared/catalog.contract";

type View = Omit<SavedView, "id">;
/** The searches that a seller keeps. */
export interface StoredViews {
	/** The seller. */
	id: string;
	views: Record<string, View>;
	count: number;
}
const MOST = 30;
const TRIES = 5;

export class Views {
	constructor(private readonly kept: Collection<StoredViews>) {}

	/** By name. */
	async of(sellerId: string): Promise<SavedView[]> {
		const kept = await this.kept.get(sellerId);
		return Object.entries(kept?.views ?? {})
			.map(([id, view]) => ({ id, ...view }))
			.sort((a, b) => (a.name < b.name ? -1 : 1));
	}
	/** A list has one view of a name: another one takes its place. */
	async save(sellerId: string, view: View): Promise<SavedView> {
		const id = idOf("v", view.list, view.name);
		const path = `views.${id}`;
		for (let n = 0; n < TRIES; n++) {
			const saved =
				(await this.kept.change(
					{ id: sellerId, [path]: { $exists: true } },
					{ $set: { [path]: view } }
				)) ??
				(await this.kept.change(
					{ id: sellerId, [path]: { $exists: false }, count: { $lt: MOST } },
					{ $set: { [path]: view }, $inc: { count: 1 } }
				));
			if (saved) return { id, ...view };
			if (await this.kept.create({ id: sellerId, views: { [id]: view }, count: 1 }))
				return { id, ...view };
			const { views = {}, count = 0 } = (await this.kept.get(sellerId)) ?? {};
			if (!views[id] && count >= MOST) fail("INVALID_STATE", { most: MOST });
		}
		return fail("SERVICE_UNAVAILABLE");
	}
	async remove(sellerId: string, id: string): Promise<void> {
		const removed = await this.kept.change(
			{ id: sellerId, [`views.${id}`]: { $exists: true } },
			{ $unset: { [`views.${id}`]: true }, $inc: { count: -1 } }
		);
		if (!removed) fail("NOT_FOUND");
	}
}
