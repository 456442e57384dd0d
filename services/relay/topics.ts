import { mayCall, type Identity } from "../shared/access";
import { Topic, type Room } from "../shared/rooms";
import type { Broker } from "../typed";

/** The room in which somebody hears a topic, or null if it isn't theirs to hear. */
export async function roomOf(
	broker: Broker,
	user: Identity | null,
	asked: string
): Promise<Room | null> {
	const { success, data } = Topic.safeParse(asked);
	if (!success) return null;
	const topic = data as Topic;
	if (topic === "ops") return mayCall("admin", user) ? topic : null;
	if (!topic.startsWith("order:")) return topic;
	if (!user) return null;
	const party = await broker.call("order.party", {
		id: topic.slice("order:".length),
		userId: user.id
	});
	if (!party) return null;
	return `${topic as `order:${string}`}:${party === "buyer" ? "buyer" : user.id}`;
}

/** Tells which topics may be heard as far as the catalogue has a say: what isn't for sale is its seller's only. */
export async function offeredOf(
	broker: Broker,
	user: Identity | null,
	topics: readonly string[]
): Promise<(topic: string) => boolean> {
	const known = topics.filter(topic => Topic.safeParse(topic).success);
	const asked = stockOf(known);
	if (!asked.skus.length && !asked.productIds.length) return () => true;
	const viewer = user?.id;
	const found = await broker.call("catalog.offered", { ...asked, ...(viewer && { viewer }) });
	const heard = new Set([
		...found.skus.map(sku => `stock:${sku}`),
		...found.productIds.map(id => `product:${id}`)
	]);
	return topic => heard.has(topic) || !/^(stock|product):/.test(topic);
}

/** Whose stock a snapshot must hold, for these topics. */
export const stockOf = (topics: readonly string[]) => ({
	skus: named(topics, "stock:"),
	productIds: named(topics, "product:")
});
const named = (topics: readonly string[], kind: string) =>
	topics.filter(topic => topic.startsWith(kind)).map(topic => topic.slice(kind.length));
