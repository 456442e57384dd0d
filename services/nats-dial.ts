import type { Socket } from "node:net";
import type { NatsConnection } from "nats";

/** What nats.js 2.29 keeps to itself. */
interface Inside {
	protocol: {
		transport: { socket?: Socket; done: boolean };
		dial(server: unknown): Promise<void>;
	};
}

/**
 * nats.js leaves a connection open on which the server was silent for too long. Once the server hangs no more, it ends
 * that connection, whereupon nats.js makes another one beside the one that it has by then: from then on everything is
 * heard twice. So what was given up is ended here, for good.
 */
export function endWhatIsGivenUp(client: NatsConnection): void {
	const { protocol } = client as unknown as Inside;
	const dial = protocol.dial.bind(protocol);
	protocol.dial = async server => {
		try {
			await dial(server);
		} catch (err) {
			const { transport } = protocol;
			transport.done = true;
			transport.socket?.destroy();
			throw err;
		}
	};
}
