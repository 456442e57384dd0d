import { api, type ApiError } from "@common/api";
import { useAsync } from "@common/async";
import { useProblem } from "@common/problem";
import { useToast } from "@nuxt/ui/composables/useToast";
import type { Product } from "@shared/catalog.contract";
import { computed, ref, shallowRef, watch } from "vue";
import { useI18n } from "vue-i18n";
import { useRouter } from "vue-router";
import { newOperation } from "@common/new-operation";

interface List {
	put(product: Product): void;
	reload(): Promise<void>;
}

/** What can be done with a product of the list; a refusal is told, and the list renewed. */
export function useProductActions({ put, reload }: List) {
	const { t } = useI18n();
	const toast = useToast();
	const say = useProblem();
	const refuse = (error: ApiError) =>
		toast.add({ title: say(error), color: "error", icon: "i-lucide-circle-alert" });

	const changing = ref<string>();
	const { run: setStatus, error: statusError } = useAsync(
		async ({ id, version, title }: Product, status: "draft" | "published") => {
			changing.value = id;
			try {
				put(await api("PATCH /catalog/products/:id", { path: { id }, body: { version, status } }));
				toast.add({ title: t(`products.now.${status}`, { title }), icon: "i-lucide-check" });
			} finally {
				changing.value = undefined;
			}
		}
	);

	/** The one that somebody is asked about: shall it be archived? */
	const leaving = shallowRef<Product>();
	const asked = computed({
		get: () => leaving.value !== undefined,
		set: open => {
			if (!open) leaving.value = undefined;
		}
	});
	const {
		run: archive,
		busy: archiving,
		error: archiveError
	} = useAsync(async () => {
		const { id, version, title } = leaving.value!;
		await api("DELETE /catalog/products/:id", { path: { id }, query: { version } });
		leaving.value = undefined;
		toast.add({ title: t("products.now.archived", { title }), icon: "i-lucide-archive" });
		await reload();
	});
	const router = useRouter();
	const { run: duplicate, error: copyError } = useAsync(async ({ id, title }: Product) => {
		changing.value = id;
		try {
			const copy = await api("POST /catalog/products/:id/duplicate", {
				path: { id },
				body: { title: t("products.copyOf", { title }).slice(0, 160) },
				key: newOperation()
			});
			toast.add({ title: t("products.copied", { title }), icon: "i-lucide-copy" });
			await router.push({ name: "product", params: { id: copy.id } });
		} finally {
			changing.value = undefined;
		}
	});
	watch([statusError, archiveError, copyError], refusals => {
		const refused = refusals.find(Boolean);
		if (!refused) return;
		leaving.value = undefined;
		refuse(refused);
		void reload();
	});
	return { changing, setStatus, duplicate, leaving, asked, archive, archiving, refuse };
}
