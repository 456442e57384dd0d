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

export const isUnshipped = (parcels: Parcel[]) =>
	parcels.every(({ status }) => status === "unfulfilled");
export const cancelled = (parcels: Parcel[]): Parcel[] =>
	parcels.map(parcel => ({ ...parcel, status: "cancelled" }));
