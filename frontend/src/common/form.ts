import { issuesOf, type Issue } from "@shared/check";
import { nextTick, ref, shallowRef } from "vue";
import type { z } from "zod";
import { ApiError } from "./api";
import { inWords } from "./contract-words";
import "./form-words";

/** Takes whoever fills in a form to the first field that is wrong. */
function focusFirst() {
	if (typeof document === "undefined") return;
	document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus();
}

/** A form held to the schema that the service will hold it to: `errors.value["lines.0.qty"]` is what to show. */
export function useForm<P extends z.ZodType>(schema: P) {
	const errors = ref<Record<string, string>>({});
	const busy = ref(false);
	/** A refusal that belongs to no field. */
	const refusal = shallowRef<ApiError>();
	function show(issues: Issue[]) {
		errors.value = Object.fromEntries(issues.map(({ path, message }) => [path, inWords(message)]));
		if (issues.length) void nextTick(focusFirst);
	}

	/** Sends the values if they are right; what the service still refuses shows at the same fields. */
	async function submit<T>(
		values: unknown,
		send: (values: z.output<P>) => Promise<T>
	): Promise<T | undefined> {
		if (busy.value) return undefined;
		refusal.value = undefined;
		const { data, error } = schema.safeParse(values);
		show(error ? issuesOf(error) : []);
		if (error) return undefined;
		busy.value = true;
		try {
			return await send(data);
		} catch (refused) {
			if (!(refused instanceof ApiError)) throw refused;
			if (refused.problem.errors?.length) show(refused.problem.errors);
			else refusal.value = refused;
			return undefined;
		} finally {
			busy.value = false;
		}
	}
	return { errors, busy, refusal, submit };
}
