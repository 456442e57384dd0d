// A bare node:http server that sends what it is told on its standard input: the measure for the gateway.
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

interface Given {
	path: string;
	/** Flat, as writeHead takes them fastest. */
	headers: string[];
	body: string;
}
const answers = new Map(
	(JSON.parse(await text(process.stdin)) as Given[]).map(({ path, headers, body }) => [
		path,
		{ headers, body: Buffer.from(body) }
	])
);
const server = createServer((req, res) => {
	const answer = answers.get(req.url!);
	if (!answer) return void res.writeHead(404).end();
	res.writeHead(200, answer.headers);
	res.end(answer.body);
});
server.listen(0, "127.0.0.1", () => {
	console.log((server.address() as { port: number }).port);
});
