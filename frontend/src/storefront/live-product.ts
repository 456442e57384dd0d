import { api } from "@common/api";
import { useLoad } from "@common/async";
import { useLive, useTopics } from "@common/live";
import { useStock } from "@common/stock.store";
import type { Variant } from "@shared/catalog.contract";
import { computed, ref, watch, type Ref } from "vue";
import { firstOf } from "./variants";

/** One product that stays true, and the variant that is looked at; in a preview its seller's, whatever its status. */
export function useLiveProduct(slug: Ref<string>, preview = false) {
	const stock = useStock();
	const {
		data: product,
		error,
		loading,
		reload
	} = useLoad(
		signal =>
			preview
				? api("GET /seller/products/:id", { path: { id: slug.value } }, { signal })
				: api(
						"GET /catalog/products/:idOrSlug",
						{ path: { idOrSlug: slug.value } },
						{ signal, cache: "no-cache" }
					),
		slug
	);
	const sku = ref<string>();
	/** Why it can't be bought any more, though it is still on the screen. */
	const gone = ref(false);
	watch(slug, () => {
		product.value = undefined;
		gone.value = false;
	});

	const stockOf = (variant: Variant) => stock.of(variant.sku) ?? variant.stock;
	const availableOf = (variant: Variant) => (gone.value ? 0 : stockOf(variant).available);
	const variant = computed(() => product.value?.variants.find(known => known.sku === sku.value));
	watch(product, next => {
		if (!next) return;
		const at = new Date().toISOString();
		for (const { sku: of, stock: known } of next.variants)
			stock.take({ sku: of, productId: next.id, at, ...known });
		gone.value = !preview && next.status !== "published";
		if (!variant.value) sku.value = firstOf(next.variants, availableOf)?.sku;
	});

	useTopics(() => product.value && `product:${product.value.id}`);
	useLive("product.updated", ({ id, status, version }) => {
		if (id !== product.value?.id) return;
		if (status !== "published" && !preview) gone.value = true;
		else if (version > product.value.version) void reload();
	});
	useLive("product.archived", ({ id }) => {
		if (id === product.value?.id) gone.value = true;
	});
	return { product, variant, sku, gone, error, loading, reload, stockOf, availableOf };
}
