import type { Collection } from "../../mixins/db.mixin";
import { fail } from "../errors";
import { newId } from "../id";
import type { Role } from "../shared/access";
import type { User } from "../shared/auth.contract";
import type { Sent } from "../shared/contract";
import type { Passwords } from "./password";

export interface Account {
	id: string;
	/** Lower case, unique. */
	email: string;
	passwordHash: string;
	name: string;
	role: Role;
	shopName?: string;
	locale?: string;
	timeZone?: string;
	emailVerified: boolean;
	/** Grows with every change that ends sessions: one opened under an earlier epoch is worth nothing. */
	epoch: number;
	createdAt: string;
}

/** What others may see of an account: never the hash. */
export const toUser = ({ passwordHash: _, epoch: __, ...user }: Account): User => user;

export const normalise = (email: string) => email.toLowerCase();

export class Accounts {
	constructor(
		private readonly store: Collection<Account>,
		private readonly passwords: Passwords
	) {}

	/** The address in lower case. */
	async byEmail(email: string): Promise<Account | null> {
		const [account] = await this.store.find({ email }, { limit: 1 });
		return account ?? null;
	}

	/** The account of who is signed in. */
	async own(id: string): Promise<Account> {
		return (await this.store.get(id)) ?? fail("UNAUTHORIZED");
	}

	async open(wanted: Sent<"auth.open">): Promise<Account> {
		const { password, shopName, emailVerified = false, name, role } = wanted;
		const email = normalise(wanted.email);
		if (await this.byEmail(email)) fail("EMAIL_TAKEN");
		const account: Account = {
			id: newId(),
			email,
			passwordHash: await this.passwords.hash(password),
			name,
			role,
			...(shopName && role === "seller" && { shopName }),
			emailVerified,
			epoch: 1,
			createdAt: new Date().toISOString()
		};
		return (await this.store.create(account)) ? account : fail("EMAIL_TAKEN");
	}

	/** Null when it isn't there, or not in the epoch that was seen. */
	change(seen: { id: string; epoch?: number }, $set: Partial<Account>): Promise<Account | null> {
		return this.store.change(seen, { $set });
	}

	/** The same, and what sessions there are end with the old epoch. */
	renew(
		seen: { id: string; epoch?: number },
		$set: Partial<Account> = {}
	): Promise<Account | null> {
		const changed = Object.keys($set).length > 0 && { $set };
		return this.store.change(seen, { ...changed, $inc: { epoch: 1 } });
	}

	/** Those among them that have a shop. */
	async shops(ids: readonly string[]): Promise<{ id: string; shopName: string }[]> {
		const found = await this.store.find({ id: { $in: ids } }, { limit: 1000 });
		return found.flatMap(({ id, shopName }) => (shopName ? [{ id, shopName }] : []));
	}
}
