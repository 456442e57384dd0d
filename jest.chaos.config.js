const common = require("./jest.shared.js");

/** Some faults of tests/chaos against a cluster of their own; `npm run chaos` has all of them. */
module.exports = {
	testTimeout: 400_000,
	maxWorkers: 1,
	// a cluster that a failed test left hanging must not hang CI
	forceExit: true,
	projects: [
		{
			...common,
			displayName: "chaos",
			testMatch: ["<rootDir>/tests/chaos/**/*.spec.ts"],
			globalSetup: "<rootDir>/tests/helpers/build.ts"
		}
	]
};
