import type { Import } from "../../services/shared/import.contract";
import type { Client } from "./client";
import { until } from "./shop";

const BOUNDARY = "----shop-tests";
/** A form with a file, as a browser sends it. */
export function formOf(file: string | Buffer, fields: Record<string, string> = {}) {
	const head = Object.entries(fields).map(
		([name, value]) =>
			`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
	);
	head.push(
		`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="products.csv"\r\nContent-Type: text/csv\r\n\r\n`
	);
	const body = Buffer.concat([
		Buffer.from(head.join("")),
		Buffer.from(file),
		Buffer.from(`\r\n--${BOUNDARY}--\r\n`)
	]);
	return { body, headers: { "Content-Type": `multipart/form-data; boundary=${BOUNDARY}` } };
}

/** Starts an import, and answers its id. */
export async function startImport(
	seller: Client,
	file: string | Buffer,
	{ query = "", ...fields }: Record<string, string> = {}
): Promise<string> {
	const { importId } = await seller.must<{ importId: string }>(
		`POST /api/seller/products/import${query}`,
		formOf(file, fields)
	);
	return importId;
}
export const importOf = (seller: Client, id: string): Promise<Import> =>
	seller.must<Import>(`GET /api/seller/imports/${id}`);

/** Waits until an import is over, however long that takes on a busy machine. */
export const imported = (seller: Client, id: string, ms = 200_000): Promise<Import> =>
	until(
		() => importOf(seller, id),
		({ status }) => status !== "running",
		ms
	);
export const exported = async (seller: Client): Promise<string> =>
	(await seller.ask("GET /api/seller/products/export")).text;
