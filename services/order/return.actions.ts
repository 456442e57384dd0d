import { isDeepStrictEqual } from "node:util";
import { fail, failField } from "../errors";
import { idOf, newId } from "../id";
import { RETURN_MOVES, type ReturnStatus } from "../shared/refund";
import type { OrderLine } from "../shared/stock";
import { amend, type Move } from "./drive";
import { isoOf, mustBeSold } from "./fulfilment.actions";
import { hashOf, sellerView, viewOf, type OrderDocument, type ReturnEntry } from "./order-document";
import type { Methods, Part } from "./order.methods";
import { refund, returnOf, sentBack } from "./refunds";

type Change = Parameters<Methods["changed"]>[1];
/** A return gets on, in one update with what follows from it; what is done already, in the same way, is done. */
const decided =
	(
		returnId: string,
		sellerId: string,
		status: Exclude<ReturnStatus, "requested">,
		note: string | undefined,
		and: (
			order: OrderDocument,
			entry: ReturnEntry,
			at: string
		) => Partial<OrderDocument> = () => ({}),
		isSame: (order: OrderDocument, entry: ReturnEntry) => boolean = () => true
	): Change =>
	(order, now, told): Move | null => {
		const entry = returnOf(order, returnId, sellerId);
		const isNoted = note === undefined || note === entry.note;
		if (entry.status === status && isNoted && isSame(order, entry)) return null;
		if (!RETURN_MOVES[entry.status].includes(status)) fail("INVALID_STATE");
		const at = isoOf(now);
		const { refunds, ...patch } = and(order, entry, at);
		const next: ReturnEntry = {
			...entry,
			status,
			[status === "received" ? "receivedAt" : "decidedAt"]: at,
			...(note !== undefined && { note }),
			...(refunds && { refundId: refundIdOf(order, entry) })
		};
		const returns = { ...order.returns, [returnId]: next };
		const said = {
			type: `return_${status}` as const,
			sellerId,
			returnId,
			...(note !== undefined && { note })
		};
		return amend(order, { ...patch, ...(refunds && { refunds }), returns }, [said], now, told);
	};
const refundIdOf = ({ id }: OrderDocument, entry: ReturnEntry) =>
	idOf("r", id, entry.sellerId, entry.id);

/** Refuses more than was to come back. */
function within(lines: OrderLine[], entry: ReturnEntry): OrderLine[] {
	for (const [i, { sku, quantity }] of lines.entries()) {
		const asked = entry.lines.find(line => line.sku === sku)?.quantity ?? 0;
		if (quantity > asked) failField(`lines.${i}.quantity`, `${asked} of ${sku} were to come back`);
	}
	return lines;
}

/** In whatever order. */
const sameLines = (...sides: [readonly OrderLine[], readonly OrderLine[]]) => {
	const [some, others] = sides.map(lines => lines.map(({ sku, quantity }) => `${sku} ${quantity}`));
	return isDeepStrictEqual(some!.toSorted(), others!.toSorted());
};

/** What a buyer sends back, from the wish to the money. */
export const returnActions: Part<"sendBack" | "approveReturn" | "declineReturn" | "receiveReturn"> =
	{
		async sendBack(ctx) {
			const { id, operationId = newId(), ...wish } = ctx.params;
			const { id: buyerId } = ctx.meta.user;
			const hash = hashOf(wish);
			const nameOf = (sellerId: string) => idOf("b", id, operationId, sellerId);
			const order = await this.changed(
				() => this.mine(id, buyerId),
				(order, now, told) => {
					const known = order.sellerIds.map(nameOf).find(name => order.returns?.[name]);
					if (known)
						return order.returns![known]!.hash === hash ? null : fail("IDEMPOTENCY_KEY_REUSED");
					mustBeSold(order);
					const asked = sentBack(order, { ...wish, hash, idOf: nameOf }, isoOf(now));
					const returns = {
						...order.returns,
						...Object.fromEntries(asked.map(entry => [entry.id, entry]))
					};
					const said = asked.map(({ id: returnId, sellerId, reason: note }) => ({
						type: "return_requested" as const,
						sellerId,
						returnId,
						note
					}));
					return amend(order, { returns }, said, now, told);
				}
			);
			return viewOf(order);
		},

		async approveReturn(ctx) {
			const { id: sellerId } = ctx.meta.user;
			const { id, returnId, note } = ctx.params;
			const order = await this.changed(
				() => this.theirs(id, sellerId),
				decided(returnId, sellerId, "approved", note)
			);
			return sellerView(order, sellerId);
		},

		async declineReturn(ctx) {
			const { id: sellerId } = ctx.meta.user;
			const { id, returnId, note } = ctx.params;
			const order = await this.changed(
				() => this.theirs(id, sellerId),
				decided(returnId, sellerId, "declined", note)
			);
			return sellerView(order, sellerId);
		},

		async receiveReturn(ctx) {
			const { id: sellerId } = ctx.meta.user;
			const { id, returnId, restock, note, ...params } = ctx.params;
			const linesOf = (entry: ReturnEntry) => params.lines ?? entry.lines;
			const take = (order: OrderDocument, entry: ReturnEntry, at: string) => {
				mustBeSold(order);
				const lines = within(linesOf(entry), entry);
				const { reason } = entry;
				const refundId = refundIdOf(order, entry);
				const asked = { id: refundId, hash: "", sellerId, lines, reason, restock, returnId };
				return refund(order, { ...asked, of: "shipped" }, at);
			};
			const isSame = ({ refunds = {} }: OrderDocument, entry: ReturnEntry) => {
				const given = refunds[entry.refundId ?? ""];
				return given?.restock === restock && sameLines(given.lines, linesOf(entry));
			};
			const order = await this.changed(
				() => this.theirs(id, sellerId),
				decided(returnId, sellerId, "received", note, take, isSame)
			);
			return sellerView(await this.saga.attempt(ctx, order), sellerId);
		}
	};
