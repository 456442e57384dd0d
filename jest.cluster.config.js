const common = require("./jest.shared.js");

/** Tests with real servers: NATS, Redis, MongoDB, nginx. */
module.exports = {
	testTimeout: 180_000,
	maxWorkers: 1,
	// a server that a failed test left hanging must not hang CI
	forceExit: true,
	projects: [
		{
			...common,
			displayName: "cluster",
			testMatch: ["<rootDir>/tests/cluster/**/*.spec.ts"],
			globalSetup: "<rootDir>/tests/helpers/build.ts"
		}
	]
};
