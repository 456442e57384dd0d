import type { z } from "zod";

export interface Issue {
	/** "lines.0.qty" */
	path: string;
	code: string;
	message: string;
}

const NOT_EXPECTED = { code: "UNKNOWN_KEY", message: "Not expected here" };

/** What is wrong with a value, a line a field; said alike by the services, the gateway and the forms. */
export const issuesOf = ({ issues }: z.ZodError): Issue[] =>
	issues.flatMap(issue =>
		issue.code === "unrecognized_keys"
			? issue.keys.map(key => ({ path: [...issue.path, key].join("."), ...NOT_EXPECTED }))
			: [
					{
						path: issue.path.join("."),
						code: issue.code.toUpperCase(),
						message: issue.message
					}
				]
	);
