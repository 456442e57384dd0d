import type { Result } from "../../../services/shared/contract";
import type { Line } from "../record";
import type { Seen } from "../watch";

export type SeenOrder = NonNullable<Result<"order.inspect">>;
export type SeenMovement = Pick<
	Result<"inventory.movements">["items"][number],
	"kind" | "quantity" | "ref" | "at" | "version"
>;
export type SeenStock = Omit<NonNullable<Result<"inventory.inspect">>, "movements"> & {
	movements: SeenMovement[];
};
export type Charges = Result<"payment.ledger">[number];
export type Finding = Result<"ops.verify">["findings"][number];

/** All that the checker goes by: what clients saw, and what the stores and the provider say afterwards. */
export interface Evidence {
	lines: Line[];
	seen: Seen[];
	/** What the pages show in the end, by watcher. */
	shown: { watcher: string; versions: ReadonlyMap<string, number> }[];
	buyers: { name: string; id: string; marker: string }[];
	opened: { sku: string; price: number; at: number }[];
	orders: SeenOrder[];
	stock: SeenStock[];
	charges: Charges[];
	findings: Finding[];
	/** All of it must be sold. */
	limited: { sku: string; units: number } | null;
	/** When everything was at rest. */
	settledAt: number;
	/** A node's clock was wrong: times of the store prove nothing. */
	skewed: boolean;
}
export interface Violation {
	invariant: string;
	what: string;
	/** The document and what is known of it. */
	about: unknown;
}
export interface Judgement {
	violations: Violation[];
	/** What could not be judged. */
	notes: string[];
}
