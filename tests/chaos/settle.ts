import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../helpers/client";
import type { Asked, Reply } from "../helpers/http";
import { isFailure, type Line, type Recorder } from "./record";

/** Milliseconds that an operation may stay undecided: faults last up to half a minute on a busy machine. */
const PATIENCE = 150_000;
const PAUSE = 150;

export interface Operation extends Asked {
	actor: string;
	op: string;
	key: string;
	route: string;
	/** Isn't decided by this answer: asks again. */
	isOpen?: (reply: Reply) => boolean;
}
export type Settled = Reply & { first: number; last: number };

const codeOf = (err: unknown) => {
	const { code, name } = err as NodeJS.ErrnoException;
	return String(code ?? name);
};
/** Asks once, and writes down what came of it. */
export async function tryOnce(recorder: Recorder, client: Client, what: Operation) {
	const { actor, op, key, route, body, headers } = what;
	const t0 = Date.now();
	const asked: Asked = { ...(body !== undefined && { body }), ...(headers && { headers }) };
	const reply = await client.ask(route, asked).catch((err: unknown) => codeOf(err));
	const isError = typeof reply === "string";
	const line = recorder.add({
		t0,
		t1: Date.now(),
		actor,
		op,
		key,
		sent: body,
		status: isError ? null : reply.status,
		body: isError ? reply : reply.text
	});
	return { line, reply: isError ? null : reply };
}
const isUndecided = (line: Line) =>
	isFailure(line) ||
	line.status === 429 ||
	(line.status === 409 && line.body.includes("IDEMPOTENCY_IN_PROGRESS"));

/** Asks until there is an answer that decides; gives up, loudly, when there is none for too long. */
export async function settle(
	recorder: Recorder,
	client: Client,
	what: Operation
): Promise<Settled> {
	const first = Date.now();
	for (let pause = PAUSE; ; pause = Math.min(2 * pause, 1000)) {
		const { line, reply } = await tryOnce(recorder, client, what);
		if (reply && !isUndecided(line) && !what.isOpen?.(reply))
			return { ...reply, first, last: line.t1 };
		if (Date.now() - first > PATIENCE)
			throw new Error(`${what.actor}: ${what.op} ${what.key} stays undecided: ${line.body}`);
		await sleep(pause * (0.5 + Math.random()));
	}
}
