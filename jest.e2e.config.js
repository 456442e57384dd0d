const common = require("./jest.shared.js");

/** Tests in a real browser, on the apps as they are shipped. */
module.exports = {
	testTimeout: 240_000,
	maxWorkers: 1,
	// a browser that a failed test left open must not hang CI
	forceExit: true,
	projects: [
		{
			...common,
			displayName: "e2e",
			testMatch: ["<rootDir>/tests/e2e/**/*.spec.ts"],
			globalSetup: "<rootDir>/tests/helpers/build-all.ts"
		}
	]
};
