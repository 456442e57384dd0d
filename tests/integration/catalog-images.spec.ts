import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import AuthService from "../../services/auth/auth.service";
import CatalogService from "../../services/catalog/catalog.service";
import InventoryService from "../../services/inventory/inventory.service";
import { dataDir } from "../../services/settings";
import { inWidth, WIDTHS } from "../../services/shared/picture";
import { caller, newProduct } from "../helpers/callers";
import { cluster } from "../helpers/cluster";
import { identity } from "../helpers/shop";

const { broker } = cluster([AuthService, InventoryService, CatalogService]);
const ada = caller(broker, identity("seller"));
const guest = caller(broker, null);
const media = join(dataDir, "media");

type Format = "png" | "jpeg" | "webp" | "avif" | "gif";
const picture = async (format: Format, width = 40, height = 30, background = "#c84") => {
	const image = sharp({ create: { width, height, channels: 3, background } });
	const marked = image.withExif({ IFD0: { Copyright: "where I live" } });
	return (await marked.toFormat(format).toBuffer()).toString("base64");
};
const add = async () => (await ada("catalog.create", newProduct())).id;

it.each(["png", "jpeg", "webp", "avif"] as const)("takes a %s, and draws it anew", async format => {
	const id = await add();
	const image = await ada("catalog.addImage", {
		id,
		file: await picture(format, 2000, 1000),
		alt: "A mug"
	});
	expect(image).toMatchObject({ alt: "A mug", width: 1600, height: 800 });
	expect(image.url).toMatch(/^\/media\/[0-9a-f]{32}\.webp$/);
	const stored = await broker.call("catalog.picture", { name: image.url.replace("/media/", "") });
	const kept = await sharp(Buffer.from(stored!.data, "base64")).metadata();
	expect(kept).toMatchObject({ format: "webp", width: 1600 });
	expect(kept.exif).toBeUndefined();
	const product = await guest("catalog.product", { idOrSlug: id });
	expect(product).toMatchObject({ version: 2, images: [image] });
	const { items } = await guest("catalog.search", { seller: product.seller.id });
	expect(items.find(card => card.id === id)!.images).toEqual([image]);
});

it("keeps smaller ones for smaller places, and answers with what there is", async () => {
	const widths = async (width: number) => {
		const file = await picture("png", width, width / 2, "#4c8");
		const { url } = await ada("catalog.addImage", { id: await add(), file, alt: "" });
		const asked = [url, ...WIDTHS.map(narrow => inWidth(url, narrow))].map(async path => {
			const kept = await broker.call("catalog.picture", { name: path.replace("/media/", "") });
			return (await sharp(Buffer.from(kept!.data, "base64")).metadata()).width;
		});
		return Promise.all(asked);
	};
	expect(await widths(2000)).toEqual([1600, 320, 800]);
	expect(await widths(600)).toEqual([600, 320, 600]);
	expect(await widths(100)).toEqual([100, 100, 100]);
});

const svg = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
const begun = (bytes: string) => Buffer.concat([Buffer.from(bytes, "latin1"), Buffer.alloc(99)]);
it.each<[string, () => Promise<string> | string]>([
	["a drawing that could run a script", () => svg.toString("base64")],
	["a GIF", () => picture("gif")],
	["nothing", () => ""],
	["what isn't base64", () => "%%%"],
	["what only begins like a PNG", () => begun("\x89PNG\r\n\x1a\n").toString("base64")],
	["what only begins like a JPEG", () => begun("\xff\xd8\xff").toString("base64")],
	["what only begins like an AVIF", () => begun("\0\0\0\x1cftypavif").toString("base64")],
	["a cut-off picture", async () => (await picture("png", 400, 400)).slice(0, 200)]
])("refuses %s", async (_what, file) => {
	const id = await add();
	const before = existsSync(media) ? await readdir(media) : [];
	await expect(ada("catalog.addImage", { id, file: await file() })).rejects.toMatchObject({
		type: "UNSUPPORTED_MEDIA_TYPE",
		code: 415
	});
	expect(existsSync(media) ? await readdir(media) : []).toEqual(before);
});

it("refuses a picture that would fill the memory", async () => {
	const id = await add();
	const file = await picture("png", 8000, 6000);
	await expect(ada("catalog.addImage", { id, file })).rejects.toMatchObject({
		type: "PAYLOAD_TOO_LARGE"
	});
});

it("keeps all pictures of many sent at once, twelve at most, beside other changes", async () => {
	const id = await add();
	const files = await Promise.all(
		Array.from({ length: 13 }, (_, i) => picture("png", 8, 8, `rgb(${i * 9}, 0, 0)`))
	);
	const send = (file: string) => ada("catalog.addImage", { id, file });
	await Promise.all(files.slice(0, 11).map(send));
	expect((await guest("catalog.product", { idOrSlug: id })).images).toHaveLength(11);
	await send(files[11]!);
	await expect(send(files[12]!)).rejects.toMatchObject({ type: "INVALID_STATE" });
	const { images } = await guest("catalog.product", { idOrSlug: id });
	await ada("catalog.removeImage", { id, imageId: images[0]!.id });
	await expect(ada("catalog.removeImage", { id, imageId: images[0]!.id })).rejects.toMatchObject({
		type: "NOT_FOUND"
	});
	const left = await guest("catalog.product", { idOrSlug: id });
	expect(left.images).toEqual(images.slice(1));
	const written = existsSync(media) ? await readdir(media) : [];
	expect(written.filter(name => !name.endsWith(".webp"))).toEqual([]);
});
