import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ServiceBroker } from "moleculer";
import { codeOf } from "../services/errors";
import { idOf } from "../services/id";
import { dataDir, mongoUri } from "../services/settings";
import type { Identity } from "../services/shared/access";
import type { Broker } from "../services/typed";
import { picture } from "./pictures";
import { ADMIN, BUYERS, DEMO_PASSWORD, PRODUCTS, SELLERS, type SeedProduct } from "./store";

/** Here while the demo is being made, and in which store: the folder may outlive it, or serve several. */
const MARK = join(dataDir, "demo.json");
const BEGUN = idOf("store", (mongoUri ?? "files").replace(/\/\/[^@/]*@/, "//"));
const MEDIA = join(dataDir, "media", "seed");
const SIDE = 1200;

type Say = (message: string) => void;

/** Fills an empty store with the demo: made by the same calls as any shop's data, and taken up again if interrupted. */
export async function seedDemo(node: ServiceBroker, say: Say): Promise<void> {
	const broker = node as unknown as Broker;
	const mark = existsSync(MARK) ? await readFile(MARK, "utf8") : "";
	const isEmpty = !(await broker.call("inventory.all", { limit: 1 })).length;
	if (!isEmpty && mark !== BEGUN) return;

	say("making the demo store …");
	await mkdir(MEDIA, { recursive: true });
	await writeFile(MARK, BEGUN);
	await Promise.all(
		PRODUCTS.flatMap(({ images }) => images).map(({ file }) =>
			writeFile(join(MEDIA, file), picture(file))
		)
	);
	const people = [
		...SELLERS.map(seller => ({ ...seller, role: "seller" as const })),
		...BUYERS.map(buyer => ({ ...buyer, role: "buyer" as const, shopName: undefined })),
		{ ...ADMIN, role: "admin" as const, shopName: undefined }
	];
	const ids = new Map(
		await Promise.all(
			people.map(async ({ email, name, role, shopName }) => {
				const id = await openAccount(broker, email, name, role, shopName);
				return [email, { id, role, sid: "seed" }] as const;
			})
		)
	);
	const sellers = new Map(SELLERS.map(({ key, email }) => [key, ids.get(email)!]));
	for (const product of PRODUCTS) await addProduct(broker, product, sellers.get(product.seller)!);
	for (const [i, { email, address }] of BUYERS.entries())
		await shopAround(broker, ids.get(email)!, address, i);
	await rm(MARK);
	say(`${PRODUCTS.length} products from ${SELLERS.length} sellers`);
}

async function openAccount(
	broker: Broker,
	email: string,
	name: string,
	role: Identity["role"],
	shopName: string | undefined
): Promise<string> {
	try {
		const { id } = await broker.call("auth.open", {
			email,
			name,
			role,
			password: DEMO_PASSWORD,
			emailVerified: true,
			...(shopName && { shopName })
		});
		return id;
	} catch (err) {
		if (codeOf(err) !== "EMAIL_TAKEN") throw err;
		return (await broker.call("auth.grantRole", { email, role })).id;
	}
}

async function addProduct(broker: Broker, product: SeedProduct, user: Identity): Promise<void> {
	const { title, description, category, tags, options, variants, images, reviews } = product;
	try {
		const { id } = await broker.call(
			"catalog.create",
			{
				title,
				description,
				category,
				tags,
				options,
				variants,
				images: images.map(({ file, alt }) => ({
					url: `/media/seed/${file}`,
					alt,
					width: SIDE,
					height: SIDE
				}))
			},
			{ meta: { user } }
		);
		await broker.call("catalog.importReviews", { id, reviews });
	} catch (err) {
		if (codeOf(err) !== "SKU_TAKEN") throw err;
	}
}

/** A few orders of today, so that a seller's first look isn't at zeros. */
async function shopAround(
	broker: Broker,
	user: Identity,
	address: (typeof BUYERS)[number]["address"],
	turn: number
): Promise<void> {
	const inStock = PRODUCTS.flatMap(({ variants }) => variants).filter(({ stock }) => stock > 8);
	for (let i = 0; i < 4; i++) {
		const items = [0, 1].map(n => ({
			sku: inStock[(turn * 31 + i * 17 + n * 7) % inStock.length]!.sku,
			quantity: 1 + ((turn + i + n) % 2)
		}));
		const { id } = await broker.call(
			"order.place",
			{ idempotencyKey: idOf("seed", turn, i), items, shippingAddress: address },
			{ meta: { user } }
		);
		await broker.call("order.pay", { id, paymentToken: "tok_ok" }, { meta: { user } });
	}
}

/** Who may sign in to the demo, as a text for the terminal. */
export const accounts = () => `
  Demo accounts, password ${DEMO_PASSWORD}
    buyer   ${BUYERS.map(({ email }) => email).join(", ")}
    seller  ${SELLERS.map(({ email }) => email).join(", ")}
    admin   ${ADMIN.email}
`;
