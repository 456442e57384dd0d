// Product list and detail through the gateway, against a bare node:http server that sends the same headers and bytes.
// `tsx bench/http.mts [seconds a run] [rounds]`
import autocannon from "autocannon";
import { child, median } from "./child.mts";

const [SECONDS = 4, ROUNDS = 3] = process.argv.slice(2).map(Number);
const CONNECTIONS = 32;

const shop = await child("shop.ts", ["auth,catalog,inventory,gateway"]);
const api = `http://127.0.0.1:${(JSON.parse(shop.said) as { port: number }).port}`;

interface Made {
	accessToken: string;
	slug: string;
}
async function post(path: string, body: object, token?: string): Promise<Made> {
	const res = await fetch(api + path, {
		method: "POST",
		headers: {
			"Content-Type": "application/json",
			...(token && { Authorization: `Bearer ${token}` })
		},
		body: JSON.stringify(body)
	});
	if (!res.ok) throw new Error(`${path}: ${res.status} ${await res.text()}`);
	return (await res.json()) as Made;
}

/** 24 products with three variants and two pictures each: a full page of a list. */
async function fill(): Promise<string> {
	const { accessToken } = await post("/api/auth/register", {
		email: "bench@example.com",
		password: "a long password",
		name: "Bench",
		role: "seller",
		shopName: "The Bench"
	});
	let slug = "";
	for (let i = 0; i < 24; i++) {
		const colours = ["Moss", "Ash", "Clay"];
		({ slug } = await post(
			"/api/catalog/products",
			{
				title: `Stoneware mug number ${i}`,
				description: "A mug that was thrown by hand and fired twice. ".repeat(12),
				category: "kitchen/mugs",
				tags: ["stoneware", "handmade"],
				images: ["a", "b"].map(name => ({ url: `/media/seed/mug-${name}.svg`, alt: "A mug" })),
				options: [{ name: "Colour", values: colours }],
				variants: colours.map(Colour => ({ options: { Colour }, price: 1900 + i, stock: 10 }))
			},
			accessToken
		));
	}
	return slug;
}

async function perSecond(url: string): Promise<number> {
	const result = await autocannon({ url, connections: CONNECTIONS, duration: SECONDS });
	if (result.non2xx || result.errors) throw new Error(`${url}: ${result.non2xx} not 2xx`);
	return result.requests.average;
}

const slug = await fill();
const paths = { list: "/api/catalog/products?page=1", detail: `/api/catalog/products/${slug}` };
// the products' own announcements are over
await new Promise(resolve => setTimeout(resolve, 1000));
const given = await Promise.all(
	Object.values(paths).map(async path => {
		const res = await fetch(api + path);
		const own = new Set(["date", "connection", "keep-alive"]);
		const headers = [...res.headers].filter(([name]) => !own.has(name)).flat();
		return { path, headers, body: await res.text() };
	})
);
const bare = await child("bare.mts", [], JSON.stringify(given));
const base = `http://127.0.0.1:${bare.said}`;

for (const [name, path] of Object.entries(paths)) {
	const ours: number[] = [];
	const theirs: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		ours.push(await perSecond(api + path));
		theirs.push(await perSecond(base + path));
	}
	const [mine, plain] = [median(ours), median(theirs)];
	const bytes = given.find(answer => answer.path === path)!.body.length;
	console.log(
		`${name} (${bytes} bytes): gateway ${mine.toFixed(0)}/s, bare node:http ${plain.toFixed(0)}/s, ` +
			`ratio ${(mine / plain).toFixed(2)} (aim 0.60)`
	);
}
await Promise.all([shop.stop(), bare.stop()]);
