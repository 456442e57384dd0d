const common = {
	modulePathIgnorePatterns: ["<rootDir>/dist/"],
	moduleNameMapper: {
		"^@shared/(.*)$": "<rootDir>/services/shared/$1",
		"^@common/(.*)$": "<rootDir>/frontend/src/common/$1"
	},
	transform: {
		"^.+\\.ts$": [
			"@swc/jest",
			{ jsc: { parser: { syntax: "typescript" }, target: "es2023" }, module: { type: "commonjs" } }
		]
	}
};

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
		}
	]
};
