import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What a proxy does with bytes: towards the server are `out`, back are `back`. */
export interface Ways {
	/** Milliseconds that each chunk is held up, in both directions. */
	delay?: number;
	/** Bytes are swallowed: the line looks alive and says nothing. */
	dropOut?: boolean;
	dropBack?: boolean;
	/** New lines are refused, open ones reset. */
	refuse?: boolean;
}
interface Line {
	client: Socket;
	server: Socket;
}
type Address = { host: string; port: number };

/** A TCP proxy before a server that can be made slow, deaf, dumb or rude, and counts what it did. */
export class Proxy {
	private readonly lines = new Set<Line>();
	private ways: Ways = {};
	private server!: Server;
	/** Resets the line at the next bytes towards the server for which this holds, after they were sent on. */
	private trap: ((chunk: Buffer) => boolean) | null = null;
	readonly did = { delayed: 0, dropped: 0, resets: 0, refused: 0, passed: 0 };

	private constructor(private readonly upstream: () => Address) {}

	/** @param upstream asked anew for every line: the server may not be there yet */
	static async start(upstream: () => Address): Promise<Proxy> {
		const proxy = new Proxy(upstream);
		proxy.server = createServer(client => proxy.accept(client));
		await new Promise<void>(resolve => proxy.server.listen(0, "127.0.0.1", resolve));
		return proxy;
	}
	get address() {
		return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}
	get open() {
		return this.lines.size;
	}

	set(ways: Ways): void {
		this.ways = ways;
		if (ways.refuse) for (const line of this.lines) this.reset(line);
	}
	/** Everything passes again. Lines that lost bytes are of no use: they are reset. */
	heal(): void {
		const { dropOut, dropBack } = this.ways;
		this.ways = {};
		this.trap = null;
		if (dropOut || dropBack) for (const line of this.lines) this.reset(line);
	}
	resetNext(fits: (chunk: Buffer) => boolean): void {
		this.trap = fits;
	}
	resetAll(): void {
		for (const line of this.lines) this.reset(line);
	}

	private reset(line: Line): void {
		this.lines.delete(line);
		this.did.resets++;
		line.client.resetAndDestroy();
		line.server.destroy();
	}
	private accept(client: Socket): void {
		if (this.ways.refuse) {
			this.did.refused++;
			return void client.resetAndDestroy();
		}
		const { host, port } = this.upstream();
		const line: Line = { client, server: connect(port, host) };
		this.lines.add(line);
		for (const socket of [line.client, line.server]) {
			socket.setNoDelay(true);
			socket.on("error", () => this.end(line)).on("close", () => this.end(line));
		}
		this.pump(line, client, line.server, "dropOut");
		this.pump(line, line.server, client, "dropBack");
	}
	private end({ client, server, ...rest }: Line): void {
		this.lines.forEach(line => line.client === client && this.lines.delete(line));
		void rest;
		client.destroy();
		server.destroy();
	}
	private pump(line: Line, from: Socket, to: Socket, drop: "dropOut" | "dropBack"): void {
		/** What is held up, and what comes after it: bytes never overtake each other. */
		let held = 0;
		let passing = Promise.resolve();
		const holdUp = async (chunk: Buffer, until: number, before: Promise<void>) => {
			await before;
			await sleep(Math.max(0, until - Date.now()));
			if (to.writable) to.write(chunk);
			held--;
		};
		from.on("data", (chunk: Buffer) => {
			if (this.ways[drop]) return void (this.did.dropped += chunk.length);
			const { delay = 0 } = this.ways;
			this.did.passed += chunk.length;
			if (delay) this.did.delayed++;
			if (delay || held) {
				held++;
				passing = holdUp(chunk, Date.now() + delay, passing);
			} else if (to.writable && !to.write(chunk)) {
				from.pause();
				to.once("drain", () => from.resume());
			}
			if (drop === "dropOut" && this.trap?.(chunk)) {
				this.trap = null;
				// the server has it, the client never hears of it
				setImmediate(() => this.reset(line));
			}
		});
	}

	async close(): Promise<void> {
		for (const { client, server } of this.lines) {
			client.destroy();
			server.destroy();
		}
		await new Promise(resolve => this.server.close(resolve));
	}
}
