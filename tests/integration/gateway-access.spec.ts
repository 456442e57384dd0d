import GatewayService from "../../services/gateway/gateway.service";
import { accessToken } from "../../services/session";
import { mayCall, type Role } from "../../services/shared/access";
import { ACTIONS } from "../../services/shared/contract";
import type { Action } from "../../services/shared/define";
import { cluster } from "../helpers/cluster";
import { ask } from "../helpers/http";
import { SERVICE_NAMES, standIn } from "../helpers/stand-ins";

const { urlOf } = cluster(
	[GatewayService],
	SERVICE_NAMES.map(name => standIn(name))
);
const base = () => urlOf("gateway");
const tokenOf = (role: Role) => accessToken({ id: `${role}0000001`, role, sid: `sid-${role}` });
const WHO = ["nobody", "buyer", "seller", "admin"] as const;

const actions = Object.entries<Action>(ACTIONS);
const routed = actions.flatMap(([name, { route, access }]) =>
	route ? WHO.map(who => ({ name, route, access, who })) : []
);

it.each(routed)("$route ($access) for $who", async ({ route, access, who }) => {
	const user = who === "nobody" ? null : { id: "x", role: who, sid: "x" };
	const { status, body } = await ask(
		base(),
		route.replace(/ /, " /api").replace(/:\w+/g, "abcdefgh1"),
		{
			...(user && { token: tokenOf(user.role) }),
			headers: { "Idempotency-Key": "k" }
		}
	);
	if (mayCall(access, user)) expect([401, 403]).not.toContain(status);
	else expect([status, body.code]).toEqual(user ? [403, "FORBIDDEN"] : [401, "UNAUTHORIZED"]);
	expect(status).toBeLessThan(500);
});

// how services are is shown to everybody, on addresses of their own
const internal = actions.flatMap(([name, { route }]) =>
	route || name.endsWith(".health") ? [] : [name]
);
it.each([...internal, "$node.services", "$node.options", "gateway.rest", "gateway.listAliases"])(
	"no path leads to %s",
	async name => {
		const slashed = name.replace(".", "/");
		for (const path of [
			`/api/${name}`,
			`/api/${slashed}`,
			`/api/${slashed.replace("$", "~")}`,
			`/api//${slashed}`,
			`/api/./${slashed}`,
			`/api/auth/../${slashed}`,
			`/api/%2e%2e/${slashed}`,
			`/api/${slashed.replace("/", "%2f")}`,
			`/${slashed}`,
			`/api/cart/../${name}`,
			`/api?action=${name}`
		])
			for (const method of ["GET", "POST"]) {
				const { status, body } = await ask(base(), `${method} ${path}`, {
					token: tokenOf("admin"),
					headers: { Accept: "application/json" }
				});
				expect([path, [404, 405].includes(status)]).toEqual([path, true]);
				expect(["NOT_FOUND", "METHOD_NOT_ALLOWED"]).toContain(body.code);
			}
	}
);
