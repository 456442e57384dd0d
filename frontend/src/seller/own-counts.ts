import { api } from "@common/api";
import { useLoad } from "@common/async";
import { useLive } from "@common/live";
import { useSoon } from "./soon";

const SOON = 1500;

/** How many products there are of each status and category: what the filters say. */
export function useOwnCounts() {
	const { data, reload } = useLoad(signal => api("GET /seller/product-counts", {}, { signal }));
	const reloadSoon = useSoon(reload, SOON);
	useLive("product.created", reloadSoon);
	useLive("product.updated", reloadSoon);
	useLive("product.archived", reloadSoon);
	return data;
}
