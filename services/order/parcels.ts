import { fail, failField } from "../errors";
import type { Parcel } from "../shared/order.contract";
import type { OrderLine } from "../shared/stock";

interface Shipment {
	lines?: OrderLine[] | undefined;
	carrier?: string | undefined;
	tracking?: string | undefined;
}

/** Within its order. */
export const parcelId = (n: number) => `p${String(n).padStart(7, "0")}`;

/** A seller's open parcel goes out, or those lines of it; what stays behind is a parcel of its own. */
export function ship(
	parcels: Parcel[],
	sellerId: string,
	{ lines, carrier, tracking }: Shipment,
	at: string
): Parcel[] {
	const open = parcels.find(
		parcel => parcel.sellerId === sellerId && parcel.status === "unfulfilled"
	);
	if (!open) return fail("INVALID_STATE");
	const going = lines ?? open.lines;
	for (const [i, { sku, quantity }] of going.entries()) {
		const there = open.lines.find(line => line.sku === sku)?.quantity ?? 0;
		if (quantity > there) failField(`lines.${i}.quantity`, `${there} of ${sku} are left to ship`);
		if (going.findIndex(line => line.sku === sku) !== i)
			failField(`lines.${i}.sku`, "Each SKU once");
	}
	const left = open.lines.flatMap(({ sku, quantity }) => {
		const rest = quantity - (going.find(line => line.sku === sku)?.quantity ?? 0);
		return rest > 0 ? [{ sku, quantity: rest }] : [];
	});
	const shipped: Parcel = {
		...open,
		lines: going,
		status: "shipped",
		shippedAt: at,
		...(carrier && { carrier }),
		...(tracking && { tracking })
	};
	const behind = left.length ? [{ ...open, id: parcelId(parcels.length + 1), lines: left }] : [];
	return [...parcels.map(parcel => (parcel === open ? shipped : parcel)), ...behind];
}

/** All that a seller has shipped has arrived. */
export function deliver(parcels: Parcel[], sellerId: string, at: string): Parcel[] {
	const isDue = (parcel: Parcel) => parcel.sellerId === sellerId && parcel.status === "shipped";
	if (!parcels.some(isDue)) return fail("INVALID_STATE");
	return parcels.map(parcel =>
		isDue(parcel) ? { ...parcel, status: "delivered", deliveredAt: at } : parcel
	);
}

/** Units out of a seller's parcels of some states: as parcels by themselves, the rest stays where it is. */
export function taken(
	parcels: readonly Parcel[],
	sellerId: string,
	lines: readonly OrderLine[],
	from: readonly Parcel["status"][],
	status: Parcel["status"]
): Parcel[] {
	const left = new Map(lines.map(({ sku, quantity }) => [sku, quantity]));
	const apart: Parcel[] = [];
	const rest = parcels.map(parcel => {
		if (parcel.sellerId !== sellerId || !from.includes(parcel.status)) return parcel;
		const going = filled(parcel.lines, ({ sku, quantity }) =>
			Math.min(quantity, left.get(sku) ?? 0)
		);
		for (const { sku, quantity } of going) left.set(sku, left.get(sku)! - quantity);
		const staying = filled(
			parcel.lines,
			({ sku, quantity }) => quantity - (going.find(line => line.sku === sku)?.quantity ?? 0)
		);
		if (!going.length) return parcel;
		if (!staying.length) return { ...parcel, status };
		const id = parcelId(parcels.length + apart.length + 1);
		apart.push({ ...parcel, id, lines: going, status });
		return { ...parcel, lines: staying };
	});
	return [...rest, ...apart];
}
/** Lines with other quantities, those with none left out. */
const filled = (lines: readonly OrderLine[], quantityOf: (line: OrderLine) => number) =>
	lines
		.map(line => ({ sku: line.sku, quantity: quantityOf(line) }))
		.filter(({ quantity }) => quantity > 0);

/** Something is still to be sent, and nothing was. */
export const isUnshipped = (parcels: Parcel[]) =>
	parcels.some(({ status }) => status === "unfulfilled") &&
	parcels.every(({ status }) => status === "unfulfilled" || status === "cancelled");
export const cancelled = (parcels: Parcel[]): Parcel[] =>
	parcels.map(parcel => ({ ...parcel, status: "cancelled" }));
