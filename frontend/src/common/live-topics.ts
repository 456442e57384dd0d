import type { MessageName, Messages } from "@shared/messages";
import type { Topic } from "@shared/rooms";
import type { Stock } from "@shared/stock";
import type { Socket } from "socket.io-client";
import { useStock } from "./stock.store";

interface Answer {
	ok: boolean;
	stock?: Stock[];
	denied?: Topic[];
}
type Ask<W> = (wish: W, ack: (answer: Answer) => void) => void;
export type Relay = Socket<
	{ [K in MessageName]: (message: Messages[K]) => void },
	{
		subscribe: Ask<{ topics: Topic[] }>;
		unsubscribe: Ask<{ topics: Topic[] }>;
		"auth.refresh": Ask<{ token: string }>;
	}
>;

const BATCH = 100;
const GATHER = 30;

/** How many listeners want a topic, and what this connection has asked for. */
const wanted = new Map<Topic, number>();
const asked = new Set<Topic>();
let relay: Relay | undefined;
let gathering: ReturnType<typeof setTimeout> | undefined;

/** A new connection knows nothing of what the last one asked for. */
export function askAgain(of: Relay): void {
	relay = of;
	asked.clear();
	settle();
}
export const stopAsking = () => clearTimeout(gathering);
export const topicsWanted = (): Topic[] => [...wanted.keys()];

/** One listener more or less; what changes in a moment is asked for at once. */
export function want(topics: Topic[], by: 1 | -1): void {
	for (const topic of topics) {
		const count = (wanted.get(topic) ?? 0) + by;
		if (count > 0) wanted.set(topic, count);
		else wanted.delete(topic);
	}
	if (topics.length) gathering ??= setTimeout(settle, GATHER);
}

function settle(): void {
	gathering = undefined;
	if (!relay?.connected) return;
	const left = [...asked].filter(topic => !wanted.has(topic));
	const come = topicsWanted().filter(topic => !asked.has(topic));
	left.forEach(topic => asked.delete(topic));
	come.forEach(topic => asked.add(topic));
	for (let i = 0; i < left.length; i += BATCH)
		relay.emit("unsubscribe", { topics: left.slice(i, i + BATCH) }, () => {});
	for (let i = 0; i < come.length; i += BATCH) subscribe(relay, come.slice(i, i + BATCH));
}

/** The answer brings the stock of now, so that what was missed before never lasts. */
function subscribe(to: Relay, topics: Topic[]): void {
	to.timeout(5000).emit("subscribe", { topics }, (late: Error | null, answer?: Answer) => {
		if (late || !answer?.ok) {
			topics.forEach(topic => asked.delete(topic));
			gathering ??= setTimeout(settle, 2000 + Math.random() * 2000);
		} else answer.stock?.forEach(useStock().take);
	});
}
