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
	SEED: "none"
});
