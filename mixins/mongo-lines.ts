import type { EventEmitter } from "node:events";
import { MongoNetworkError } from "mongodb";

/** One of the driver's lines to a server: emits "close" once it has ended, and `error` says why. */
interface Line extends EventEmitter {
	error: Error | null;
	writeCommand(...args: unknown[]): Promise<void>;
}
const { Connection } = require("mongodb/lib/cmap/connection") as {
	Connection: { prototype: Line };
};
const write = Connection.prototype.writeCommand;

/**
 * The driver (7.9) may write to a line that has just ended, and then waits for it to drain: for ever, for nobody tells it
 * that the line is gone. Its monitor waits likewise, and never again looks for a database that is long back. Here a write
 * ends with its line, and in the driver's own words, so that it tries again what may be tried again.
 */
Connection.prototype.writeCommand = async function (...args) {
	let ended = () => {};
	const end = new Promise<never>((_resolve, reject) => {
		ended = () => reject(this.error ?? new MongoNetworkError("The line has ended"));
	});
	this.once("close", ended);
	try {
		await Promise.race([write.apply(this, args), end]);
	} catch (err) {
		const { code, message } = err as NodeJS.ErrnoException;
		throw code === "EPIPE" ? new MongoNetworkError(message, { cause: err as Error }) : err;
	} finally {
		this.off("close", ended);
	}
};
