/** Names an operation, so that it is done once however often it is sent. Pages without TLS have no `randomUUID`. */
export const newOperation = (): string =>
	crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint32Array(4))].join("-");
