import { z } from "zod";
import type { ActionTable } from "./define";

/** What the `health` mixin answers, in every service that keeps something. */
const health: ActionTable[`${string}.${string}`] = {
	about: "Is this node's part of the service well?",
	access: "internal",
	params: z.strictObject({}),
	result: z.strictObject({
		id: z.string(),
		version: z.string(),
		uptimeS: z.int(),
		dependencies: z.record(z.string(), z.enum(["ok", "down", "read-only"]))
	}),
	timeout: 1000
};
export const SERVICES = [
	"auth",
	"catalog",
	"inventory",
	"bulk",
	"cart",
	"order",
	"payment",
	"sales",
	"notification",
	"import"
] as const;
export const healthActions = Object.fromEntries(
	SERVICES.map(name => [`${name}.health`, health])
) as Record<`${(typeof SERVICES)[number]}.health`, typeof health>;

export const gatewayActions = {
	"gateway.openapi": {
		about: "This document",
		access: "public",
		route: "GET /openapi.json",
		params: z.strictObject({}),
		result: z.looseObject({ openapi: z.string() })
	}
} satisfies ActionTable;
