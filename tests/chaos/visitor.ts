import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

type Answer = { id: number; result?: unknown; error?: string };
type Waiting = { resolve: (result: unknown) => void; reject: (err: Error) => void };

/** A process that joined the cluster and calls internal actions for us. */
export class Visitor {
	private readonly waiting = new Map<number, Waiting>();
	private asked = 0;

	private constructor(private readonly child: ChildProcess) {
		child.on("message", (answer: Answer | "ready") => {
			if (answer === "ready") return;
			const { resolve, reject } = this.waiting.get(answer.id)!;
			this.waiting.delete(answer.id);
			if (answer.error === undefined) resolve(answer.result);
			else reject(new Error(answer.error));
		});
		child.on("exit", () => {
			for (const { reject } of this.waiting.values()) reject(new Error("The visitor is gone"));
		});
	}
	static async join(dataDir: string): Promise<Visitor> {
		const child = fork(join(__dirname, "join.mjs"), {
			env: { PATH: process.env.PATH, DATA_DIR: dataDir, LOG_LEVEL: "fatal" },
			execArgv: []
		});
		const visitor = new Visitor(child);
		const failed = once(child, "exit").then(() => {
			throw new Error("The visitor could not join the cluster");
		});
		failed.catch(() => {}); // it ends later, too
		await Promise.race([once(child, "message"), failed]);
		return visitor;
	}
	call<T>(action: string, params: object = {}): Promise<T> {
		return new Promise<T>((resolve, reject) => {
			const id = this.asked++;
			this.waiting.set(id, { resolve: resolve as never, reject });
			this.child.send({ id, action, params }, err => err && reject(err));
		});
	}
	async leave(): Promise<void> {
		if (!this.child.connected) return;
		const gone = once(this.child, "exit");
		this.child.disconnect();
		await gone;
	}
}
