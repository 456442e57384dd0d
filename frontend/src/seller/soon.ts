import { onScopeDispose } from "vue";

/** Does the work a little later, once, however often it is asked for meanwhile. */
export function useSoon(work: () => unknown, ms: number): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	onScopeDispose(() => clearTimeout(timer));
	return () => {
		timer ??= setTimeout(() => {
			timer = undefined;
			void work();
		}, ms);
	};
}
