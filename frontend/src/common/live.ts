import type { MessageName, Messages } from "@shared/messages";
import type { Topic } from "@shared/rooms";
import type { Stock } from "@shared/stock";
import { io, type Socket } from "socket.io-client";
import { getCurrentScope, onScopeDispose, readonly, ref, toValue, watch, type MaybeRefOrGetter } from "vue";
import { relayUrl } from "./addresses";
import { api } from "./api";
import { useSession } from "./session.store";
import { useStock } from "./stock.store";

type Listens = { [K in MessageName]: (message: Messages[K]) => void };
interface Asks {
	subscribe(wish: { topics: Topic[] }, ack: (answer: Answer) => void): void;
	unsubscribe(wish: { topics: Topic[] }, ack: (answer: Answer) => void): void;
	"auth.refresh"(wish: { token: string }, ack: (answer: Answer) => void): void;
}
interface Answer {
	ok: boolean;
	stock?: Stock[];
	denied?: Topic[];
}
/** Socket.IO's own types can't follow a name that is generic. */
interface Hears {
	on(event: string, handler: (message: never) => void): void;
	off(event: string, handler: (message: never) => void): void;
}
type Refusal = Error & { data?: { code?: string } };

const BATCH = 100;
const GATHER = 30;
const POLL = 10_000;
const BLINK = 1500;

const connected = ref(false);
const online = ref(typeof navigator === "undefined" || navigator.onLine !== false);
const downSince = ref(Date.now());
/** What a page may claim of itself. `stale` and `offline` are so since `since`. */
export const live = {
	connected: readonly(connected),
	online: readonly(online),
	since: readonly(downSince)
};

let socket: Socket<Listens, Asks> | undefined;
/** How many listeners want a topic, and what this connection has asked for. */
const wanted = new Map<Topic, number>();
const asked = new Set<Topic>();
const refreshers = new Set<() => void>();
let gathering: ReturnType<typeof setTimeout> | undefined;
let again: ReturnType<typeof setTimeout> | undefined;
let polling: ReturnType<typeof setInterval> | undefined;

/** The page's one socket, made with the first listener. */
export function connect(): Socket<Listens, Asks> {
	if (socket) return socket;
	const session = useSession();
	const stock = useStock();
	const made: Socket<Listens, Asks> = (socket = io(relayUrl(), {
		auth: send => send(session.token ? { token: session.token } : {}),
		transports: ["websocket", "polling"],
		reconnectionDelay: 1000,
		reconnectionDelayMax: 5000,
		randomizationFactor: 0.5,
		autoConnect: false
	}));
	made.on("stock.changed", stock.take);
	made.on("connect", () => {
		const away = Date.now() - downSince.value;
		connected.value = true;
		asked.clear();
		settle();
		if (away > BLINK) catchUp();
	});
	made.on("disconnect", reason => {
		if (connected.value) downSince.value = Date.now();
		connected.value = false;
		if (reason === "io server disconnect") reconnectSoon();
	});
	made.on("connect_error", (refusal: Refusal) => {
		if (refusal.data?.code === "UNAUTHORIZED") void session.renew().finally(reconnectSoon);
		else if (!made.active) reconnectSoon();
	});

	watch(
		() => [session.user?.id, session.token] as const,
		([id, token], [before]) => {
			if (id !== before) made.disconnect().connect();
			else if (token && made.connected) made.emit("auth.refresh", { token }, () => {});
		}
	);
	polling = setInterval(poll, POLL);
	made.connect();
	return made;
}

/** Ends the page's socket for good. */
export function disconnect(): void {
	[gathering, again, polling].forEach(timer => clearTimeout(timer));
	socket?.disconnect();
}

/** Socket.IO gives up where the server refused; we don't, yet not all at once. */
function reconnectSoon() {
	clearTimeout(again);
	again = setTimeout(() => socket?.connect(), 1000 + Math.random() * 4000);
}

function catchUp() {
	refreshers.forEach(refresh => refresh());
}

/** While the socket is down, what is shown is asked for instead. */
function poll() {
	if (connected.value || !online.value || document.visibilityState === "hidden") return;
	catchUp();
	const stock = useStock();
	const skus = [...wanted.keys()].flatMap(topic => {
		const [kind, id = ""] = topic.split(":");
		return kind === "stock" ? [id] : kind === "product" ? stock.skusOf(id) : [];
	});
	if (!skus.length) return;
	api("GET /catalog/stock", { query: { skus: [...new Set(skus)].slice(0, BATCH).join(",") } }).then(
		({ items }) => items.forEach(stock.take),
		() => {} // Still down: the badge says so, and the next round asks again.
	);
}

/** Asks for what is wanted and leaves what isn't, all changes of a moment at once. */
function settle() {
	gathering = undefined;
	if (!socket?.connected) return;
	const left = [...asked].filter(topic => !wanted.has(topic));
	const come = [...wanted.keys()].filter(topic => !asked.has(topic));
	left.forEach(topic => asked.delete(topic));
	come.forEach(topic => asked.add(topic));
	for (let i = 0; i < left.length; i += BATCH)
		socket.emit("unsubscribe", { topics: left.slice(i, i + BATCH) }, () => {});
	for (let i = 0; i < come.length; i += BATCH) subscribe(socket, come.slice(i, i + BATCH));
}

function subscribe(to: Socket<Listens, Asks>, topics: Topic[]) {
	to.timeout(5000).emit("subscribe", { topics }, (late: Error | null, answer?: Answer) => {
		if (late || !answer?.ok) {
			topics.forEach(topic => asked.delete(topic));
			gathering ??= setTimeout(settle, 2000 + Math.random() * 2000);
		} else answer.stock?.forEach(useStock().take);
	});
}

function want(topics: Topic[], by: 1 | -1) {
	for (const topic of topics) {
		const count = (wanted.get(topic) ?? 0) + by;
		if (count > 0) wanted.set(topic, count);
		else wanted.delete(topic);
	}
	if (topics.length) gathering ??= setTimeout(settle, GATHER);
}

type Topics = MaybeRefOrGetter<Topic | readonly Topic[] | undefined>;

/** Hears topics while the component lives; each is asked for once, however many want it. */
export function useTopics(topics: Topics) {
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
) {
	const heard: Hears = connect() as never;
	heard.on(event, handler);
	onScopeDispose(() => heard.off(event, handler));
	if (topics !== undefined) useTopics(topics);
}

/** Runs `refresh` after a lost connection has come back, and every 10 s until it does. */
export function useCatchUp(refresh: () => void) {
	refreshers.add(refresh);
	if (getCurrentScope()) onScopeDispose(() => refreshers.delete(refresh));
}

if (typeof window !== "undefined") {
	const look = () => (online.value = navigator.onLine);
	window.addEventListener("online", look);
	window.addEventListener("offline", look);
}
