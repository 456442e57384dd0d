import { api } from "@common/api";
import { useLoad } from "@common/async";
import { useLastPage } from "@common/last-page";
import { useLive, useTopics } from "@common/live";
import type { Product } from "@shared/catalog.contract";
import type { Topic } from "@shared/rooms";
import { computed, ref, shallowRef, watch } from "vue";
import { useRoute, useRouter } from "vue-router";
import { queryOf, searchOf, type ProductSearch } from "./product-list";
import { useProductStock } from "./product-stock";
import { useSoon } from "./soon";

const SOON = 400;

/** The page of the seller's products that the address asks for, kept live. */
export function useOwnProducts() {
	const route = useRoute();
	const router = useRouter();
	const stock = useProductStock();

	const search = computed<ProductSearch>(before =>
		before && route.name !== "products" ? before : searchOf(route.query)
	);
	const change = (patch: Partial<ProductSearch>) =>
		void router.push({ query: queryOf(search.value, patch) });

	const key = computed(() => JSON.stringify(search.value));
	const { data, error, reload } = useLoad(
		signal => api("GET /seller/products", { query: search.value }, { signal }),
		key
	);
	const products = shallowRef<Product[]>([]);
	/** What is shown answers this search; it is dimmed while another is on its way, and not when it is only renewed. */
	const shownFor = ref<string>();
	const waiting = computed(() => shownFor.value !== key.value);
	watch(data, page => {
		shownFor.value = key.value;
		stock.learn(page?.items ?? []);
		products.value = page?.items ?? [];
	});
	useTopics(() => products.value.map(({ id }): Topic => `product:${id}`));
	const reloadSoon = useSoon(reload, SOON);
	useLive("product.created", reloadSoon);
	useLive("product.updated", reloadSoon);
	useLive("product.archived", reloadSoon);

	/** Shows a product as an answer has just told it. */
	function put(next: Product) {
		stock.learn([next]);
		products.value = products.value.map(product => (product.id === next.id ? next : product));
	}
	const total = computed(() => data.value?.total ?? 0);
	const beyond = useLastPage(data);
	const loaded = computed(() => data.value !== undefined && !beyond.value);
	return { search, change, products, total, loaded, waiting, error, reload, put, stock };
}
