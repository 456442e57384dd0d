import type { MessageName, Messages } from "@shared/messages";
import type { Topic } from "@shared/rooms";
import { onScopeDispose, toValue, watch, type MaybeRefOrGetter } from "vue";
import { connect, refreshers } from "./live-socket";
import { want } from "./live-topics";

export { disconnect, live } from "./live-socket";

/** Socket.IO's own types can't follow a name that is generic. */
interface Hears {
	on(event: string, handler: (message: never) => void): void;
	off(event: string, handler: (message: never) => void): void;
}
/** What a message on many products is in place of. */
const BATCHED: { [K in MessageName]?: Messages["products.changed"]["items"][number]["as"] } = {
	"product.created": "created",
	"product.updated": "updated",
	"product.archived": "archived"
};
type Topics = MaybeRefOrGetter<Topic | readonly Topic[] | undefined>;

/** Hears topics while the component lives; each is asked for once, however many want it. */
export function useTopics(topics: Topics): void {
	connect();
	let mine: Topic[] = [];
	const listen = (next: Topic[]) => {
		want(next, 1);
		want(mine, -1);
		mine = next;
	};
	watch(() => [...new Set([toValue(topics) ?? []].flat())] as Topic[], listen, { immediate: true });
	onScopeDispose(() => listen([]));
}

/** Runs `handler` on every pushed message of that name, until the component is gone. */
export function useLive<K extends MessageName>(
	event: K,
	handler: (message: Messages[K]) => void,
	topics?: Topics
): void {
	const heard: Hears = connect() as never;
	heard.on(event, handler);
	onScopeDispose(() => heard.off(event, handler));
	const as = BATCHED[event];
	if (as) {
		const each = ({ items }: Messages["products.changed"]) =>
			items.forEach(item => item.as === as && handler(item as never));
		heard.on("products.changed", each);
		onScopeDispose(() => heard.off("products.changed", each));
	}
	if (topics !== undefined) useTopics(topics);
}

/** Runs `refresh` after a lost connection has come back, and every 10 s until it does. */
export function useCatchUp(refresh: () => void): void {
	refreshers.add(refresh);
	onScopeDispose(() => refreshers.delete(refresh));
}
