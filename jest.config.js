const common = require("./jest.shared.js");

module.exports = {
	// of all projects: jest knows no timeout a project
	testTimeout: 60_000,
	projects: [
		{
			...common,
			displayName: "code",
			testMatch: ["<rootDir>/tests/{unit,integration}/**/*.spec.ts"],
			setupFiles: ["<rootDir>/tests/helpers/env.js"]
		},
		{
			...common,
			displayName: "process",
			testMatch: ["<rootDir>/tests/process/**/*.spec.ts"],
			globalSetup: "<rootDir>/tests/helpers/build.ts",
			runner: "<rootDir>/tests/helpers/serial-runner.js"
		},
		{
			...common,
			displayName: "api",
			testMatch: ["<rootDir>/tests/api/**/*.spec.ts"],
			globalSetup: "<rootDir>/tests/helpers/build.ts",
			runner: "<rootDir>/tests/helpers/serial-runner.js"
		}
	]
};
