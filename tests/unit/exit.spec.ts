import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Exit } from "../../services/gateway/exit";
import { ask } from "../helpers/http";

/** Answers slowly; once it leaves it refers whom it may. */
let server: Server;
let exit: Exit;
let leaving = false;
let begun = 0;
beforeEach(async () => {
	leaving = false;
	begun = 0;
	server = createServer((req, res) => {
		if (leaving && exit.refers(req)) return;
		begun++;
		void sleep(100).then(() => res.end("done"));
	});
	exit = new Exit(server);
	await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => server.close());
const send = (method: string, headers: Record<string, string> = {}) =>
	ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, `${method} /`, { headers });
const FRONT = { "X-Retries": "idempotent" };

it.each(["GET", "HEAD", "PUT", "DELETE"])(
	"hangs up on a %s that is asked elsewhere",
	async method => {
		leaving = true;
		await expect(send(method, FRONT)).rejects.toMatchObject({ code: "ECONNRESET" });
		expect(begun).toBe(0);
	}
);

it.each([
	["POST", FRONT],
	["PATCH", FRONT],
	["GET", {}]
])("answers a %s that nobody would repeat", async (method, headers) => {
	leaving = true;
	expect((await send(method, headers)).text).toBe("done");
});

it("is out when the last one is answered", async () => {
	const under = send("POST");
	while (!begun) await sleep(1);
	leaving = true;
	let out = false;
	const closed = exit.close().then(() => (out = true));
	await sleep(20);
	expect(out).toBe(false);
	expect((await under).text).toBe("done");
	await closed;
	expect(server.listening).toBe(false);
	await exit.close();
});
