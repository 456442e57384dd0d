/** What every kind of test has in common. */
module.exports = {
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
