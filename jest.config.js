module.exports = {
	testMatch: ["<rootDir>/tests/{unit,integration}/**/*.spec.ts"],
	setupFiles: ["<rootDir>/tests/helpers/env.js"],
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
	},
	testTimeout: 20_000
};
