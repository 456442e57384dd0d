import { announce } from "@common/announce";
import { api } from "@common/api";
import { useAsync, useLoad } from "@common/async";
import { useLive } from "@common/live";
import type { Mapping } from "@shared/csv";
import type { Import } from "@shared/import.contract";
import { computed, shallowRef, watch } from "vue";
import { useI18n } from "vue-i18n";
import { useRoute, useRouter } from "vue-router";
import { useSoon } from "./soon";

/** The import that the page's address names: how far it is, live, and how it ended. */
export function useImport() {
	const { t } = useI18n();
	const route = useRoute();
	const router = useRouter();
	const id = computed(() => (route.name === "import" && String(route.query.id ?? "")) || undefined);
	const current = shallowRef<Import>();
	const { data, error, reload } = useLoad(
		async signal =>
			id.value && api("GET /seller/imports/:id", { path: { id: id.value } }, { signal }),
		id
	);
	watch(id, next => next !== current.value?.id && (current.value = undefined));
	watch(data, next => {
		if (!next || next.id !== id.value) return;
		const ended = current.value?.status === "running" && next.status !== "running";
		current.value = next;
		if (ended) announce(t(`csv.${next.status}`));
	});
	const reloadSoon = useSoon(reload, 300);
	useLive("import.progressed", ({ importId, done, rows, errors, status }) => {
		const shown = current.value;
		if (!shown || shown.id !== importId || shown.status !== "running") return;
		// what its errors are, and what came of it, is asked for at the end
		if (status === "running") current.value = { ...shown, done, rows, errorCount: errors };
		else reloadSoon();
	});
	const {
		run: start,
		busy: sending,
		error: refusal
	} = useAsync(async (file: File, mapping: Mapping, dryRun: boolean) => {
		const body = { dryRun, mapping: JSON.stringify(mapping) };
		const { importId } = await api("POST /seller/products/import", { file, body });
		await router.replace({ query: { id: importId } });
	});
	const leave = () => router.replace({ query: {} });
	return { id, current, error, reload, start, sending, refusal, leave };
}
