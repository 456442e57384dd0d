import { AdjustReason, type Movement } from "@shared/inventory.contract";

const SIGN: Record<Movement["kind"], -1 | 0 | 1> = {
	initial: 1,
	reserve: -1,
	release: 1,
	commit: 0,
	restock: 1,
	remove: -1,
	return: 1
};
/** By how much a movement changed what is there to be sold. A sale takes what was held already. */
export const effectOf = ({ kind, quantity }: Movement) => SIGN[kind] * Math.abs(quantity);

const BY_ORDER: readonly Movement["kind"][] = ["reserve", "release", "commit"];
export const isByOrder = ({ kind }: Movement) => BY_ORDER.includes(kind);

type Reason = (typeof AdjustReason.options)[number];
/** "damaged: wet cellar" is a reason and what the seller noted. */
export function whyOf({ reason }: Movement): { reason?: Reason; note?: string } {
	const [first = "", ...rest] = (reason ?? "").split(": ");
	const known = AdjustReason.options.find(option => option === first);
	if (!known) return reason ? { note: reason } : {};
	return rest.length ? { reason: known, note: rest.join(": ") } : { reason: known };
}
