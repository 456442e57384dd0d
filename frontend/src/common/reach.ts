import { ref } from "vue";
import type { Router } from "vue-router";

const AGAIN = 3000;
const ONCE_IN = 60_000;
const KEY = "commercify.reopened";
/** A page that was asked for and can't be had yet: the server is away, or a new build has replaced its parts. */
export const opening = ref<string>();

const pause = () => new Promise(resolve => setTimeout(resolve, AGAIN * (0.75 + Math.random() / 2)));
const reachable = (path: string) =>
	fetch(path, { method: "HEAD" }).then(
		({ ok }) => ok,
		() => false
	);

/** Opens a page whose parts couldn't be loaded anew, once the server is there; going elsewhere ends the wait. */
export function openWhenReachable(router: Router): void {
	router.afterEach((_to, _from, failure) => {
		if (!failure) opening.value = undefined;
	});
	router.onError(async (error, to) => {
		if (!(error instanceof TypeError) && !/preload|import/i.test(String(error))) return;
		const path = (opening.value = router.resolve(to.fullPath).href);
		while (opening.value === path) {
			if (await reachable(path)) {
				const before = Number(sessionStorage.getItem(KEY));
				if (Date.now() - before < ONCE_IN) return; // it was not the server: don't turn in circles
				sessionStorage.setItem(KEY, String(Date.now()));
				return location.assign(path);
			}
			await pause();
		}
	});
}
