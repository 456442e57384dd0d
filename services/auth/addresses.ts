import type { Collection } from "../../mixins/db.mixin";
import { fail, failField } from "../errors";
import { newId } from "../id";
import type { StoredAddress } from "../shared/auth.contract";
import type { Address, Paged } from "../shared/fields";

/** A user's addresses in one document: so that "at most 50" and "one default" hold whoever writes at once. */
export interface Book {
	/** The user's. */
	id: string;
	entries: Record<string, Address>;
	count: number;
	defaultId?: string;
}

const MOST = 50;

/** The default first, then the newest. Where none was chosen the oldest is the default; ids grow with time. */
function listed({ entries, defaultId = "" }: Book): StoredAddress[] {
	const ids = Object.keys(entries).sort().reverse();
	const chosen = Object.hasOwn(entries, defaultId) ? defaultId : ids.at(-1);
	return ids
		.sort((a, b) => Number(b === chosen) - Number(a === chosen))
		.map(id => ({ id, ...entries[id]!, default: id === chosen }));
}
const one = (book: Book, id: string): StoredAddress =>
	listed(book).find(address => address.id === id) ?? fail("NOT_FOUND");

export class AddressBook {
	constructor(private readonly store: Collection<Book>) {}

	async list(userId: string, page: number, pageSize: number): Promise<Paged<StoredAddress>> {
		const book = await this.store.get(userId);
		const all = book ? listed(book) : [];
		const from = (page - 1) * pageSize;
		return { items: all.slice(from, from + pageSize), page, pageSize, total: all.length };
	}

	async add(userId: string, address: Address, chosen = false): Promise<StoredAddress> {
		const id = newId();
		const write = () =>
			this.store.change(
				{ id: userId, count: { $lt: MOST } },
				{
					$set: { [`entries.${id}`]: address, ...(chosen && { defaultId: id }) },
					$inc: { count: 1 }
				}
			);
		let book = await write();
		if (!book && (await this.store.create({ id: userId, entries: {}, count: 0 })))
			book = await write();
		// Another request may have made the book between the two.
		book ??= await write();
		return one(
			book ?? failField("", `At most ${MOST} addresses: remove one first`, "TOO_MANY"),
			id
		);
	}

	async update(
		userId: string,
		id: string,
		changed: Partial<Address>,
		chosen?: boolean
	): Promise<StoredAddress> {
		const entry = `entries.${id}`;
		const fields = Object.entries(changed).map(([key, value]) => [`${entry}.${key}`, value]);
		if (chosen === false) {
			await this.store.change({ id: userId, defaultId: id }, { $unset: { defaultId: true } });
		}
		const $set = { ...Object.fromEntries(fields), ...(chosen && { defaultId: id }) };
		const own = { id: userId, [entry]: { $exists: true } };
		const book = Object.keys($set).length > 0 ? await this.store.change(own, { $set }) : null;
		return one(book ?? (await this.store.get(userId)) ?? fail("NOT_FOUND"), id);
	}

	async remove(userId: string, id: string): Promise<void> {
		const entry = `entries.${id}`;
		const removed = await this.store.change(
			{ id: userId, [entry]: { $exists: true } },
			{ $unset: { [entry]: true }, $inc: { count: -1 } }
		);
		if (!removed) fail("NOT_FOUND");
	}
}
