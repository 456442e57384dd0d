import { api, ApiError } from "@common/api";
import type { Order } from "@shared/order.contract";

/** That is no order of theirs, or no id at all. */
const NONE = [404, 422];

/** The orders of these ids that there are; how many there aren't is said, and keeps nobody from the others. */
export async function ordersOf(
	ids: readonly string[],
	signal: AbortSignal
): Promise<{ orders: Order[]; missing: number }> {
	const found = await Promise.all(
		ids.map(id =>
			api("GET /seller/orders/:id", { path: { id } }, { signal }).catch((refused: unknown) => {
				if (refused instanceof ApiError && NONE.includes(refused.status)) return undefined;
				throw refused;
			})
		)
	);
	const orders = found.filter(order => order !== undefined);
	return { orders, missing: ids.length - orders.length };
}
