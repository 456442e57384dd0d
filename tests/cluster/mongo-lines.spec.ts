import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { MongoAdapter } from "../../mixins/mongo-adapter";
import { dropDatabase, mongoUri } from "../helpers/local-cluster";

/** Lines to the database that end at the moment in which something is written to them. */
const sockets = new Set<Socket>();
const meet = (message: unknown) => {
	const { socket } = message as { socket: Socket };
	sockets.add(socket);
	socket.on("close", () => sockets.delete(socket));
};
const uri = mongoUri();
const adapter = new MongoAdapter(uri, "things");

beforeAll(async () => {
	subscribe("net.client.socket", meet);
	adapter.init(null, { logger: { warn: () => {} } });
	await adapter.connect();
	await adapter.insert({ _id: "a", n: 0 });
});
afterAll(async () => {
	unsubscribe("net.client.socket", meet);
	await adapter.disconnect();
	await dropDatabase(uri);
});

describe("a line that ends", () => {
	it.each(["destroy", "resetAndDestroy"] as const)(
		"holds up nothing that is written to it then (%s)",
		async end => {
			for (let n = 1; n <= 5; n++) {
				const ended = [...sockets];
				expect(ended.length).toBeGreaterThan(0);
				for (const socket of ended) socket[end]();
				// tried again on a new line, as the driver does with what is known not to have been heard
				expect(await adapter.changeOne({ _id: "a" }, { $set: { n } })).toMatchObject({ n });
				expect(await adapter.findById("a")).toMatchObject({ n });
			}
		}
	);

	it("is left for another one when the other end has said goodbye", async () => {
		for (let n = 100; n < 105; n++) {
			// what node does with a write after the other's FIN: EPIPE, as an error of its own
			for (const socket of sockets) {
				socket.end();
				socket.emit("end");
			}
			expect(await adapter.changeOne({ _id: "a" }, { $set: { n } })).toMatchObject({ n });
		}
	});
});
