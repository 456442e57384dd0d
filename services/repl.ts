import type { ServiceBroker } from "moleculer";
import type { Result } from "./shared/contract";
import type { Broker } from "./typed";

/** Calls an action: of this process's broker, or through the socket of a shop that runs. */
export type Ask = (action: string, params?: object) => Promise<unknown>;
export type Say = (line: string) => void;

export const USAGE = `shop stock SKU              what is there, for whom it is held, its last movements
shop order ID|NUMBER        its saga, holds, payment, outbox and timeline
shop verify [--settled]     do stock, orders and payments agree? --settled: nothing is going on
shop nodes                  who is in the cluster`;

/** Columns as wide as what is in them. */
function table(rows: (string | number)[][]): string[] {
	const width = (column: number) => Math.max(...rows.map(row => String(row[column] ?? "").length));
	const widths = (rows[0] ?? []).map((_, column) => width(column));
	return rows.map(row =>
		`  ${row.map((cell, i) => String(cell).padEnd(widths[i]!)).join("  ")}`.trimEnd()
	);
}
const money = (cents: number) => (cents / 100).toFixed(2);

async function stock(call: Broker["call"], say: Say, sku: string): Promise<number> {
	const found = await call("inventory.inspect", { sku });
	if (!found) return nothing(say, `There is no stock of ${sku}`);
	const { held, sold, available, version, threshold, productId, at } = found.stock;
	say(`${sku}  version ${version} of ${at}`);
	say(`  product ${productId}, seller ${found.sellerId}`);
	say(`  ${available} available, ${held} held, ${sold} sold, alert at ${threshold}`);
	const { initial, restocked, removed, returned } = found;
	say(`  ${initial} initial, ${restocked} restocked, ${removed} removed, ${returned} returned`);
	for (const { orderId, quantity } of found.held) say(`  held: ${quantity} for ${orderId}`);
	if (found.unledgered.length) say(`  not in the ledger yet: ${found.unledgered.join(", ")}`);
	const { movements } = found;
	const rows = movements.map(({ kind, quantity, ref, ...entry }) => [
		`v${entry.version}`,
		kind,
		quantity,
		ref,
		entry.at
	]);
	for (const line of table(rows)) say(line);
	return 0;
}

async function order(call: Broker["call"], say: Say, name: string): Promise<number> {
	const found = await call("order.inspect", { name });
	if (!found) return nothing(say, `There is no order ${name}`);
	const { id, state, history, attempt, tries, dueAt, payment, missing } = found;
	say(`${found.number}  ${id}  ${state}  version ${found.version}`);
	say(`  buyer ${found.buyerId}, total ${money(found.total)}, made ${found.createdAt}`);
	say(`  saga     ${history.join(" → ")}${dueAt ? `, due ${dueAt}` : ", at rest"}`);
	if (tries) say(`  trouble  the worker failed ${tries} times`);
	if (missing.length) say(`  trouble  paid, but the hold was gone of ${missing.join(", ")}`);

	const stocks = await Promise.all(
		found.lines.map(({ sku }) => call("inventory.inspect", { sku }))
	);
	const lines = found.lines.map(({ sku, quantity, unitPrice }, i) => {
		const hold = stocks[i]?.held.find(({ orderId }) => orderId === id);
		const end = stocks[i]?.closed.find(({ orderId }) => orderId === id);
		const how = hold ? `${hold.quantity} held` : end ? `${end.as} ${end.at}` : "no hold";
		return [`${quantity} × ${sku}`, money(unitPrice), how];
	});
	for (const line of table(lines)) say(`  hold   ${line}`);

	const [ledger] = await call("payment.ledger", { orderIds: [id] });
	const { captured, refunded, captures } = ledger!;
	say(
		`  payment  attempt ${attempt}, ${money(captured)} captured in ${captures}, ${money(refunded)} refunded` +
			(payment ? `, ${payment.id} is ${payment.status}` : "")
	);
	const left = found.outbox.map(({ seq, type, at }) => `${seq} ${type} of ${at}`);
	say(`  outbox   ${left.length ? left.join(", ") : "empty"}`);
	const timeline = found.timeline.map(({ at, type, sellerId = "" }) => [at, type, sellerId]);
	for (const line of table(timeline)) say(`  ${line}`);
	return 0;
}

/** What `ops.verify` found, and the exit code that says so. */
export function sayVerdict({ ok, checked, findings }: Result<"ops.verify">, say: Say): number {
	const counts = Object.entries(checked).map(([what, count]) => `${count} ${what}`);
	say(`Checked ${counts.join(", ")}.`);
	for (const { invariant, what, refs } of findings)
		say(`  ${invariant}  ${what}  (${refs.join(", ")})`);
	say(ok ? "Every invariant holds." : `${findings.length} findings.`);
	return ok ? 0 : 1;
}

interface ListedNode {
	id: string;
	available: boolean;
	hostname?: string;
	cpu?: number | null;
}
interface ListedService {
	name: string;
	nodes: string[];
}
async function nodes(ask: Ask, say: Say): Promise<number> {
	const listed = (await ask("$node.list")) as ListedNode[];
	const services = (await ask("$node.services", {
		grouping: true,
		skipInternal: true
	})) as ListedService[];
	const rows = listed.map(({ id, available, hostname = "", cpu }) => [
		id,
		available ? "up" : "away",
		hostname,
		typeof cpu === "number" ? `${cpu} % CPU` : "",
		services
			.filter(service => service.nodes.includes(id))
			.map(({ name }) => name)
			.join(" ")
	]);
	for (const line of table(rows)) say(line);
	return 0;
}
function nothing(say: Say, why: string): number {
	say(why);
	return 1;
}

/** Does a `shop …` command; answers with the exit code. */
export async function shop(words: string[], ask: Ask, say: Say): Promise<number> {
	const call = ask as Broker["call"];
	const [what, name] = words.filter(word => !word.startsWith("--"));
	try {
		if (what === "stock" && name) return await stock(call, say, name);
		if (what === "order" && name) return await order(call, say, name);
		if (what === "nodes") return await nodes(ask, say);
		if (what === "verify") {
			const settled = words.includes("--settled");
			return sayVerdict(await call("ops.verify", { settled }), say);
		}
	} catch (err) {
		return nothing(say, (err as Error).message);
	}
	say(USAGE);
	return what === undefined || what === "help" ? 0 : 2;
}

interface Parsed {
	what?: string;
	name?: string;
	options?: { settled?: boolean };
}
/** The same commands in Moleculer's own REPL. */
export const replOptions = {
	delimiter: "shop $",
	customCommands: [
		{
			command: "shop [what] [name]",
			description: "Looks into the shop: stock SKU, order ID, verify, nodes",
			options: [{ option: "--settled", description: "verify: nothing is going on" }],
			async action(broker: ServiceBroker, { what, name, options = {} }: Parsed): Promise<void> {
				const words = [what, name, options.settled && "--settled"].filter(word => !!word);
				const ask: Ask = (action, params) => broker.call(action, params);
				await shop(words as string[], ask, console.log);
			}
		}
	]
};
