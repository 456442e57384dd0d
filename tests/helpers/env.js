const { mkdtempSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

/** Each test file is a shop of its own: a fresh data folder, free ports. */
Object.assign(process.env, {
	PORT: "0",
	RELAY_PORT: "0",
	METRICS_PORT: "0",
	DATA_DIR: mkdtempSync(join(tmpdir(), "commercify-test-")),
	SECRET_KEY: "a secret for the tests, at least 32 bytes long",
	BCRYPT_COST: "4",
	VERIFY_EVERY: "0",
	SEED: "none"
});

// with a MongoDB, each test file has a database of its own there
if (process.env.MONGO_URI) {
	const uri = new URL(process.env.MONGO_URI);
	uri.pathname = `/test_${process.pid}_${Date.now().toString(36)}`;
	process.env.MONGO_URI = uri.href;
}
