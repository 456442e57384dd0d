import { fail } from "../errors";
import { networkOf } from "../http";
import type { Limit, Limits } from "./limits";

const MINUTES = 60;
const HOURS = 60 * MINUTES;
const LIMITS = {
	/** Wrong passwords for one account from one address. */
	guesses: { name: "guesses", most: 10, seconds: 15 * MINUTES },
	/** Wrong passwords for one account from everywhere. */
	account: { name: "account", most: 100, seconds: 15 * MINUTES },
	/** Wrong passwords from one address for any account. */
	address: { name: "address", most: 100, seconds: 15 * MINUTES },
	/** No limit but a memory: where an account's owner has signed in. */
	owner: { name: "owner", most: 1, seconds: 30 * 24 * HOURS },
	forgot: { name: "forgot", most: 5, seconds: HOURS },
	forgotAddress: { name: "forgot-address", most: 50, seconds: HOURS },
	register: { name: "register", most: 600, seconds: HOURS }
} satisfies Record<string, Limit>;

const refuse = (...waits: number[]) => {
	const retryAfter = Math.max(...waits);
	if (retryAfter > 0) fail("TOO_MANY_REQUESTS", { retryAfter });
};

/**
 * Who may try how often. Wrong passwords count by account and address, so that nobody locks an owner out from
 * elsewhere; guessing from many addresses at once meets the account's larger limit, which doesn't hold where
 * the owner has signed in, or set a new password by mail, before. Unknown accounts count alike.
 */
export class Guards {
	constructor(private readonly limits: Limits) {}

	/** One try at a password: `admit` throws when there were too many. */
	attempt(email: string, ip: unknown) {
		const { limits } = this;
		const address = networkOf(ip);
		const pair = JSON.stringify([email, address]);
		return {
			async admit(): Promise<void> {
				const owner = address !== null && (await limits.wait(LIMITS.owner, pair)) > 0;
				refuse(
					await limits.wait(LIMITS.guesses, pair),
					owner ? 0 : await limits.wait(LIMITS.account, email),
					address === null ? 0 : await limits.wait(LIMITS.address, address)
				);
			},
			async failed(): Promise<void> {
				await limits.take(LIMITS.guesses, pair);
				await limits.take(LIMITS.account, email);
				if (address !== null) await limits.take(LIMITS.address, address);
			},
			async succeeded(): Promise<void> {
				await limits.clear(LIMITS.guesses, pair);
				await limits.clear(LIMITS.owner, pair);
				await limits.take(LIMITS.owner, pair);
			}
		};
	}

	/** May a reset mail go out? Past the account's limit nobody is told, or the answer would tell of accounts. */
	async forgot(email: string, ip: unknown): Promise<boolean> {
		const address = networkOf(ip);
		if (address !== null) refuse(await this.limits.take(LIMITS.forgotAddress, address));
		return (await this.limits.take(LIMITS.forgot, email)) === 0;
	}

	async register(ip: unknown): Promise<void> {
		const address = networkOf(ip);
		if (address !== null) refuse(await this.limits.take(LIMITS.register, address));
	}
}
