import { Validator } from "@seriousme/openapi-schema-validator";
import { openapi, type Operation } from "../../services/gateway/openapi";

const document = openapi();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
	Object.entries(methods).map(([method, operation]) => ({ path, method, operation }))
);
const schemaOf = (operation: Operation, status: number) =>
	(operation.responses[status] as { content?: Record<string, { schema: Record<string, unknown> }> })
		.content?.["application/json"]?.schema;

it("is valid OpenAPI 3.1", async () => {
	const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
	expect(errors).toBeUndefined();
	expect(valid).toBe(true);
});

it("leads every reference somewhere", () => {
	for (const [, name] of JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g))
		expect(document.components.schemas).toHaveProperty(name!);
	expect(JSON.stringify(document)).not.toContain("#/$defs");
});

it.each(operations)("$method $path names its params and refusals", ({ path, operation }) => {
	const inPath = operation.parameters.filter(parameter => parameter.in === "path");
	expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
	for (const parameter of inPath) expect(parameter.required).toBe(true);
	expect(Object.keys(operation.responses)).toEqual(
		expect.arrayContaining([
			"422",
			"500",
			"503",
			...(operation.security.length ? ["401", "403"] : [])
		])
	);
});

it("says how files, keys and cookies travel, and keeps tokens out of bodies", () => {
	const { paths } = document;
	const upload = paths["/catalog/products/{id}/images"]!.post!;
	expect(upload.requestBody?.content["multipart/form-data"]?.schema.required).toEqual(["file"]);
	const place = paths["/orders"]!.post!;
	expect(place.parameters).toMatchObject([
		{ name: "Idempotency-Key", in: "header", required: true }
	]);
	expect(paths["/cart"]!.get!.parameters).toMatchObject([{ name: "guest_cart", in: "cookie" }]);
	expect(Object.keys(schemaOf(paths["/auth/login"]!.post!, 200)!.properties as object)).toEqual([
		"user",
		"accessToken",
		"expiresIn"
	]);
});
