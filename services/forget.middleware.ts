import { Errors, type Middleware, type Service, type ServiceBroker } from "moleculer";

/** Milliseconds that the caller's own timeout goes first. */
const AFTER = 100;

interface Waiting {
	pendingRequests: Map<string, { reject(err: Error): void }>;
	removePendingRequest(id: string): void;
}

/**
 * Ends a remote call that has timed out. Moleculer tells the caller and leaves the call open: it would stay in memory,
 * be waited for when the node stops, and never count against the node that didn't answer.
 */
export const forget: Middleware = {
	name: "Forget",
	remoteAction(next, { name }) {
		return function (this: Service, ctx) {
			const answer = next.call(this, ctx) as Promise<unknown>;
			const { timeout } = ctx.options;
			if (!timeout) return answer;
			const timer = setTimeout(() => {
				const transit = (ctx.broker as ServiceBroker & { transit: Waiting }).transit;
				const waiting = transit.pendingRequests.get(ctx.id);
				transit.removePendingRequest(ctx.id);
				waiting?.reject(
					new Errors.RequestTimeoutError({ action: name ?? "", nodeID: ctx.nodeID ?? "" })
				);
			}, timeout + AFTER);
			const done = () => clearTimeout(timer);
			answer.then(done, done);
			return answer;
		};
	}
};
