import { Errors } from "moleculer";
import { ERRORS, type ErrorCode } from "./shared/errors";

/** The one way to refuse. Compare `err.type` with the code: over the wire the class is lost, the type is not. */
export function fail(code: ErrorCode, data?: Record<string, unknown>): never {
	const [status, title] = ERRORS[code];
	throw new Errors.MoleculerClientError(title, status, code, data);
}

/** A refusal of one field, in the words of the validator. */
export const failField = (path: string, message: string, code = "INVALID"): never =>
	fail("VALIDATION_FAILED", { errors: [{ path, code, message }] });

/** The code of a refusal, or undefined of anything unforeseen. */
export const codeOf = (err: unknown): ErrorCode | undefined => {
	const type = (err as { type?: unknown } | null)?.type;
	return typeof type === "string" && Object.hasOwn(ERRORS, type) ? (type as ErrorCode) : undefined;
};
