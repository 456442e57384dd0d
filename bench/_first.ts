import { join } from "node:path";
import { ServiceBroker } from "moleculer";
import config from "../moleculer.config";
import { newId } from "../services/id";
import { CORE } from "../services/node";
import type { Broker } from "../services/typed";
import { buyer, skuOf } from "../tests/helpers/big-shop";
import { ADDRESS, as } from "../tests/helpers/shop";
async function main() {
	const broker = new ServiceBroker({ ...config, logger: { type: "Console", options: { level: "error" } }, metrics: { enabled: false }, skipProcessEventRegistration: true });
	for (const name of CORE) broker.loadService(join(__dirname, "..", "services", name, `${name}.service`));
	const t0 = performance.now();
	await broker.start();
	console.log("started", Math.round(performance.now() - t0));
	let last = performance.now();
	const began = last;
	setInterval(() => {
		const now = performance.now();
		if (now - last > 60) console.log(`loop blocked ${Math.round(now - last)} ms at ${Math.round(last - began)}`);
		last = now;
	}, 10);
	const wire = broker as unknown as Broker;
	await new Promise(r => setTimeout(r, Number(process.argv[2] ?? 3000)));
	for (let i = 0; i < 4; i++) {
		const s = performance.now();
		console.log("at", Math.round(s - began));
		const { id } = await wire.call("order.place", { idempotencyKey: newId(), items: [{ sku: skuOf(1 + 10 * i), quantity: 1 }], shippingAddress: ADDRESS }, as(buyer));
		const m = performance.now();
		await wire.call("order.pay", { id, paymentToken: "tok_ok" }, as(buyer));
		console.log("place", Math.round(m - s), "pay", Math.round(performance.now() - m));
		await new Promise(r => setTimeout(r, 1500));
	}
	process.exit(0);
}
void main();
