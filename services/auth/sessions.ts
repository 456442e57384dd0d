import type { Collection } from "../../mixins/db.mixin";
import { fail } from "../errors";
import { newId } from "../id";
import { ACCESS_SECONDS } from "../session";
import type { Account } from "./accounts";
import { hashOf, readRefreshToken, refreshToken } from "./tokens";

/** A family of refresh tokens, one after the other, from one sign-in. */
export interface SessionDoc {
	id: string;
	userId: string;
	/** The account's when it was opened. */
	epoch: number;
	/** Of the one token that is good now. */
	hash: string;
	/** That token's place in the family. */
	generation: number;
	/** When that token took the place of the one before. */
	rotatedAt?: number;
	createdAt: string;
	/** Milliseconds since 1970, as all that end here. */
	expiresAt: number;
	revokedAt?: number;
	/** Why it ended: somebody came with a token that was used before. */
	reused?: boolean;
}

const DAY = 86_400_000;
const LIFETIME = 30 * DAY;
/** So long an ended session is remembered, to say why. */
const REMEMBERED = DAY;
/** An access token of an ended session is dead by itself after so long, the leeway of clocks included. */
const OUTLIVES = (ACCESS_SECONDS + 90) * 1000;
/** Clocks of nodes differ, and a write takes its time: the doors hear of some sessions twice. */
const OVERLAP = 5000;
const MOST_PER_USER = 200;
const PAGE = 5000;
const live = { revokedAt: { $exists: false } };

export class Sessions {
	constructor(
		private readonly store: Collection<SessionDoc>,
		private readonly announce: (sids: string[]) => Promise<void>
	) {}

	async open({ id: userId, epoch }: Account): Promise<{ sid: string; refreshToken: string }> {
		const now = Date.now();
		const sid = newId(now);
		const token = refreshToken(sid, 1);
		await this.store.create({
			id: sid,
			userId,
			epoch,
			hash: hashOf(token),
			generation: 1,
			createdAt: new Date(now).toISOString(),
			expiresAt: now + LIFETIME
		});
		if ((await this.store.count({ userId, ...live })) > MOST_PER_USER) await this.endOldest(userId);
		return { sid, refreshToken: token };
	}

	/**
	 * Takes a refresh token and gives the next. Exactly one of several requests with the same token gets it. One
	 * that came before the token was used and lost the race is turned away and no more, for two tabs may do
	 * that; one that comes when the token has been used ends the session.
	 */
	async rotate(token: string): Promise<{ session: SessionDoc; refreshToken: string }> {
		const now = Date.now();
		const known = readRefreshToken(token) ?? fail("UNAUTHORIZED");
		const session = (await this.store.get(known.sid)) ?? fail("UNAUTHORIZED");
		if (session.revokedAt !== undefined) fail(session.reused ? "TOKEN_REUSED" : "UNAUTHORIZED");
		if (session.expiresAt <= now) fail("UNAUTHORIZED");
		if (known.generation < session.generation) {
			if (now < (session.rotatedAt ?? 0)) fail("UNAUTHORIZED");
			await this.end(session.id, true);
			fail("TOKEN_REUSED");
		}
		const next = refreshToken(session.id, session.generation + 1);
		const rotated = await this.store.change(
			{ id: session.id, hash: hashOf(token), ...live },
			{
				$set: { hash: hashOf(next), expiresAt: now + LIFETIME, rotatedAt: Date.now() },
				$inc: { generation: 1 }
			}
		);
		return { session: rotated ?? fail("UNAUTHORIZED"), refreshToken: next };
	}

	async end(sid: string, reused = false): Promise<void> {
		await this.endThese([sid], reused);
	}

	async endAll(userId: string, except = ""): Promise<void> {
		for (;;) {
			const found = await this.store.find({ userId, ...live, id: { $ne: except } }, { limit: 500 });
			if (found.length === 0) return;
			await this.endThese(found.map(({ id }) => id));
		}
	}

	/** Takes a session over into the account's new epoch. */
	async keep(sid: string, epoch: number): Promise<void> {
		await this.store.change({ id: sid, ...live }, { $set: { epoch } });
	}

	/** Sessions that ended since then whose access tokens may still be about, and when to ask from next. */
	async revocations(since: number): Promise<{ now: number; sids: string[] }> {
		const now = Date.now();
		const ended = await this.store.find(
			{ revokedAt: { $gte: Math.max(since - OVERLAP, now - OUTLIVES) } },
			{ sort: ["revokedAt"], limit: PAGE }
		);
		const last = ended.length === PAGE ? ended.at(-1)!.revokedAt! + OVERLAP : now;
		return { now: last, sids: ended.map(({ id }) => id) };
	}

	private async endThese(sids: string[], reused = false): Promise<void> {
		const now = Date.now();
		const changed = await this.store.changeAll(
			{ id: { $in: sids }, ...live },
			{ $set: { revokedAt: now, expiresAt: now + REMEMBERED, ...(reused && { reused }) } }
		);
		if (changed > 0) await this.announce(sids);
	}

	private async endOldest(userId: string): Promise<void> {
		const oldest = await this.store.find(
			{ userId, ...live },
			{ sort: ["-createdAt"], offset: MOST_PER_USER, limit: 100 }
		);
		await this.endThese(oldest.map(({ id }) => id));
	}
}

/** Removes what has run out, a bounded number at a time. */
export async function prune<T extends { id: string; expiresAt: number }>(
	store: Collection<T>
): Promise<void> {
	for (let rounds = 0; rounds < 20; rounds++) {
		const old = await store.find({ expiresAt: { $lt: Date.now() } }, { limit: 500 });
		if (old.length === 0) return;
		await store.remove({ id: { $in: old.map(({ id }) => id) } });
	}
}
