import { Validator } from "@seriousme/openapi-schema-validator";
import GatewayService from "../../services/gateway/gateway.service";
import { ROUTES } from "../../services/shared/routes";
import { cluster } from "../helpers/cluster";
import { ask } from "../helpers/http";

const { urlOf } = cluster([GatewayService]);
const get = (path: string) => ask(urlOf("gateway"), `GET ${path}`);

it("describes every route, as valid OpenAPI 3.1", async () => {
	const { status, headers, body } = await get("/api/openapi.json");
	expect([status, headers["content-type"]]).toEqual([200, "application/json; charset=utf-8"]);
	const { valid, errors } = await new Validator().validate(body);
	expect(errors).toBeUndefined();
	expect(valid).toBe(true);
	for (const [route, name] of Object.entries(ROUTES)) {
		const [method, path] = route.split(" ") as [string, string];
		const operation = body.paths[path.replace(/:(\w+)/g, "{$1}")][method.toLowerCase()];
		expect(operation.operationId).toBe(name);
	}
});

it("has a page for people, which needs nothing from elsewhere", async () => {
	const { status, headers, text } = await get("/api/docs");
	expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
	expect(text).toContain("/api/orders/{id}/pay");
	expect(text).not.toMatch(/<script>|onclick|style=|https?:\/\//);
	for (const [, file] of text.matchAll(/(?:src|href)="(\/api\/docs\/[^"]+)"/g))
		expect((await get(file!)).status).toBe(200);
	expect((await get("/api/docs/docs.js")).headers["content-type"]).toMatch(/javascript/);
	expect((await get("/api/docs/none.js")).status).toBe(404);
});
