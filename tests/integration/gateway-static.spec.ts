import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import GatewayService from "../../services/gateway/gateway.service";
import type { Ctx, Schema } from "../../services/typed";
import { cluster } from "../helpers/cluster";
import { ask, type Asked } from "../helpers/http";
import { standIn } from "../helpers/stand-ins";

const web = mkdtempSync(join(tmpdir(), "commercify-web-"));
const media = join(process.env.DATA_DIR!, "media");
mkdirSync(join(web, "assets"));
mkdirSync(join(media, "seed"), { recursive: true });
const write = (folder: string, files: Record<string, string>) =>
	Object.entries(files).forEach(([name, text]) => writeFileSync(join(folder, name), text));
write(web, {
	"index.html": "<!doctype html><head><title>Shop</title></head><body>shop</body>",
	"seller.html": "<!doctype html><head><!--relay--></head><body>seller</body>",
	"favicon.svg": "<svg/>",
	".secret": "secret",
	"assets/app-1a2b.js": "plain",
	"assets/app-1a2b.js.br": "packed br",
	"assets/app-1a2b.js.gz": "packed gz"
});
write(media, {
	"seed/mug.svg": "<svg><script>alert(1)</script></svg>",
	"abc123.webp": "picture",
	"x.html": "page",
	"../secret.key": "key"
});

const Served: Schema<"gateway"> = {
	...(GatewayService as object),
	name: "gateway",
	actions: { openapi: GatewayService.actions.openapi as never },
	settings: { ...GatewayService.settings, web }
};
const UPLOADED = `${"0f".repeat(16)}.webp`;
/** A picture that some replica of the catalogue was given. */
const keeper = standIn("catalog", {
	picture: (ctx: Ctx<{ name: string }>) =>
		ctx.params.name === UPLOADED ? { data: Buffer.from("theirs").toString("base64") } : null
});
const served = cluster([Served, keeper]);
const unbuilt = cluster([
	{
		...Served,
		settings: { ...GatewayService.settings, web: join(web, "none") }
	} as Schema<"gateway">
]);
const http = (path: string, headers: Asked["headers"] = {}) =>
	ask(served.urlOf("gateway"), `GET ${path}`, { headers });
const page = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

it.each(["/", "/products/a-mug", "/orders?x=1", "/sellers"])(
	"answers %s with the shop",
	async path => {
		const { status, headers, text } = await http(path, page);
		expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
		expect(headers["cache-control"]).toBe("no-cache");
		expect(text).toMatch(/<meta name="relay" content="0"><\/head><body>shop/);
		expect((await http(path, { ...page, "If-None-Match": headers.etag as string })).status).toBe(
			304
		);
	}
);

it.each(["/seller", "/seller/", "/seller/products/x"])(
	"answers %s with the seller's app",
	async path => {
		expect((await http(path, page)).text).toMatch(
			/<meta name="relay" content="0"><\/head><body>seller/
		);
	}
);

it("lets browsers keep hashed files for good, packed as they like", async () => {
	for (const [accepted, encoding, text] of [
		["gzip, deflate, br", "br", "packed br"],
		["gzip", "gzip", "packed gz"],
		["", undefined, "plain"]
	] as const) {
		const reply = await http("/assets/app-1a2b.js", { "Accept-Encoding": accepted });
		expect(reply).toMatchObject({ status: 200, text });
		expect(reply.headers).toMatchObject({
			"content-type": "text/javascript; charset=utf-8",
			"cache-control": "public, max-age=31536000, immutable"
		});
		expect(reply.headers["content-encoding"]).toBe(encoding);
		expect(reply.headers.vary).toMatch(/Accept-Encoding/);
	}
	expect((await http("/favicon.svg")).headers["content-type"]).toBe("image/svg+xml");
});

it("never answers a missing file with a page", async () => {
	for (const path of ["/assets/none.js", "/assets/none", "/none.js", "/media/none.webp", "/media/"])
		expect(await http(path, page)).toMatchObject({ status: 404, body: { code: "NOT_FOUND" } });
	expect(await http("/somewhere", { Accept: "application/json" })).toMatchObject({ status: 404 });
});

it("serves pictures that run nothing", async () => {
	const reply = await http("/media/seed/mug.svg");
	expect(reply).toMatchObject({ status: 200, headers: { "content-type": "image/svg+xml" } });
	expect(reply.headers["content-security-policy"]).toMatch(/default-src 'none'.*sandbox/);
	expect(reply.headers["cache-control"]).toMatch(/immutable/);
	expect(await http("/media/abc123.webp")).toMatchObject({ status: 200, text: "picture" });
});

it("serves a picture that was uploaded elsewhere", async () => {
	const reply = await http(`/media/${UPLOADED}`);
	expect(reply).toMatchObject({ status: 200, text: "theirs" });
	expect(reply.headers).toMatchObject({
		"content-type": "image/webp",
		"cache-control": expect.stringContaining("immutable")
	});
	const again = { "If-None-Match": reply.headers.etag as string };
	expect((await http(`/media/${UPLOADED}`, again)).status).toBe(304);
	expect((await http(`/media/${"1".repeat(32)}.webp`)).status).toBe(404);
});

it.each([
	"/../package.json",
	"/assets/../../package.json",
	"/assets/..%2f..%2fpackage.json",
	"/assets/%2e%2e/%2e%2e/package.json",
	"/media/../secret.key",
	"/media/..%2fsecret.key",
	"/media/seed/../../secret.key",
	"/media/seed/..\\..\\secret.key",
	"/media//secret.key",
	"/media/x.html",
	"/media/abc123.webp%00.svg",
	"/.secret",
	"/assets/.secret",
	"//etc/passwd",
	"/assets//etc/passwd",
	"/index.html/../.secret"
])("gives nothing away at %s", async path => {
	const { status, text } = await http(path, page);
	expect(text).not.toMatch(/secret|"name": "commercify"|root:|^key$|^page$/);
	expect([200, 400, 404]).toContain(status);
});

it("says what to do when nothing is built", async () => {
	const reply = await ask(unbuilt.urlOf("gateway"), "GET /", { headers: page });
	expect([reply.status, reply.text]).toEqual([503, expect.stringContaining("npm run build")]);
});
