import { useAsync } from "@common/async";
import { useProblem } from "@common/problem";
import { useToast } from "@nuxt/ui/composables/useToast";
import { ref, watch } from "vue";
import { wholeOf } from "./stock-list";

interface Field<T> {
	/** What is kept, as it is written. */
	written(): string;
	put(threshold: number): Promise<T>;
	saved(answer: T, threshold: number): void;
	/** What is said then. */
	said(threshold: number): string;
}

/** A threshold that is saved on Enter or when its field is left; Escape takes back what was typed. */
export function useThreshold<T>({ written, put, saved, said }: Field<T>) {
	const toast = useToast();
	const say = useProblem();
	const typed = ref(written());
	const takeBack = () => void (typed.value = written());
	watch(written, takeBack);
	const { run, busy, error } = useAsync(put);

	async function save() {
		const wish = wholeOf(typed.value);
		if (typed.value === written()) return;
		if (wish === undefined || wish < 0) return takeBack();
		const answer = await run(wish);
		if (answer) {
			saved(answer, wish);
			toast.add({ title: said(wish), icon: "i-lucide-check" });
		} else if (error.value) {
			takeBack();
			toast.add({ title: say(error.value), color: "error", icon: "i-lucide-circle-alert" });
		}
	}
	return { typed, busy, save, takeBack };
}
