import { randomUUID } from "node:crypto";
import { Client, times, unique } from "../../helpers/client";
import { until } from "../../helpers/shop";
import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F25",
	about: "the event loop stands still for 2 s and for 8 s; twenty passwords to hash at once",
	mode: "embedded",
	async run(stage) {
		const { injections, baseUrl } = stage.embedded;
		for (const stall of [2000, 8000]) {
			const id = `stall-${stall}-${randomUUID()}`;
			injections.rules("shop", { id, on: "now", stall });
			await until(() => injections.struck("shop", id)[0], Boolean, 10_000);
			const start = performance.now();
			await fetch(`${baseUrl}/health/live`).then(reply => reply.arrayBuffer());
			const waited = performance.now() - start;
			stage.proved(`nobody was answered for ${Math.round(waited)} ms`, waited > stall / 2);
			await stage.sleep(1500);
		}
		const wrong = { email: `${unique("nobody")}@test.example`, password: "not the right one" };
		const login = () => new Client(baseUrl).ask("POST /api/auth/login", { body: wrong });
		const statuses = (await times(20, login, 20)).map(({ status }) => status);
		const told = [...new Set(statuses)].join();
		stage.proved(`twenty logins at once: ${told}`, statuses.length === 20);
		const isFine = (status: number) => [401, 429, 503].includes(status);
		stage.expect(`each of twenty logins is answered: ${told}`, statuses.every(isFine));
	}
};
