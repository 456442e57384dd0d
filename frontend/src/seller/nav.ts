import { computed } from "vue";
import { useAlerts } from "./stores/alerts.store";
import { useQueue } from "./stores/queue.store";
import { useShelf } from "./stores/shelf.store";

export interface NavItem {
	name: "dashboard" | "products" | "stock" | "orders" | "alerts";
	icon: string;
	/** Of things; `urgent` ones wait for the seller. */
	count?: number;
	urgent?: boolean;
	/** Other pages that are part of it. */
	also?: readonly string[];
}

/** The app's places with what waits there. */
export function useNav() {
	const queue = useQueue();
	const alerts = useAlerts();
	const shelf = useShelf();
	return computed((): NavItem[] => [
		{ name: "dashboard", icon: "i-lucide-chart-no-axes-column" },
		{
			name: "products",
			icon: "i-lucide-shapes",
			count: shelf.total,
			also: ["product", "new-product", "import"]
		},
		{ name: "stock", icon: "i-lucide-layers" },
		{
			name: "orders",
			icon: "i-lucide-package",
			count: queue.toShip,
			urgent: true,
			also: ["order", "print"]
		},
		{ name: "alerts", icon: "i-lucide-triangle-alert", count: alerts.total, urgent: true }
	]);
}
