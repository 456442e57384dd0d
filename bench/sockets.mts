// Opens sockets on one SKU and tells when the last of them has heard of each version. `url count` on the command line.
import { io } from "socket.io-client";

const [url, count] = process.argv.slice(2) as [string, string];
const all = Number(count);
const left = new Map<number, number>();

function heard({ version }: { version: number }): void {
	const waiting = (left.get(version) ?? all) - 1;
	if (waiting > 0) return void left.set(version, waiting);
	left.delete(version);
	console.log(`${version} ${performance.timeOrigin + performance.now()}`);
}
const open = () =>
	new Promise<void>((resolve, reject) => {
		const socket = io(url, { transports: ["websocket"], forceNew: true, reconnection: false });
		socket.on("connect_error", reject);
		socket.on("stock.changed", heard);
		socket.on("connect", () => {
			socket.emit("subscribe", { topics: ["stock:bench-sku"] }, () => resolve());
		});
	});
for (let i = 0; i < all; i += 50)
	await Promise.all(Array.from({ length: Math.min(50, all - i) }, open));
console.log("open");
process.stdin.resume().on("end", () => process.exit(0));
