import { onScopeDispose, ref, type Ref } from "vue";
import {
	onBeforeRouteLeave,
	onBeforeRouteUpdate,
	useRouter,
	type RouteLocationNormalized
} from "vue-router";

/** Asks before a page with unsaved work is left: `asked` opens the question, `leave` is its yes. */
export function useLeaveGuard(dirty: Ref<boolean>) {
	const router = useRouter();
	const to = ref<RouteLocationNormalized>();
	const asked = ref(false);
	let allowed = false;

	function guard(next: RouteLocationNormalized): boolean {
		if (allowed || !dirty.value) return true;
		to.value = next;
		asked.value = true;
		return false;
	}
	onBeforeRouteLeave(guard);
	onBeforeRouteUpdate(guard);

	const warn = (event: BeforeUnloadEvent) => {
		if (dirty.value) event.preventDefault();
	};
	window.addEventListener("beforeunload", warn);
	onScopeDispose(() => window.removeEventListener("beforeunload", warn));

	/** Goes there without asking. */
	async function pass(go: () => Promise<unknown>): Promise<void> {
		allowed = true;
		await go();
		allowed = false;
	}
	const leave = () => {
		asked.value = false;
		return pass(() => router.push(to.value!.fullPath));
	};
	return { asked, leave, pass };
}
