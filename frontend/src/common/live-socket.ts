import { io } from "socket.io-client";
import { readonly, ref, watch } from "vue";
import { relayUrl } from "./addresses";
import { api } from "./api";
import { askAgain, stopAsking, topicsWanted, type Relay } from "./live-topics";
import { useSession } from "./session.store";
import { useStock } from "./stock.store";

type Refusal = Error & { data?: { code?: string } };

const POLL = 10_000;
const MOST_SKUS = 100;
/** A first connection that takes longer may have missed what happened since the page asked. */
const BLINK = 1500;

const connected = ref(false);
const online = ref(typeof navigator === "undefined" || navigator.onLine !== false);
const downSince = ref(Date.now());
/** What a page may claim of itself; while it isn't connected, it has been so since `since`. */
export const live = {
	connected: readonly(connected),
	online: readonly(online),
	since: readonly(downSince)
};

/** What the pages do after a gap. */
export const refreshers = new Set<() => void>();
const catchUp = () => refreshers.forEach(refresh => refresh());

let socket: Relay | undefined;
/** Were we connected before? */
let lost = false;
let again: ReturnType<typeof setTimeout> | undefined;
let polling: ReturnType<typeof setInterval> | undefined;

/** The page's one socket, made with the first listener. */
export function connect(): Relay {
	if (socket) return socket;
	const session = useSession();
	const made: Relay = (socket = io(relayUrl(), {
		auth: send => send(session.token ? { token: session.token } : {}),
		transports: ["websocket", "polling"],
		reconnectionDelay: 1000,
		reconnectionDelayMax: 5000,
		randomizationFactor: 0.5,
		autoConnect: false
	}));
	made.on("stock.changed", useStock().take);
	made.on("connect", () => {
		const missed = lost || Date.now() - downSince.value > BLINK;
		connected.value = true;
		askAgain(made);
		if (missed) catchUp();
	});
	made.on("disconnect", reason => {
		if (connected.value) downSince.value = Date.now();
		lost = true;
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
	stopAsking();
	clearTimeout(again);
	clearInterval(polling);
	socket?.disconnect();
}

/** Socket.IO gives up where the server refused; we don't, yet not all at once. */
function reconnectSoon(): void {
	clearTimeout(again);
	again = setTimeout(() => socket?.connect(), 1000 + Math.random() * 4000);
}

/** While the socket is down, what is shown is asked for instead. */
function poll(): void {
	if (connected.value || !online.value || document.visibilityState === "hidden") return;
	catchUp();
	const stock = useStock();
	const skus = topicsWanted().flatMap(topic => {
		const [kind, id = ""] = topic.split(":");
		return kind === "stock" ? [id] : kind === "product" ? stock.skusOf(id) : [];
	});
	if (!skus.length) return;
	const asked = [...new Set(skus)].slice(0, MOST_SKUS).join(",");
	api("GET /catalog/stock", { query: { skus: asked } }).then(
		({ items }) => items.forEach(stock.take),
		() => {} // Still down: the badge says so, and the next round asks again.
	);
}

if (typeof window !== "undefined") {
	const look = () => (online.value = navigator.onLine);
	window.addEventListener("online", look);
	window.addEventListener("offline", look);
}
