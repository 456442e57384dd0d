import { AsyncLocalStorage } from "node:async_hooks";
import type { CallingOptions, Middleware } from "moleculer";

const current = new AsyncLocalStorage<string>();

/** The id of the request that this very code works for, if there is one. */
export const requestIdNow = (): string | undefined => current.getStore();

/** Does something on behalf of a request. */
export const onBehalfOf = <T>(id: string, work: () => T): T => current.run(id, work);

type Handler = (this: unknown, ctx: { requestID: string | null }) => Promise<unknown>;
const carried = (next: Handler): Handler =>
	function (ctx) {
		const { requestID: id } = ctx;
		if (id === null || id === current.getStore()) return next.call(this, ctx);
		return current.run(id, () => next.call(this, ctx));
	};

type Send = (name: string, payload: unknown, opts?: CallingOptions) => unknown;
/** Where no context is at hand: what a service says by its broker belongs to the request that made it speak. */
const signed =
	(next: Send): Send =>
	(name, payload, opts) => {
		const id = current.getStore();
		if (id === undefined || opts?.parentCtx || opts?.requestID || opts?.ctx)
			return next(name, payload, opts);
		return next(name, payload, { ...opts, requestID: id });
	};

/** One id from the first door to the last push: through calls, events, the outbox and every line of the log. */
export const requestIds: Middleware = {
	name: "RequestId",
	localAction: carried as never,
	localEvent: carried as never,
	call: signed as never,
	emit: signed as never,
	broadcast: signed as never
};
