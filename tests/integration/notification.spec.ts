import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceSchema } from "moleculer";
import { newId } from "../../services/id";
import { MailFolder } from "../../services/notification/mail";
import NotificationService from "../../services/notification/notification.service";
import { dataDir } from "../../services/settings";
import type { Payload } from "../../services/shared/contract";
import type { Crossing } from "../../services/shared/inventory.contract";
import type { OrderChanged } from "../../services/shared/order.contract";
import { cluster } from "../helpers/cluster";

const pushed: Payload<"notification.created">[] = [];
const Listener: ServiceSchema = {
	name: "listener",
	events: {
		"notification.created": (ctx: { params: Payload<"notification.created"> }) =>
			void pushed.push(ctx.params)
	}
};
const { broker } = cluster([NotificationService, Listener]);

const asUser = (id: string) => ({ meta: { user: { id, role: "buyer" as const, sid: "s" } } });
const list = (id: string, params: object = {}) =>
	broker.call("notification.list", params, asUser(id));
const item = (sellerId: string, title: string, quantity: number, unitPrice: number) => ({
	sku: "mug-1",
	productId: newId(),
	title,
	options: {},
	image: null,
	sellerId,
	unitPrice,
	quantity,
	lineTotal: unitPrice * quantity
});
/** An order of a buyer from two sellers, who are all new. */
const newOrder = (changes: Partial<OrderChanged> = {}): OrderChanged => {
	const [first, second] = [newId(), newId()];
	return {
		id: newId(),
		number: "CM-1A2B",
		seq: 1,
		type: "paid",
		status: "paid",
		version: 3,
		at: new Date().toISOString(),
		buyerId: newId(),
		total: 7400,
		currency: "EUR",
		items: [item(first, "Stoneware mug", 3, 1800), item(second, "Linen towel", 1, 2000)],
		parcels: [first, second].map(sellerId => ({
			id: "p",
			sellerId,
			shopName: sellerId === first ? "Clay & Co" : "Flax",
			lines: [],
			status: "unfulfilled" as const
		})),
		...changes
	};
};
const newCrossing = (changes: Partial<Crossing> = {}): Crossing => ({
	sku: `mug-${newId()}`,
	productId: newId(),
	sellerId: newId(),
	title: "Stoneware mug",
	available: 2,
	threshold: 5,
	version: 4,
	...changes
});

describe("what people are told", () => {
	it("tells the buyer of the order, and each seller of the own part only", async () => {
		const order = newOrder();
		await broker.call("notification.record", order);
		const [first, second] = order.parcels.map(({ sellerId }) => sellerId) as [string, string];
		expect((await list(order.buyerId)).items).toMatchObject([
			{
				kind: "order.paid",
				title: "Order CM-1A2B confirmed",
				body: "3 × Stoneware mug and 1 more. You paid €74.00.",
				link: `/orders/${order.id}`,
				at: order.at,
				read: false
			}
		]);
		expect((await list(first)).items).toMatchObject([
			{
				kind: "sale",
				title: "3 × Stoneware mug sold",
				body: "Order CM-1A2B, €54.00. Ready to ship.",
				link: `/seller/orders/${order.id}`
			}
		]);
		const [sale] = (await list(second)).items;
		expect(sale).toMatchObject({ kind: "sale", title: "Linen towel sold" });
		expect(JSON.stringify(sale)).not.toMatch(/mug|74\.00/);
	});

	it.each([
		["shipped", "Order CM-1A2B shipped", "Clay & Co sent your parcel."],
		["delivered", "Order CM-1A2B delivered", "Your parcel from Clay & Co has arrived."],
		["expired", "Order CM-1A2B expired", "It was not paid in time. Nothing was charged."],
		["cancelled", "Order CM-1A2B cancelled", /^Nothing was charged/],
		["refunded", "Order CM-1A2B refunded", "€74.00 is on its way back to you."]
	] as const)("tells the buyer when an order is %s", async (type, title, body) => {
		const order = newOrder({ type });
		await broker.call("notification.record", { ...order, sellerId: order.parcels[0]!.sellerId });
		const [told] = (await list(order.buyerId)).items;
		expect(told).toMatchObject({ kind: `order.${type}`, title });
		expect(told!.body).toMatch(body);
		const seller = await list(order.parcels[0]!.sellerId);
		expect(seller.items.map(({ kind }) => kind)).toEqual(
			type === "refunded" ? ["sale.refunded"] : []
		);
	});

	it.each(["placed", "reserved", "paying", "declined", "rejected", "attention"] as const)(
		"tells nobody that an order is %s",
		async type => {
			const order = newOrder({ type });
			await broker.call("notification.record", order);
			expect((await list(order.buyerId)).total).toBe(0);
		}
	);

	it("tells a seller of low and empty shelves", async () => {
		const crossing = newCrossing();
		await broker.call("notification.alert", { ...crossing, kind: "low" });
		await broker.call("notification.alert", {
			...{ ...crossing, available: 0, version: 5 },
			kind: "out"
		});
		const { items } = await list(crossing.sellerId);
		expect(items.map(({ title }) => title).sort()).toEqual([
			"Stoneware mug is sold out",
			"Stoneware mug runs low"
		]);
	});

	it("tells everything once, however often an event comes, and pushes it once", async () => {
		const order = newOrder();
		const crossing = newCrossing();
		await Promise.all(Array.from({ length: 5 }, () => broker.call("notification.record", order)));
		await Promise.all(
			Array.from({ length: 5 }, () =>
				broker.call("notification.alert", { ...crossing, kind: "low" })
			)
		);
		for (const id of [order.buyerId, crossing.sellerId]) {
			expect((await list(id)).total).toBe(1);
			expect(pushed.filter(({ userId }) => userId === id)).toHaveLength(1);
		}
		await broker.call("notification.record", { ...order, seq: 2, type: "refunded" });
		expect((await list(order.buyerId)).total).toBe(2);
	});
});

describe("what was read", () => {
	const tellMany = async (buyerId: string, count: number) => {
		for (let i = 0; i < count; i++) {
			const at = new Date(Date.UTC(2026, 0, 1, 0, 0, i)).toISOString();
			await broker.call("notification.record", newOrder({ buyerId, at, number: `CM-${i}` }));
		}
	};

	it("is marked one by one or all at once, and only one's own", async () => {
		const buyerId = newId();
		await tellMany(buyerId, 4);
		const { items, unread } = await list(buyerId, { pageSize: 2 });
		expect(items.map(({ title }) => title)).toEqual([
			"Order CM-3 confirmed",
			"Order CM-2 confirmed"
		]);
		expect(unread).toBe(4);
		const ids = items.map(({ id }) => id);
		await broker.call("notification.read", { ids }, asUser(newId()));
		expect((await list(buyerId)).unread).toBe(4);
		await broker.call("notification.read", { ids }, asUser(buyerId));
		expect((await list(buyerId)).items.map(({ read }) => read)).toEqual([true, true, false, false]);
		expect(await list(buyerId, { unread: true })).toMatchObject({ total: 2, unread: 2 });
		expect(await list(buyerId, { unread: false })).toMatchObject({ total: 2, unread: 2 });
		await broker.call("notification.read", {}, asUser(buyerId));
		expect(await list(buyerId)).toMatchObject({ total: 4, unread: 0 });
	});

	it("is forgotten beyond the newest five hundred", async () => {
		const buyerId = newId();
		await tellMany(buyerId, 503);
		const { items, total } = await list(buyerId, { page: 5, pageSize: 100 });
		expect(total).toBe(500);
		expect(items.at(-1)!.title).toBe("Order CM-3 confirmed");
	});
});

describe("mails", () => {
	const folder = join(dataDir, "mail");
	const mail = {
		kind: "verify" as const,
		to: "bea@example.com",
		name: "Bea",
		token: "t".repeat(43)
	};

	it("become files with a link, one each however often they are asked for", async () => {
		const id = newId();
		await broker.emit("mail.requested", { ...mail, id });
		await broker.emit("mail.requested", { ...mail, id });
		expect(readdirSync(folder).filter(name => name.includes(id))).toEqual([`${id}.eml`]);
		const text = readFileSync(join(folder, `${id}.eml`), "utf8");
		expect(text).toContain("<bea@example.com>\r\n");
		expect(text).toMatch(new RegExp(`http\\S+/verify\\?token=${mail.token}\r\n`));
	});

	it("can't be given a header or a path by what is in them", async () => {
		const name = "Bea\r\nBcc: all@example.com\r\n\r\nHello";
		await broker.emit("mail.requested", { ...mail, id: "../../evil", kind: "reset", name });
		await broker.emit("mail.requested", { ...mail, id: newId(), to: "a@b.c\r\nBcc: x@y.z" });
		for (const file of readdirSync(folder)) {
			const [head] = readFileSync(join(folder, file), "utf8").split("\r\n\r\n");
			expect(file).toMatch(/^[a-z0-9]+\.eml$/);
			expect(head).not.toMatch(/^Bcc/m);
			expect(head!.split("\r\n")).toHaveLength(8);
		}
	});

	it("are kept up to a number, the newest", async () => {
		const few = new MailFolder(join(dataDir, "few"), 2);
		for (let i = 0; i < 4; i++) {
			await few.write(`mail000${i}`, "text");
			await new Promise(resolve => setTimeout(resolve, 5));
		}
		await few.prune();
		expect(readdirSync(join(dataDir, "few")).sort()).toEqual(["mail0002.eml", "mail0003.eml"]);
	});
});
