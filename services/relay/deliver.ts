import { metrics } from "../metrics";
import { onBehalfOf } from "../request-id";
import type { Push } from "../shared/define";
import type { Io } from "./sockets";

/** A push with the request that led to it: the message itself has no room for it, the log has. */
export interface Told extends Push {
	requestId?: string | undefined;
}

/** Sends a push to its rooms. */
export function deliver(
	io: Io,
	debug: (...args: unknown[]) => void,
	{ rooms, event, data, requestId = "" }: Told
): void {
	io.to(rooms).emit(event, data as never);
	metrics.pushes.add(event);
	if (event === "stock.changed")
		metrics.commitToPush
			.of()
			.observe(Math.max(0, Date.now() - Date.parse((data as { at: string }).at)) / 1000);
	onBehalfOf(requestId, () => debug("Pushed", { event, rooms }));
}
