import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

/** `node scripts/secrets.mts`: makes a .env of .env.example, each secret by chance; an existing one is left alone. */
const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
const filled = example.replace(
	/^(SECRET_KEY|\w+_PASSWORD\w*|\w+_REPLICA_KEY)=$/gm,
	(_all, name: string) => `${name}=k${randomBytes(24).toString("hex")}`
);
try {
	writeFileSync(new URL("../.env", import.meta.url), filled, { flag: "wx", mode: 0o600 });
	console.log(".env is written");
} catch (err) {
	console.error((err as Error).message);
	process.exitCode = 1;
}
