import { computed, watch, type Ref } from "vue";
import { useRoute, useRouter } from "vue-router";

interface PageOf {
	page: number;
	pageSize: number;
	total: number;
}

export const lastPage = ({ pageSize, total }: Omit<PageOf, "page">) =>
	Math.max(1, Math.ceil(total / pageSize));
export const isBeyond = (found: PageOf | undefined) =>
	found !== undefined && found.page > lastPage(found);

/** A page beyond the end leads to the last one that exists, in its place in the history; true until that one has come. */
export function useLastPage(answer: Readonly<Ref<PageOf | undefined>>) {
	const route = useRoute();
	const router = useRouter();
	const { name } = route;
	watch(answer, found => {
		if (!found || !isBeyond(found) || route.name !== name) return;
		const last = lastPage(found);
		void router.replace({
			query: { ...route.query, page: last > 1 ? last : undefined }
		});
	});
	return computed(() => isBeyond(answer.value));
}
