import type { Evidence, SeenOrder, Violation } from "./evidence";

const isPaid = ({ state }: SeenOrder) => state === "CONFIRMED" || state === "COMPLETED";
const whole = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;

/** I1 to I7 and I13, as the shop's own check found them when all was at rest. */
export function checkVerdict({ findings, orders, stock }: Evidence): Violation[] {
	return findings.map(({ invariant, what, refs }) => ({
		invariant,
		what: `${what} (${refs.join(", ")})`,
		about: [
			...orders.filter(({ id }) => refs.includes(id)),
			...stock.filter(seen => refs.includes(seen.stock.sku))
		]
	}));
}

/** I2, I3 and I4 once more, from the documents themselves: the shop's check is code, too. */
export function checkStock({ stock, orders }: Evidence): Violation[] {
	return stock.flatMap(seen => {
		const { initial, restocked, returned, removed, held } = seen;
		const { sku, available, held: heldQty, sold } = seen.stock;
		const found: Violation[] = [];
		const must = (holds: boolean, invariant: string, what: string) =>
			holds || found.push({ invariant, what: `${sku}: ${what}`, about: seen });
		const expected = initial + restocked + returned - removed - sold - heldQty;
		must(expected === available, "I2", `${available} available, the counters say ${expected}`);
		const holds = held.reduce((sum, { quantity }) => sum + quantity, 0);
		must(holds === heldQty, "I3", `${heldQty} held, the holds say ${holds}`);
		const paid = orders
			.filter(isPaid)
			.flatMap(({ lines }) => lines.filter(line => line.sku === sku))
			.reduce((sum, { quantity }) => sum + quantity, 0);
		must(sold - returned === paid, "I4", `${sold - returned} sold, ${paid} in paid orders`);
		const places = new Set(seen.movements.map(({ version }) => version));
		must(places.size === seen.movements.length, "ledger", "two movements of one version");
		return found;
	});
}

/** I8: what the provider took is what the orders say. */
export function checkCharges({ orders, charges }: Evidence): Violation[] {
	const byId = new Map(charges.map(charge => [charge.orderId, charge]));
	return orders.flatMap(order => {
		const { captured = 0, refunded = 0, captures = 0 } = byId.get(order.id) ?? {};
		const due = isPaid(order) ? order.total : 0;
		if (captured - refunded === due && captures <= 1) return [];
		const what = `Order ${order.id} (${order.state}): ${captured} taken ${captures} times, ${refunded} given back`;
		return [{ invariant: "I8", what, about: { order, charges: byId.get(order.id) } }];
	});
}

/** I14: neither more nor fewer than there were. */
export function checkSupply({ stock, limited, orders }: Evidence): Violation[] {
	if (!limited) return [];
	const { sku, units } = limited;
	const seen = stock.find(one => one.stock.sku === sku);
	const buyers = orders.filter(order => isPaid(order) && order.lines.some(l => l.sku === sku));
	const net = (seen?.stock.sold ?? 0) - (seen?.returned ?? 0);
	if (net === units && buyers.length === units) return [];
	const what = `${net} of ${units} sold, to ${buyers.length} orders`;
	return [{ invariant: "I14", what, about: seen }];
}

/** I1 and I11 at the sockets: versions name one content each, snapshots never fall behind, the end is the store's. */
export function checkSeen({ seen, shown, orders, stock }: Evidence): Violation[] {
	const found: Violation[] = [];
	const contents = new Map<string, { text: string; first: unknown }>();
	for (const one of seen) {
		const { watcher, of, by, version, floor, content } = one;
		const { available = 0, held = 0, status } = content as Record<string, unknown>;
		if (!whole(available) || !whole(held))
			found.push({
				invariant: "I1",
				what: `${of} was shown with ${String(available)}`,
				about: one
			});
		// parcels are each seller's and buyer's own: of an order its status counts
		const text = of.startsWith("order:") ? String(status) : `${String(available)} ${String(held)}`;
		const name = `${of} ${version}`;
		const known = contents.get(name);
		if (known && known.text !== text)
			found.push({
				invariant: "I11",
				what: `Version ${version} of ${of} was told in two ways`,
				about: [known.first, one]
			});
		contents.set(name, known ?? { text, first: one });
		if (by === "snapshot" && version < floor)
			found.push({
				invariant: "I11",
				what: `${watcher} had seen version ${floor} of ${of} and was then given ${version}`,
				about: one
			});
	}
	const real = new Map<string, number>([
		...orders.map(({ id, version }) => [`order:${id}`, version] as const),
		...stock.map(({ stock: { sku, version } }) => [`stock:${sku}`, version] as const)
	]);
	for (const { watcher, versions } of shown)
		for (const [of, version] of versions) {
			const is = real.get(of);
			if (is !== undefined && is !== version)
				found.push({
					invariant: "I11",
					what: `${watcher} shows version ${version} of ${of}, the store has ${is}`,
					about: seen.filter(one => one.watcher === watcher && one.of === of).slice(-5)
				});
		}
	return found;
}
