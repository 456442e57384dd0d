import { apiUrl } from "./addresses";
import { ApiError, credentials, type Problem } from "./api";

/** Hands a file to the browser, to be saved under this name. */
export function save(name: string, content: Blob): void {
	const url = URL.createObjectURL(content);
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	// a browser may read it a little later
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** With the mark by which spreadsheets know that it is UTF-8. */
export const csvBlob = (...parts: BlobPart[]) =>
	new Blob(["\ufeff", ...parts], { type: "text/csv" });

/** Fetches a file of the API, which asks who wants it; a token that has run out is renewed once. */
export async function fetchFile(path: string): Promise<Blob> {
	for (let renewed = false; ; renewed = true) {
		const answer = await fetch(`${apiUrl()}/api${path}`, {
			headers: credentials.token ? { Authorization: `Bearer ${credentials.token}` } : {},
			credentials: apiUrl() ? "include" : "same-origin"
		}).catch(() => {
			throw new ApiError(0, "OFFLINE");
		});
		if (answer.ok)
			return answer.blob().catch(() => {
				// the line was cut: a part isn't the whole
				throw new ApiError(0, "OFFLINE");
			});
		const problem = (await answer.json().catch(() => ({}))) as Problem;
		if (problem.code === "TOKEN_EXPIRED" && !renewed && (await credentials.renew?.())) continue;
		throw new ApiError(answer.status, problem.code ?? "SERVICE_UNAVAILABLE", problem);
	}
}
