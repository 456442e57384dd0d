import { PASSWORD } from "../../helpers/client";
import { ask } from "../../helpers/http";
import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F5",
	about: "kill -9 of both auth nodes",
	mode: "cluster",
	async run(stage) {
		const { cluster, crowd } = stage;
		await stage.kill("auth-1", "auth-2");
		const body = { email: crowd.buyers[0]!.client.user!.email, password: PASSWORD };
		const login = () => ask(stage.shop.baseUrl, "POST /api/auth/login", { body });
		const away = await login();
		stage.expect("login says 503", away.status === 503, away.text);
		// tokens that were given out are good without it
		await stage.traffic(40, "acked");
		stage.proved("orders went on without auth", cluster.pidOf("auth-1") === null);
		await cluster.heal();
		stage.heals();
		const back = await login();
		stage.expect("login works again", back.status === 200, back.text);
	}
};
