import { api } from "@common/api";
import { useAsync, useLoad } from "@common/async";
import type { SavedView } from "@shared/catalog.contract";
import { computed } from "vue";

/** The searches of a list that its seller keeps; they are on the server, and so on every device. */
export function useSavedViews(list: SavedView["list"]) {
	const { data, reload } = useLoad(signal => api("GET /seller/views", {}, { signal }));
	const views = computed(() => (data.value?.items ?? []).filter(view => view.list === list));
	const put = (items: SavedView[]) => (data.value = { items });

	const {
		run: save,
		busy,
		error
	} = useAsync(async (name: string, query: string, columns: readonly string[]) => {
		const body = { list, name, query, columns: [...columns] };
		const saved = await api("POST /seller/views", { body });
		const others = (data.value?.items ?? []).filter(({ id }) => id !== saved.id);
		put([...others, saved].sort((a, b) => (a.name < b.name ? -1 : 1)));
		return saved;
	});
	const { run: remove } = useAsync(async ({ id }: SavedView) => {
		await api("DELETE /seller/views/:id", { path: { id } });
		put((data.value?.items ?? []).filter(view => view.id !== id));
	});
	return { views, save, remove, busy, error, reload };
}
