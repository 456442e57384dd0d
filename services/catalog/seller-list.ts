import type { Params } from "../shared/contract";
import type { Entry } from "./entry";
import type { SearchIndex } from "./search";

type Own = Params<"catalog.mine">;
type Compare = (a: Entry, b: Entry) => number;

const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);
const by =
	(key: (entry: Entry) => string | number, direction: 1 | -1): Compare =>
	(a, b) =>
		direction * compare(key(a), key(b)) || compare(a.id, b.id);
const created = ({ card }: Entry) => card.createdAt;
const title = ({ haystack }: Entry) => haystack;
const stock = ({ available }: Entry) => available;

const SORTS: Record<Own["sort"], Compare> = {
	newest: by(created, -1),
	"-newest": by(created, 1),
	title: by(title, 1),
	"-title": by(title, -1),
	updated: by(({ card }) => card.updatedAt, -1),
	stock: by(stock, 1),
	"-stock": by(stock, -1)
};

/** Which of a seller's products are on a page of their list. */
export function pageOfOwn(
	index: SearchIndex,
	sellerId: string,
	{ q, status, lowStock, sort, page, pageSize }: Own
): { ids: string[]; total: number } {
	const fitting = index
		.ownedBy(sellerId, q)
		.filter(
			({ card, short }) =>
				(status === undefined || card.status === status) &&
				(lowStock === undefined || short === lowStock)
		)
		.sort(SORTS[sort]);
	const first = (page - 1) * pageSize;
	return { ids: fitting.slice(first, first + pageSize).map(({ id }) => id), total: fitting.length };
}
