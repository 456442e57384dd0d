import { createHash } from "node:crypto";
import { createWriteStream, type WriteStream } from "node:fs";

/** A request and its answer, as the client saw them; without a status nobody knows whether it happened. */
export interface Line {
	/** Milliseconds since 1970. */
	t0: number;
	t1: number;
	actor: string;
	op: string;
	/** What makes tries one operation: the idempotency key, the order, the operation's id. */
	key: string;
	bodyHash: string;
	/** What was sent, where the checker needs it. */
	sent: unknown;
	status: number | null;
	/** The answer, or the error's code. */
	body: string;
}
export interface Mark {
	at: number;
	mark: string;
}

const hashOf = (value: unknown) =>
	createHash("sha256")
		.update(JSON.stringify(value ?? null))
		.digest("base64url")
		.slice(0, 16);

/** What all clients sent and got, in memory for the checker and as JSONL for people. */
export class Recorder {
	readonly lines: Line[] = [];
	readonly marks: Mark[] = [];
	private readonly file: WriteStream;

	constructor(readonly path: string) {
		this.file = createWriteStream(path);
	}
	add(line: Omit<Line, "bodyHash">): Line {
		const whole = { ...line, bodyHash: hashOf(line.sent) };
		this.lines.push(whole);
		this.file.write(`${JSON.stringify(whole)}\n`);
		return whole;
	}
	mark(mark: string): number {
		const at = Date.now();
		this.marks.push({ at, mark });
		this.file.write(`${JSON.stringify({ at, mark })}\n`);
		return at;
	}
	close(): Promise<void> {
		return new Promise(resolve => this.file.end(resolve));
	}
}

export const isFailure = ({ status }: Pick<Line, "status">) => status === null || status >= 500;
export const isAck = ({ status }: Pick<Line, "status">) => status === 200 || status === 201;

/** Milliseconds after `healed` from which a whole second passed with answers and without a failure. */
export function recoveryOf(lines: Line[], healed: number): number | null {
	const after = lines.filter(({ t1 }) => t1 >= healed).sort((a, b) => a.t1 - b.t1);
	// a second begins with an answer: one in which nobody asked says nothing
	const starts = [healed, ...after.map(line => line.t1 + Number(isFailure(line)))];
	for (const start of starts) {
		const second = after.filter(({ t1 }) => t1 >= start && t1 < start + 1000);
		const failed = second.filter(isFailure).length;
		const over = (after.at(-1)?.t1 ?? 0) >= start + 1000;
		if (over && second.length > 0 && failed / second.length < 0.001) return start - healed;
	}
	return null;
}
