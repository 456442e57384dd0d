import { connect } from "node:net";
import GatewayService from "../../services/gateway/gateway.service";
import { PACE, type Pace } from "../../services/gateway/pace";
import { accessToken } from "../../services/session";
import type { Schema } from "../../services/typed";
import { cluster } from "../helpers/cluster";
import { formOf } from "../helpers/csv";
import { SERVICE_NAMES, standIn } from "../helpers/stand-ins";

jest.setTimeout(60_000);

const token = accessToken({ id: "seller0000001", role: "seller", sid: "s2" });
let kept = "";
let placed = 0;
const theirs: Parameters<typeof standIn>[1] = {
	keep: (ctx: { params: { data: string } }) => {
		kept += String(Buffer.from(ctx.params.data, "base64"));
		return null;
	},
	start: () => ({ importId: "import000001" }),
	login: () => void placed++
};
const paced = (pace: Partial<Pace>) =>
	cluster(
		[
			{
				...(GatewayService as object),
				name: "gateway",
				actions: { openapi: GatewayService.actions.openapi as never },
				settings: { ...GatewayService.settings, pace: { ...PACE, ...pace } }
			} as Schema<"gateway">
		],
		SERVICE_NAMES.map(name => standIn(name, theirs))
	);

/** Sends a request in pieces, one after each pause, as long as somebody listens; answers what came back. */
function drip(url: string, head: string[], pieces: (string | Buffer)[], pause: number) {
	const { port, hostname } = new URL(url);
	const began = performance.now();
	return new Promise<{ answer: string; took: number }>(resolve => {
		let [answer, n] = ["", 0];
		const socket = connect(Number(port), hostname, () => {
			socket.write([...head, "Host: x", "Connection: close", "", ""].join("\r\n"));
			const timer = setInterval(() => {
				if (n < pieces.length) socket.write(pieces[n++]!);
			}, pause);
			socket.on("close", () => {
				clearInterval(timer);
				resolve({ answer, took: performance.now() - began });
			});
		});
		socket.on("data", data => (answer += String(data))).on("error", () => socket.destroy());
	});
}
const CSV = `sku,title\n${"mug-1,Mug\n".repeat(60)}`;
const { body, headers } = formOf(CSV);
const upload = [
	"POST /api/seller/products/import HTTP/1.1",
	`Authorization: Bearer ${token}`,
	`Content-Type: ${headers["Content-Type"]}`,
	`Content-Length: ${body.length}`
];
const inPieces = (bytes: Buffer, count: number) => {
	const size = Math.ceil(bytes.length / count);
	return Array.from({ length: count }, (_, n) => bytes.subarray(n * size, (n + 1) * size));
};
const login = Buffer.from(JSON.stringify({ email: "a@b.example", password: "long enough" }));
const slowLogin = [
	"POST /api/auth/login HTTP/1.1",
	"Content-Type: application/json",
	`Content-Length: ${login.length}`
];
const REFUSED = /^HTTP\/1\.1 400 [^]*"code":"BAD_REQUEST"/;

describe("who speaks slowly", () => {
	const { urlOf } = paced({ whole: 700, span: 20_000, least: 1 });

	it("may take longer for a file that gets on than for anything else", async () => {
		kept = "";
		const { answer, took } = await drip(urlOf("gateway"), upload, inPieces(body, 15), 100);
		expect(answer).toMatch(/^HTTP\/1\.1 202 /);
		expect(took).toBeGreaterThan(1000);
		expect(kept).toBe(CSV);
	});

	it("loses the line with anything else, and nothing comes of what was said", async () => {
		placed = 0;
		const { answer } = await drip(urlOf("gateway"), slowLogin, inPieces(login, 15), 100);
		expect(answer).toMatch(REFUSED);
		expect(placed).toBe(0);
	});

	it("gets no time for a file that may not be sent", async () => {
		const nobody = upload.filter(line => !line.startsWith("Authorization"));
		const { answer } = await drip(urlOf("gateway"), nobody, inPieces(body, 1000), 100);
		expect(answer).toMatch(/^HTTP\/1\.1 401 /);
	});
});

describe("a file", () => {
	const stalling = paced({ span: 400, least: 10 });
	const endless = paced({ span: 300, least: 1, most: 900 });

	it("that doesn't get on loses the line", async () => {
		const { answer } = await drip(stalling.urlOf("gateway"), upload, [body.subarray(0, 500)], 10);
		expect(answer).toMatch(REFUSED);
	});

	it("that gets on for ever loses it too", async () => {
		const { answer } = await drip(endless.urlOf("gateway"), upload, inPieces(body, 500), 25);
		expect(answer).toMatch(REFUSED);
	});
});
