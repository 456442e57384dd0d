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

/** Whose stock a snapshot must hold, for these topics. */
export const stockOf = (topics: readonly string[]) => ({
	skus: named(topics, "stock:"),
	productIds: named(topics, "product:")
});
const named = (topics: readonly string[], kind: string) =>
	topics.filter(topic => topic.startsWith(kind)).map(topic => topic.slice(kind.length));
