/** Every refusal a client may meet: HTTP status and title. The key is the stable `code`. */
export const ERRORS = {
	BAD_REQUEST: [400, "The request could not be read"],
	IDEMPOTENCY_KEY_REQUIRED: [400, "Send an Idempotency-Key header with this request"],
	UNAUTHORIZED: [401, "Sign in first"],
	INVALID_CREDENTIALS: [401, "E-mail address or password is wrong"],
	TOKEN_EXPIRED: [401, "Your session has run out, sign in again"],
	TOKEN_REUSED: [401, "This session was ended, because its token was used twice"],
	PAYMENT_DECLINED: [402, "The payment was declined, nothing was charged"],
	FORBIDDEN: [403, "Your account may not do that"],
	ORIGIN_NOT_ALLOWED: [403, "Requests from this site are not accepted"],
	NOT_FOUND: [404, "There is nothing here"],
	METHOD_NOT_ALLOWED: [405, "This address doesn't take that method"],
	OUT_OF_STOCK: [409, "Not enough in stock"],
	PRICE_CHANGED: [409, "A price has changed meanwhile"],
	EMAIL_TAKEN: [409, "There is an account with this e-mail address"],
	SKU_TAKEN: [409, "This SKU is in use"],
	IDEMPOTENCY_IN_PROGRESS: [409, "The same request is still being worked on"],
	INVALID_STATE: [409, "That isn't possible in the present state"],
	VERSION_CONFLICT: [409, "Somebody else has changed this meanwhile"],
	PAYLOAD_TOO_LARGE: [413, "The request is too large"],
	UNSUPPORTED_MEDIA_TYPE: [415, "This kind of content is not accepted here"],
	VALIDATION_FAILED: [422, "Some fields are not as they should be"],
	IDEMPOTENCY_KEY_REUSED: [422, "This Idempotency-Key was used for another request"],
	TOO_MANY_REQUESTS: [429, "Too many requests, slow down"],
	TOO_MANY_OPEN_ORDERS: [429, "Pay or cancel your open orders first"],
	INTERNAL_ERROR: [500, "Something went wrong on our side"],
	SERVICE_UNAVAILABLE: [503, "Not available at the moment, try again"],
	STORAGE_UNAVAILABLE: [503, "Nothing can be saved at the moment, try again"],
	CHECKOUT_PENDING: [503, "Your order is being worked on, ask again"],
	TIMEOUT: [504, "That took too long, try again"]
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ErrorCode = keyof typeof ERRORS;
