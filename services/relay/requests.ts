import { z } from "zod";
import { roomsOf } from "../shared/rooms";
import type { Stock } from "../shared/stock";
import type { Broker } from "../typed";
import { holderOf, type Request } from "./sockets";
import { offeredOf, roomOf, stockOf } from "./topics";

const MOST_AT_ONCE = 100;
const MOST_TOPICS = 200;
/** What each topic is worth is decided one by one. */
const Topics = z.strictObject({ topics: z.array(z.string().max(100)).max(MOST_AT_ONCE) });
const Refresh = z.strictObject({ token: z.string().max(4000) });

async function snapshot(broker: Broker, topics: string[]): Promise<Stock[]> {
	const asked = stockOf(topics);
	if (!asked.skus.length && !asked.productIds.length) return [];
	const found = await broker.call("inventory.stock", asked);
	return found.map(({ sold: _sold, threshold: _threshold, ...stock }) => stock);
}

/** Rooms first, then the snapshot: a change in between is heard, and is in the snapshot at worst as well. */
export const subscribe: Request = async ({ broker }, socket, payload) => {
	const { success, data } = Topics.safeParse(payload);
	if (!success) return { ok: false };
	const { user, topics } = socket.data;
	const asked = [...new Set(data.topics)];
	const fresh = asked.filter(topic => !topics.has(topic));
	const isOffered = await offeredOf(broker, user, fresh);
	const rooms = await Promise.all(
		asked.map(topic => topics.get(topic) ?? (isOffered(topic) ? roomOf(broker, user, topic) : null))
	);
	// joining after the end would keep its rooms for ever
	if (!socket.connected) return { ok: false };
	const denied = asked.filter((topic, i) => {
		const room = rooms[i];
		if (!room || (!topics.has(topic) && topics.size >= MOST_TOPICS)) return true;
		topics.set(topic, room);
		void socket.join(room);
		return false;
	});
	const granted = asked.filter(topic => !denied.includes(topic));
	return { ok: true, stock: await snapshot(broker, granted), denied };
};

export const unsubscribe: Request = (_relay, socket, payload) => {
	const { success, data } = Topics.safeParse(payload);
	if (!success) return { ok: false };
	const { topics } = socket.data;
	for (const topic of data.topics) {
		const room = topics.get(topic);
		if (room) void socket.leave(room);
		topics.delete(topic);
	}
	return { ok: true };
};

/** A new token of the same user lets the socket live on; what the role gives follows the token. */
export const refresh: Request = ({ revoked }, socket, payload) => {
	const held = socket.data;
	const next = holderOf(Refresh.safeParse(payload).data?.token, revoked);
	if (!next || next.user.id !== held.user?.id) return { ok: false };
	if (next.user.role !== held.user.role) {
		for (const room of [...roomsOf(held.user), "ops"]) void socket.leave(room);
		void socket.join(roomsOf(next.user));
		held.topics.delete("ops");
	}
	held.user = next.user;
	held.expiresAt = next.expiresAt;
	return { ok: true };
};
