import { z } from "zod";
import { ask, type Reply } from "./http";

interface Content {
	content?: Record<string, { schema: object }>;
}
export interface Operation {
	operationId: string;
	security: object[];
	parameters: { name: string; in: "path" | "query" | "header" | "cookie"; required: boolean }[];
	requestBody?: Content & { required: boolean };
	responses: Record<string, Content & { description: string }>;
}
interface Document {
	openapi: string;
	paths: Record<string, Record<string, Operation>>;
	components: { schemas: Record<string, object> };
}
type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

const documents = new Map<string, Promise<OpenApi>>();

/** A running shop's own API document, to hold its answers to. */
export class OpenApi {
	private readonly schemas = new Map<object, z.ZodType>();
	private constructor(readonly document: Document) {}

	static of(baseUrl: string): Promise<OpenApi> {
		const known = documents.get(baseUrl);
		if (known) return known;
		const asked = ask(baseUrl, "GET /api/openapi.json").then(({ body }) => new OpenApi(body));
		documents.set(baseUrl, asked);
		return asked;
	}

	/** Every operation with its method and its path below /api, as `POST /orders/{id}/pay`. */
	get operations(): [route: string, operation: Operation][] {
		return Object.entries(this.document.paths).flatMap(([path, methods]) =>
			Object.entries(methods).map(([method, operation]): [string, Operation] => [
				`${method.toUpperCase()} ${path}`,
				operation
			])
		);
	}

	/** What the document says of a request such as `GET /api/orders?page=2`; fixed paths before those with a parameter. */
	operationAt(route: string): Operation | undefined {
		const [method, url] = route.split(" ", 2) as [string, string];
		if (!url.startsWith("/api/")) return undefined;
		const path = url.split("?", 1)[0]!.slice("/api".length);
		const fits = ([template]: [string, unknown]) =>
			new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`).test(path);
		const [, methods] =
			Object.entries(this.document.paths)
				.filter(fits)
				.sort(([a], [b]) => a.split("{").length - b.split("{").length)[0] ?? [];
		return methods?.[(method === "HEAD" ? "GET" : method).toLowerCase()];
	}

	/** What is wrong with an answer by the document; nothing for addresses that aren't in it. */
	findings(route: string, { status, headers, body }: Reply): string[] {
		const operation = this.operationAt(route);
		if (!operation || status === 304 || route.startsWith("HEAD ")) return [];
		const described = operation.responses[String(status)];
		if (!described) return status === 405 ? [] : [`${route}: ${status} isn't described`];
		const type = String(headers["content-type"]).split(";")[0]!;
		const schema = described.content?.[type]?.schema;
		if (!schema) return body === null && !described.content ? [] : [`${route}: ${type}`];
		const { success, error } = this.schemaOf(schema).safeParse(body);
		return success ? [] : [`${route} ${status}: ${z.prettifyError(error)}`];
	}

	private schemaOf(schema: object): z.ZodType {
		const known = this.schemas.get(schema);
		if (known) return known;
		const whole = { ...schema, $defs: this.document.components.schemas };
		const text = JSON.stringify(whole).replaceAll("#/components/schemas/", "#/$defs/");
		const made = z.fromJSONSchema(JSON.parse(text) as JsonSchema);
		this.schemas.set(schema, made);
		return made;
	}
}
