import type { Collection } from "../../mixins/db.mixin";
import { fail } from "../errors";
import type { Payload } from "../shared/contract";
import { hashOf, mailToken } from "./tokens";

type Kind = Payload<"mail.requested">["kind"];

export interface MailToken {
	/** The token's hash. */
	id: string;
	userId: string;
	kind: Kind;
	/** Milliseconds since 1970. */
	expiresAt: number;
	used?: boolean;
}

const HOUR = 3_600_000;
const LIFETIME: Record<Kind, number> = { verify: 24 * HOUR, reset: HOUR };
const unused = { used: { $exists: false } };

/** Tokens of the links in mails: kept as hashes, good once and for a while. */
export class MailTokens {
	constructor(private readonly store: Collection<MailToken>) {}

	/** A token, and an id for its mail. */
	async make(kind: Kind, userId: string): Promise<{ id: string; token: string }> {
		const token = mailToken();
		const id = hashOf(token);
		await this.store.create({ id, userId, kind, expiresAt: Date.now() + LIFETIME[kind] });
		return { id: id.slice(0, 24), token };
	}

	/** Refuses a token that `use` would refuse, before any work is done for it. */
	async check(kind: Kind, token: string): Promise<void> {
		const [found] = await this.store.find(this.good(kind, token), { limit: 1 });
		if (!found) fail("UNAUTHORIZED");
	}

	/** Whose it was; never twice. */
	async use(kind: Kind, token: string): Promise<string> {
		const used = await this.store.change(this.good(kind, token), { $set: { used: true } });
		return (used ?? fail("UNAUTHORIZED")).userId;
	}

	async forget(userId: string, kind: Kind): Promise<void> {
		await this.store.remove({ userId, kind });
	}

	private good(kind: Kind, token: string) {
		return { id: hashOf(token), kind, expiresAt: { $gt: Date.now() }, ...unused };
	}
}
