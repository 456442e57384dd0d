import { Errors, type Middleware, type Service } from "moleculer";

/** Milliseconds that the caller's own timeout goes first. */
const AFTER = 100;

/**
 * Ends a remote call that has timed out. Moleculer tells the caller and leaves the call open: it would be counted for
 * ever among those under way, waited for when the node stops, and never held against the node that didn't answer.
 */
export const forget: Middleware = {
	name: "Forget",
	remoteAction(next, { name: action = "" }) {
		return function (this: Service, ctx) {
			const answer = next.call(this, ctx) as Promise<unknown>;
			const { timeout } = ctx.options;
			if (!timeout) return answer;
			return new Promise((resolve, reject) => {
				const giveUp = () =>
					reject(new Errors.RequestTimeoutError({ action, nodeID: ctx.nodeID ?? "" }));
				const timer = setTimeout(giveUp, timeout + AFTER);
				const done = (settle: () => void) => {
					clearTimeout(timer);
					settle();
				};
				answer.then(
					result => done(() => resolve(result)),
					(err: Error) => done(() => reject(err))
				);
			});
		};
	}
};
