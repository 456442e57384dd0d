import type { User } from "@shared/auth.contract";
import type { Answer, Request } from "@shared/routes";
import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import { api, ApiError, credentials } from "./api";

type Session = Answer<"POST /auth/login">;
type Said = { session: Session } | { ended: true };

/** Says only that there was a session, so that a guest's page doesn't ask for one. */
const HINT = "commercify.session";
const MARGIN = 60_000;

/** Refresh tokens work once: the tabs take turns, and tell each other what came of it. Locks don't nest. */
const alone = <T>(work: () => Promise<T>): Promise<T> =>
	navigator.locks ? navigator.locks.request("commercify.session", work) : work();

export const useSession = defineStore("session", () => {
	const user = shallowRef<User>();
	/** Has `start` found out who is here? */
	const known = ref(false);
	const token = shallowRef<string>();
	let tabs: BroadcastChannel | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let renewing: Promise<boolean> | undefined;

	function take(session: Session | undefined) {
		user.value = session?.user;
		token.value = credentials.token = session?.accessToken;
		clearTimeout(timer);
		if (!session) return localStorage.removeItem(HINT);
		localStorage.setItem(HINT, "1");
		const lives = session.expiresIn * 1000;
		timer = setTimeout(renew, Math.max(lives - MARGIN, lives / 2));
	}
	function accept(session: Session) {
		take(session);
		tabs?.postMessage({ session } satisfies Said);
	}
	function end() {
		take(undefined);
		tabs?.postMessage({ ended: true } satisfies Said);
	}
	/** A fresh token by the cookie; false if there is no session any more. Other refusals pass, and are tried again. */
	function renew(): Promise<boolean> {
		const old = token.value;
		renewing ??= alone(async () => {
			if (token.value !== old) return token.value !== undefined;
			try {
				accept(await api("POST /auth/refresh", {}, { keepalive: true }));
				return true;
			} catch (error) {
				if (!(error instanceof ApiError)) throw error;
				if (error.status === 401) end();
				else timer = setTimeout(renew, (error.retryAfter ?? 5000) * (1 + Math.random()));
				return false;
			}
		}).finally(() => (renewing = undefined));
		return renewing;
	}
	credentials.renew = renew;

	async function start(): Promise<void> {
		tabs = new BroadcastChannel("commercify.session");
		tabs.onmessage = ({ data }: MessageEvent<Said>) =>
			take("session" in data ? data.session : undefined);
		if (localStorage.getItem(HINT)) await renew();
		known.value = true;
	}
	async function signIn(body: Request<"POST /auth/login">["body"]): Promise<void> {
		accept(await api("POST /auth/login", { body }));
	}
	async function register(body: Request<"POST /auth/register">["body"]): Promise<void> {
		accept(await api("POST /auth/register", { body }));
	}
	/** Ends the session here; `everywhere` on all devices. A session that has ended already is no refusal. */
	async function signOut(everywhere = false): Promise<void> {
		const gone = (error: unknown) => error instanceof ApiError && error.status === 401;
		await api(everywhere ? "POST /auth/logout-all" : "POST /auth/logout").catch(error => {
			if (!gone(error)) throw error;
		});
		end();
	}
	const setUser = (next: User) => (user.value = next);
	const isSeller = computed(() => user.value?.role === "seller" || user.value?.role === "admin");

	return { user, token, known, isSeller, start, renew, signIn, register, signOut, setUser };
});
