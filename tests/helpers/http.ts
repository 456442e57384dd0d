import { request } from "node:http";

export interface Reply {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	text: string;
	/** Of JSON; null of anything else. */
	body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- what a stranger would see, untyped
}
export interface Asked {
	body?: unknown;
	headers?: Record<string, string | string[]>;
	token?: string;
}

/** Asks as a stranger would: the path goes out as it is written, without fetch's tidying. */
export function ask(base: string, route: string, { body, headers = {}, token }: Asked = {}) {
	const [method, path] = route.split(/ (.*)/s) as [string, string];
	const { hostname, port } = new URL(base);
	const raw = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
	return new Promise<Reply>((resolve, reject) => {
		const req = request(
			{
				hostname,
				port,
				method,
				path,
				signal: AbortSignal.timeout(30_000),
				headers: {
					...(token && { Authorization: `Bearer ${token}` }),
					...(raw !== undefined && {
						"Content-Type": "application/json",
						...(!headers["Transfer-Encoding"] && { "Content-Length": Buffer.byteLength(raw) })
					}),
					...headers
				}
			},
			res => {
				const chunks: Buffer[] = [];
				res.on("data", (chunk: Buffer) => chunks.push(chunk));
				res.on("end", () => {
					const text = Buffer.concat(chunks).toString();
					const json = /json/.test(res.headers["content-type"] ?? "") && text;
					resolve({
						status: res.statusCode!,
						headers: res.headers,
						text,
						body: json ? JSON.parse(text) : null
					});
				});
			}
		);
		req.on("error", reject);
		req.end(raw);
	});
}
