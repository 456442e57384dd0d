import { Client } from "./client";
import { unconventional } from "./client-conventions";
import { OpenApi } from "./client-openapi";
import type { Asked, Reply } from "./http";

/** A client who takes the shop at its word: each answer must keep API.md's conventions and the API document. */
export class CheckedClient extends Client {
	override async ask(route: string, asked: Asked = {}): Promise<Reply> {
		const reply = await super.ask(route, asked);
		const api = await OpenApi.of(this.baseUrl);
		const findings = [...unconventional(route, reply), ...api.findings(route, reply)];
		if (findings.length) throw new Error(`${findings.join("\n")}\n${reply.text.slice(0, 500)}`);
		return reply;
	}

	/** What the shop refuses with, as `409 OUT_OF_STOCK`, or the bare status of what it does. */
	async outcome(route: string, asked: Asked = {}): Promise<string> {
		const { status, body } = await this.ask(route, asked);
		return status < 400 ? String(status) : `${status} ${body.code}`;
	}
}
