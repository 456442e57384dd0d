import AuthService from "../../services/auth/auth.service";
import CartService from "../../services/cart/cart.service";
import CatalogService from "../../services/catalog/catalog.service";
import { idOf } from "../../services/id";
import InventoryService from "../../services/inventory/inventory.service";
import NotificationService from "../../services/notification/notification.service";
import OrderService from "../../services/order/order.service";
import PaymentService from "../../services/payment/payment.service";
import SalesService from "../../services/sales/sales.service";
import { buyer, fill, seller, skuOf, takenIn } from "../helpers/big-shop";
import { cluster } from "../helpers/cluster";
import { as, shop } from "../helpers/shop";
import { accounting } from "../helpers/visits";

const { broker } = cluster([
	AuthService,
	CartService,
	CatalogService,
	InventoryService,
	NotificationService,
	OrderService,
	PaymentService,
	SalesService
]);
const costOf = accounting();
const { place, pay } = shop(broker);

const PAGE = { pageSize: 10 };
let tried = 0;
/** What people and services ask for. A SKU that isn't low, as a sale of such a one tells its seller. */
const REQUESTS: Record<string, () => Promise<unknown>> = {
	"a product": () => broker.call("catalog.product", { idOrSlug: "thing-1" }),
	reviews: () => broker.call("catalog.reviews", { id: idOf("p", 0), ...PAGE }),
	"reviews, page 9": () => broker.call("catalog.reviews", { id: idOf("p", 0), page: 9, ...PAGE }),
	"a seller's products": () => broker.call("catalog.mine", PAGE, as(seller)),
	"a seller's products that are low": () =>
		broker.call("catalog.mine", { lowStock: true, ...PAGE }, as(seller)),
	"a stock board": () => broker.call("catalog.shelf", { sort: "available", ...PAGE }, as(seller)),
	"a SKU's holds": () => broker.call("inventory.sellerHolds", { sku: skuOf(2) }, as(seller)),
	"a usual threshold": () => broker.call("inventory.threshold", {}, as(seller)),
	"views of a list": () => broker.call("catalog.views", {}, as(seller)),
	orders: () => broker.call("order.list", PAGE, as(buyer)),
	"orders, page 4": () => broker.call("order.list", { page: 4, ...PAGE }, as(buyer)),
	"paid orders": () => broker.call("order.list", { status: "paid", ...PAGE }, as(buyer)),
	"reserved orders": () => broker.call("order.list", { status: "reserved", ...PAGE }, as(buyer)),
	incoming: () => broker.call("order.incoming", PAGE, as(seller)),
	"incoming, page 4": () => broker.call("order.incoming", { page: 4, ...PAGE }, as(seller)),
	"paid incoming": () => broker.call("order.incoming", { status: "paid", ...PAGE }, as(seller)),
	bought: () => broker.call("order.bought", { userId: buyer.id, productId: idOf("p", 0) }),
	"never bought": () => broker.call("order.bought", { userId: buyer.id, productId: idOf("p", 1) }),
	alerts: () => broker.call("inventory.alerts", { pageSize: 5 }, as(seller)),
	notifications: () => broker.call("notification.list", PAGE, as(buyer)),
	"unread notifications": () =>
		broker.call("notification.list", { unread: true, ...PAGE }, as(buyer)),
	"a cart": () =>
		broker.call("cart.put", { sku: skuOf(1), quantity: 1 + (tried++ % 9) }, as(buyer)),
	"a change of stock": () =>
		broker.call("inventory.adjust", { sku: skuOf(2), delta: 1, reason: "found" }, as(seller)),
	"a threshold": () =>
		broker.call("inventory.setThreshold", { sku: skuOf(2), threshold: 5 }, as(seller)),
	movements: () => broker.call("inventory.movements", { sku: skuOf(2), ...PAGE }, as(seller)),
	"an order, paid and shipped": async () => {
		const { id } = await place(buyer, [{ sku: skuOf(2), quantity: 1 }]);
		await pay(buyer, id);
		await broker.call("order.ship", { id }, as(seller));
	},
	"all stock, a page": () => broker.call("inventory.all", { after: "thing-2", limit: 10 }),
	"all holds, a page": () => broker.call("inventory.holds", { after: "thing-2", limit: 10 }),
	"what is held": () => broker.call("inventory.holds", { heldOnly: true, limit: 10 }),
	"all orders, a page": () => broker.call("order.facts", { after: "o8", limit: 10 }),
	"all charges, a page": () => broker.call("payment.strays", { after: "o8", limit: 10 })
};
/** Bounded by hours and by SKUs that were sold in a week, not by the store. */
const dashboard = () => broker.call("sales.dashboard", {}, as(seller));
const MOST_HOURS = 9 * 24;
const MOST_SKUS = 1000;

it("costs no more in a shop ten times as big", async () => {
	const costs = async () => {
		const found: Record<string, number> = {};
		for (const [name, request] of Object.entries(REQUESTS)) {
			const { visited, scans } = await costOf(request);
			expect({ name, scans }).toEqual({ name, scans: [] });
			found[name] = visited;
		}
		return found;
	};
	const grow = async (size: number) => {
		await fill(broker, { products: size, orders: size });
		await takenIn(broker);
	};
	await grow(200);
	const small = await costs();
	await grow(2000);
	const big = await costs();
	const grown = Object.entries(big).filter(([name, cost]) => cost > small[name]! + 10);
	expect(Object.fromEntries(grown)).toEqual({});
	expect(Math.max(...Object.values(big))).toBeLessThan(150);
	const { visited } = await costOf(dashboard);
	expect(visited).toBeLessThan(2 * (MOST_HOURS + MOST_SKUS));
});
