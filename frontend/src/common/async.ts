import { onScopeDispose, ref, shallowRef, watch, type WatchSource } from "vue";
import { ApiError } from "./api";
import { useCatchUp } from "./live";

/** Something a button does: `:disabled="busy"`, and `error` is what to say. A second click while busy does nothing. */
export function useAsync<A extends unknown[], T>(work: (...args: A) => Promise<T>) {
	const busy = ref(false);
	const error = shallowRef<ApiError>();
	async function run(...args: A): Promise<T | undefined> {
		if (busy.value) return undefined;
		busy.value = true;
		error.value = undefined;
		try {
			return await work(...args);
		} catch (refused) {
			if (!(refused instanceof ApiError)) throw refused;
			error.value = refused;
			return undefined;
		} finally {
			busy.value = false;
		}
	}
	return { run, busy, error };
}

const AGAIN = 4000;
/** Milliseconds after which a refusal that passes by itself is put to the test. */
export const pauseAfter = ({ retryAfter = AGAIN }: ApiError): number =>
	retryAfter * (0.75 + Math.random() / 2);

/**
 * What a page shows: loaded at once and whenever `on` changes (the latest wins), again after a lost connection,
 * and by itself while the service is away. `data` stays while it is renewed.
 */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, on?: WatchSource) {
	const data = shallowRef<T>();
	const error = shallowRef<ApiError>();
	const loading = ref(false);
	let current: AbortController | undefined;
	let again: ReturnType<typeof setTimeout> | undefined;

	function stop() {
		clearTimeout(again);
		current?.abort();
	}
	async function reload(): Promise<void> {
		stop();
		const mine = (current = new AbortController());
		loading.value = true;
		try {
			const next = await load(mine.signal);
			if (mine.signal.aborted) return;
			data.value = next;
			error.value = undefined;
		} catch (refused) {
			if (mine.signal.aborted) return;
			if (!(refused instanceof ApiError)) throw refused;
			error.value = refused;
			if (refused.passing) again = setTimeout(reload, pauseAfter(refused));
		} finally {
			if (current === mine) loading.value = false;
		}
	}
	watch(on ?? (() => 0), reload, { immediate: true });
	useCatchUp(() => {
		if (!loading.value) void reload();
	});
	onScopeDispose(stop);
	return { data, error, loading, reload };
}
