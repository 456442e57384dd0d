import { useI18n } from "vue-i18n";
import type { ApiError } from "./api";

/** Says of a refusal what happened, what is safe and the way on. */
export function useProblem() {
	const { t, te } = useI18n();
	return (error: ApiError): string => {
		const key = `problem.${error.code}`;
		return te(key) || te(key, "en") ? t(key) : error.message;
	};
}
