import { api } from "@common/api";
import { useLoad } from "@common/async";
import { useLastPage } from "@common/last-page";
import { useLive, useTopics } from "@common/live";
import type { Card } from "@shared/catalog.contract";
import type { Messages } from "@shared/messages";
import type { Topic } from "@shared/rooms";
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from "vue";
import { added, follows, refreshed, type Found, type Search } from "./grid";

const SOON = 150;
const LOOKS = [0, 900, 2500];

/** A page of products that stays true: stock and price change in place, new products come in where they don't disturb. */
export function useLiveGrid(search: Ref<Search>, mayMove: () => boolean) {
	const key = computed(() => JSON.stringify(search.value));
	const { data, error, loading, reload } = useLoad(
		signal => api("GET /catalog/products", { query: search.value }, { signal }),
		key
	);
	const beyond = useLastPage(data);
	/** The page as of now: its counts are told at once, its cards as far as they don't disturb. */
	const page = shallowRef<Found>();
	const shown = shallowRef<Card[]>([]);
	/** Came in live: they get a quiet entrance. */
	const fresh = ref(new Set<string>());
	const gone = ref(new Set<string>());
	/** A newer page that would move things: shown on demand. */
	const waiting = shallowRef<Found>();
	const news = computed(() => (waiting.value ? added(shown.value, waiting.value.items).length : 0));

	watch(key, () => fresh.value.clear());
	watch(data, next => {
		page.value = next;
		shown.value = next?.items ?? [];
		waiting.value = undefined;
		gone.value = new Set();
	});
	function show(next: Found) {
		fresh.value = new Set(added(shown.value, next.items).map(({ id }) => id));
		data.value = next;
	}
	const isQuiet = ({ items }: Found) =>
		follows(shown.value, items) ||
		(search.value.page === 1 && search.value.sort === "newest" && mayMove());

	const expected = new Set<string>();
	let timer: ReturnType<typeof setTimeout> | undefined;
	let due = 0;
	/** An answer that a later one has overtaken says nothing new. */
	let looks = 0;
	let seen = 0;
	/** Asks for the page of now. What was announced may not be in the search index yet: looks again, a few times. */
	async function look(round = 0): Promise<void> {
		const asked = key.value;
		const turn = ++looks;
		const next = await api("GET /catalog/products", { query: search.value }, { cache: "no-cache" });
		if (asked !== key.value || turn < seen) return;
		seen = turn;
		next.items.forEach(({ id }) => expected.delete(id));
		const hasNews = added(shown.value, next.items).length > 0;
		if (hasNews && isQuiet(next)) show(next);
		else {
			page.value = next;
			shown.value = refreshed(shown.value, next.items);
			waiting.value = hasNews ? next : undefined;
		}
		if (expected.size && round + 1 < LOOKS.length) lookSoon(round + 1);
		else expected.clear();
	}
	/** What fails here comes with the next message, or when the connection is back. */
	function lookSoon(round = 0) {
		if (timer !== undefined && due <= round) return;
		clearTimeout(timer);
		due = round;
		timer = setTimeout(() => {
			timer = undefined;
			void look(round).catch(() => expected.clear());
		}, LOOKS[round]! + SOON);
	}
	onScopeDispose(() => clearTimeout(timer));

	useLive(
		"product.created",
		({ id }) => {
			expected.add(id);
			lookSoon();
		},
		"catalog"
	);
	const changed = ({ id, status }: Messages["product.updated"]) => {
		if (status !== "published") return void gone.value.add(id);
		gone.value.delete(id);
		lookSoon();
	};
	useLive("product.updated", changed);
	useLive("product.archived", ({ id }) => gone.value.add(id));
	useTopics(() => shown.value.map(({ id }): Topic => `product:${id}`));

	return {
		page,
		shown,
		fresh,
		gone,
		news,
		beyond,
		error,
		loading,
		reload,
		showNews: () => waiting.value && show(waiting.value)
	};
}
