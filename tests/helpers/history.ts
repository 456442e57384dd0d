import { setTimeout as sleep } from "node:timers/promises";
import type { Reply } from "./http";

/** A line of what a client sent and got. Without a status, nobody knows whether it happened. */
export interface Entry {
	t0: number;
	t1: number;
	op: string;
	key: string;
	status: number | null;
	/** The answer, or what became of the line. */
	body: string;
}

const PATIENCE = 45_000;
const PAUSE = 40;

/** What clients sent and got; they ask again with the same key until they are told. */
export class History {
	readonly entries: Entry[] = [];
	/** Requests sent and not answered yet. */
	underWay = 0;

	/** Sends until there is an answer that decides: no broken line, no 5xx, no "still being worked on". */
	async settle<R extends Omit<Reply, "body">>(
		op: string,
		key: string,
		send: () => Promise<R>
	): Promise<R> {
		for (const end = Date.now() + PATIENCE; ; await sleep(PAUSE * (0.5 + Math.random()))) {
			const t0 = Date.now();
			this.underWay++;
			// an error of node's own is no `instanceof Error` in jest's realm
			const { reply, err } = await send().then(
				reply => ({ reply, err: null }),
				(err: NodeJS.ErrnoException) => ({ reply: null, err })
			);
			this.underWay--;
			const status = reply?.status ?? null;
			const body = reply?.text ?? String(err!.code ?? err);
			this.entries.push({ t0, t1: Date.now(), op, key, status, body });
			if (reply && reply.status < 500 && !isUnderWay(reply)) return reply;
			if (Date.now() > end) throw new Error(`${op} ${key} was never answered: ${body}`);
		}
	}

	/** Answers that promise something: it must be there ever after. */
	acknowledged(op: string): Entry[] {
		return this.entries.filter(
			entry => entry.op === op && (entry.status === 200 || entry.status === 201)
		);
	}
	/** Requests that got no answer, or one that decides nothing. */
	unanswered(): Entry[] {
		return this.entries.filter(({ status }) => status === null || status >= 500);
	}
}
const isUnderWay = ({ status, text }: Omit<Reply, "body">) =>
	status === 409 && text.includes("IDEMPOTENCY_IN_PROGRESS");
