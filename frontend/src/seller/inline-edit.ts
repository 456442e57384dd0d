import { api, ApiError } from "@common/api";
import { useForm } from "@common/form";
import { catalogActions, type Product } from "@shared/catalog.contract";
import { computed, reactive, ref, shallowRef } from "vue";
import { draftOf, patchOf, printOf, sold, type Draft } from "./draft";
import { differences, merged, type Choice } from "./merge";
import { newOperation } from "@common/new-operation";
import { wholeOf } from "./stock-list";

const update = catalogActions["catalog.update"].params;
interface Host {
	put(product: Product): void;
	/** How many of a SKU there are at this moment. */
	availableOf(sku: string): number;
}

/** One product of the list that is changed in its row: title, price, status, and how many there are. */
export function useInlineEdit({ put, availableOf }: Host) {
	const base = shallowRef<Product>();
	const draft = reactive<Draft>({} as Draft);
	/** How many there are, as typed; only a product of one SKU can say it in its row. */
	const stock = ref("");
	let seen = "";
	const form = useForm(update);
	const busy = ref(false);
	const theirs = shallowRef<Product>();
	let began = "";
	let operationId = newOperation();

	const only = computed(() =>
		base.value?.variants.length === 1 ? base.value.variants[0] : undefined
	);
	/** One price for all variants can be changed here; several can't. */
	const hasOnePrice = computed(
		() => new Set(base.value?.variants.map(({ price }) => price)).size === 1
	);
	const price = computed({
		get: () => (draft.variants ? (sold(draft)[0]?.price ?? "") : ""),
		set: typed => sold(draft).forEach(variant => (variant.price = typed))
	});
	/** What was typed as a stock is no number of things. */
	const stockIsWrong = ref(false);
	const errorOf = (field: "title" | "variants") =>
		Object.entries(form.errors.value).find(([path]) => path.split(".")[0] === field)?.[1];
	const titleError = computed(() => errorOf("title"));
	const priceError = computed(() => errorOf("variants"));

	function take(product: Product) {
		base.value = product;
		Object.assign(draft, draftOf(product));
		began = printOf(draft);
	}
	function start(product: Product) {
		if (busy.value) return;
		take(product);
		stock.value = only.value ? String(availableOf(only.value.sku)) : "";
		seen = stock.value;
		operationId = newOperation();
		form.errors.value = {};
		form.refusal.value = undefined;
		stockIsWrong.value = false;
	}
	function stop() {
		base.value = theirs.value = undefined;
	}

	/** By how much the typed number differs from what is there now: somebody may have bought since. */
	function difference(): number {
		const wish = wholeOf(stock.value);
		if (!only.value || stock.value === seen || wish === undefined) return 0;
		return wish - availableOf(only.value.sku);
	}
	async function saveProduct(): Promise<Product | undefined> {
		const before = base.value!;
		const patch = printOf(draft) === began ? {} : patchOf(draft, before);
		if (!Object.keys(patch).length) return before;
		const { id, version } = before;
		const saved = await form.submit({ id, version, ...patch }, ({ id, ...body }) =>
			api("PATCH /catalog/products/:id", { path: { id }, body })
		);
		if (!saved && form.refusal.value?.code === "VERSION_CONFLICT")
			theirs.value = await api("GET /seller/products/:id", { path: { id } });
		return saved;
	}
	async function saveStock(delta: number): Promise<void> {
		const { sku } = only.value!;
		await api("POST /seller/stock/:sku/adjust", {
			path: { sku },
			body: { delta, reason: "correction", operationId }
		});
	}
	/** True once all is saved; what was refused is said in `errors`, `refusal` or as a merge in `theirs`. */
	async function save(): Promise<boolean> {
		if (busy.value || !base.value) return false;
		const wish = wholeOf(stock.value) ?? -1;
		stockIsWrong.value = only.value !== undefined && wish < 0;
		if (stockIsWrong.value) return false;
		busy.value = true;
		try {
			const product = await saveProduct();
			if (!product) return false;
			take(product);
			put(product);
			const delta = difference();
			if (delta) {
				await saveStock(delta);
				put(await api("GET /seller/products/:id", { path: { id: product.id } }));
			}
			stop();
			return true;
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			form.refusal.value = error;
			return false;
		} finally {
			busy.value = false;
		}
	}

	const changes = computed(() =>
		base.value && theirs.value ? differences(base.value, draft, theirs.value) : []
	);
	/** Goes on from their state with what is chosen of ours. */
	function settle(choices: ReadonlyMap<string, Choice>) {
		const now = theirs.value!;
		const next = merged(draft, now, choices);
		take(now);
		Object.assign(draft, next);
		put(now);
		theirs.value = undefined;
		form.refusal.value = undefined;
	}
	const conflict = computed({
		get: () => theirs.value !== undefined,
		set: open => {
			if (!open) theirs.value = undefined;
		}
	});
	const { refusal } = form;
	return reactive({
		base,
		draft,
		price,
		stock,
		only,
		hasOnePrice,
		titleError,
		priceError,
		stockIsWrong,
		refusal,
		busy,
		changes,
		conflict,
		start,
		stop,
		save,
		settle
	});
}
export type InlineEdit = ReturnType<typeof useInlineEdit>;
