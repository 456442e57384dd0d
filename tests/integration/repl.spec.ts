import AuthService from "../../services/auth/auth.service";
import CartService from "../../services/cart/cart.service";
import CatalogService from "../../services/catalog/catalog.service";
import InventoryService from "../../services/inventory/inventory.service";
import NotificationService from "../../services/notification/notification.service";
import OpsService from "../../services/ops/ops.service";
import OrderService from "../../services/order/order.service";
import PaymentService from "../../services/payment/payment.service";
import { replOptions, shop as command } from "../../services/repl";
import SalesService from "../../services/sales/sales.service";
import { cluster } from "../helpers/cluster";
import { identity, shop } from "../helpers/shop";

const { broker } = cluster([
	AuthService,
	CartService,
	CatalogService,
	InventoryService,
	NotificationService,
	OpsService,
	OrderService,
	PaymentService,
	SalesService
]);
const { product, place, pay } = shop(broker);
const buyer = identity("buyer");

async function said(words: string): Promise<{ code: number; text: string }> {
	const lines: string[] = [];
	const ask = (action: string, params?: object) => broker.call(action as never, params as never);
	const code = await command(words.split(" ").filter(Boolean), ask, line => lines.push(line));
	return { code, text: lines.join("\n") };
}

test("shop stock tells what is there, for whom it is held, and how it came to it", async () => {
	const { sku } = await product(7);
	const { id } = await place(buyer, [{ sku, quantity: 2 }]);
	const { code, text } = await said(`stock ${sku}`);
	expect(code).toBe(0);
	expect(text).toContain("5 available, 2 held, 0 sold");
	expect(text).toContain(`held: 2 for ${id}`);
	expect(text).toMatch(new RegExp(`v2 +reserve +2 +${id}`));
});

test("shop order tells its saga, hold, payment, outbox and timeline, by id and by number", async () => {
	const { sku } = await product(3, { price: 1250 });
	const { id, number } = await place(buyer, [{ sku, quantity: 1 }]);
	expect((await said(`order ${id}`)).text).toMatch(new RegExp(`hold +1 × ${sku} +12.50 +1 held`));
	await pay(buyer, id);
	for (const name of [id, number, number.toLowerCase()]) {
		const { code, text } = await said(`order ${name}`);
		expect(code).toBe(0);
		expect(text).toContain(`${number}  ${id}  COMPLETED`);
		expect(text).toContain("NEW → RESERVED → PAYING → CONFIRMED → COMPLETED");
		expect(text).toContain("attempt 1, 12.50 captured in 1, 0.00 refunded");
		expect(text).toMatch(/SOLD \d{4}-/);
		expect(text).toMatch(/outbox +(empty|\d)/);
		expect(text).toMatch(/Z +paid/);
		// an operator needs neither the address nor the card to see what is wrong
		expect(text).not.toMatch(/Harbour|tok_ok/);
	}
});

test("shop verify says whether all holds, by its exit code too", async () => {
	expect(await said("verify")).toMatchObject({ code: 0 });
	const { sku } = await product(3);
	const { stock } = broker.getLocalService("inventory") as unknown as {
		stock: { change(query: object, update: object): Promise<unknown> };
	};
	await stock.change({ id: sku }, { $inc: { available: 1 } });
	const { code, text } = await said("verify --settled");
	expect(code).toBe(1);
	expect(text).toMatch(new RegExp(`I2 .*${sku}`));
	await stock.change({ id: sku }, { $inc: { available: -1 } });
});

test("shop nodes lists who is there with what", async () => {
	expect((await said("nodes")).text).toMatch(/node-0 +up .*inventory/);
});

test.each(["order CM-00000000", "order o-nothing", "stock no-such-sku"])(
	"shop %s: says that there is none",
	async words => {
		const { code, text } = await said(words);
		expect(code).toBe(1);
		expect(text).toContain("There is no");
	}
);

test("what it doesn't know is answered with what it knows", async () => {
	expect(await said("explode")).toMatchObject({ code: 2 });
	expect((await said("")).text).toContain("shop verify [--settled]");
	expect(await said("stock NOT-A-SKU")).toMatchObject({ code: 1 });
});

test("Moleculer's REPL has the same commands", async () => {
	const [own] = replOptions.customCommands;
	const log = jest.spyOn(console, "log").mockImplementation(() => {});
	await own!.action(broker as never, { what: "verify", options: { settled: true } });
	expect(log.mock.calls.flat().join("\n")).toContain("Every invariant holds.");
	log.mockRestore();
});
