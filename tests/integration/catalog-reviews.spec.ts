import AuthService from "../../services/auth/auth.service";
import type { Methods } from "../../services/catalog/catalog.methods";
import CatalogService from "../../services/catalog/catalog.service";
import CartService from "../../services/cart/cart.service";
import InventoryService from "../../services/inventory/inventory.service";
import OrderService from "../../services/order/order.service";
import PaymentService from "../../services/payment/payment.service";
import { cluster } from "../helpers/cluster";
import { caller } from "../helpers/callers";
import { identity, shop } from "../helpers/shop";

const { broker } = cluster([
	AuthService,
	InventoryService,
	CatalogService,
	CartService,
	OrderService,
	PaymentService
]);
const { product, place, pay } = shop(broker);
const guest = caller(broker, null);
const catalog = () => broker.getLocalService("catalog") as unknown as Methods;

async function buyerOf(sku: string) {
	const user = identity("buyer");
	const { id } = await place(user, [{ sku, quantity: 1 }]);
	await pay(user, id);
	const call = caller(broker, user);
	return (id: string, rating: number, title = "Good") =>
		call("catalog.review", { id, rating, title, body: "As described." });
}

it("lets only those speak who bought it", async () => {
	const { product: bought, sku } = await product(5);
	const { product: other } = await product(5);
	const review = await buyerOf(sku);
	await expect(review(other.id, 1)).rejects.toMatchObject({ type: "FORBIDDEN" });
	await expect(review("nosuchproduct", 1)).rejects.toMatchObject({ type: "NOT_FOUND" });
	expect(await review(bought.id, 4)).toMatchObject({ rating: 4, title: "Good" });
	expect(await guest("catalog.reviews", { id: bought.id })).toMatchObject({ total: 1 });
	expect(await guest("catalog.product", { idOrSlug: bought.id })).toMatchObject({
		rating: { average: 4, count: 1 },
		version: 1
	});
});

it("counts each buyer once, however often and however many at once", async () => {
	const { product: bought, sku } = await product(20);
	const reviews = await Promise.all([5, 5, 4, 3, 1, 2].map(() => buyerOf(sku)));
	await Promise.all(
		reviews.flatMap((review, i) => [review(bought.id, 1), review(bought.id, (i % 5) + 1)])
	);
	await Promise.all(reviews.map((review, i) => review(bought.id, (i % 5) + 1, "Again")));
	const { rating } = await guest("catalog.product", { idOrSlug: bought.id });
	expect(rating).toEqual({ average: 2.67, count: 6 });
	const { items } = await guest("catalog.reviews", { id: bought.id });
	expect(items).toHaveLength(6);
	expect(new Set(items.map(({ title }) => title))).toEqual(new Set(["Again"]));
	const [card] = (await guest("catalog.search", { seller: bought.seller.id })).items;
	expect(card!.rating).toEqual(rating);
});

it("is made up for when the node died between the review and the rating", async () => {
	const { product: bought } = await product(5);
	const { rating, reviews } = catalog();
	const said = { id: bought.id, rating: 2, title: "Chipped", body: "" };
	const { id } = await rating.save(said, identity("buyer").id, "Ada L.");
	await reviews.change({ id }, { $set: { uncountedAt: Date.now() - 60_000 } });
	await catalog().heal();
	expect(await guest("catalog.product", { idOrSlug: bought.id })).toMatchObject({
		rating: { average: 2, count: 1 }
	});
	expect(await reviews.get(id)).not.toHaveProperty("uncountedAt");
});
