import vue from "eslint-plugin-vue";
import ts from "typescript-eslint";

/** Who may import what (STYLE.md 1): said once here, so that a wrong import fails in CI. */
const only = (files, patterns, more = {}) => ({
	files,
	...more,
	rules: { "no-restricted-imports": ["error", { patterns }] }
});
const no = (group, message) => ({ group, message });
const noMatch = (regex, message) => ({ regex, message });

/** Prettier lays out; of Vue's recommended rules these would quarrel with it. */
const LAYOUT = [
	"first-attribute-linebreak",
	"html-closing-bracket-newline",
	"html-indent",
	"html-self-closing",
	"max-attributes-per-line",
	"multiline-html-element-content-newline",
	"singleline-html-element-content-newline"
];

export default ts.config(
	{ ignores: ["**/node_modules/", "dist/", "data/", "coverage/", "frontend/components.d.ts"] },
	ts.configs.recommended,
	vue.configs["flat/recommended"],
	{
		files: ["**/*.vue"],
		languageOptions: { parserOptions: { parser: ts.parser } }
	},
	{
		rules: {
			eqeqeq: ["error", "smart"],
			"no-undef": "off", // TypeScript knows better
			"@typescript-eslint/consistent-type-imports": [
				"error",
				{ fixStyle: "inline-type-imports", disallowTypeAnnotations: false }
			],
			"@typescript-eslint/no-empty-object-type": "off", // `{} extends P` asks whether all of P is optional
			"@typescript-eslint/no-unused-vars": [
				"error",
				{ argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true }
			],
			...Object.fromEntries(LAYOUT.map(name => [`vue/${name}`, "off"])),
			"vue/require-default-prop": "off"
		}
	},
	{
		rules: { "@typescript-eslint/no-require-imports": "off" } // CommonJS loads late what not everybody needs
	},
	{
		files: ["tests/types/**"],
		rules: { "@typescript-eslint/no-unused-expressions": "off" }
	},

	only(
		["frontend/src/**"],
		[
			no(
				["**/services/**", "node:*", "moleculer*"],
				"The frontend knows @shared and nothing else of the services."
			)
		]
	),
	only(
		["frontend/src/common/**"],
		[
			no(
				["**/services/**", "node:*", "moleculer*"],
				"The frontend knows @shared and nothing else of the services."
			),
			no(["**/storefront/**", "**/seller/**"], "What is common knows neither app.")
		]
	),
	only(
		["frontend/src/storefront/**"],
		[
			no(
				["**/services/**", "node:*", "moleculer*", "**/seller/**"],
				"The storefront knows @shared and @common."
			)
		]
	),
	only(
		["frontend/src/seller/**"],
		[
			no(
				["**/services/**", "node:*", "moleculer*", "**/storefront/**"],
				"The seller app knows @shared and @common."
			)
		]
	),
	only(
		["services/shared/**"],
		[noMatch("^(?!zod$|\\./)", "services/shared runs in browsers too: it imports zod and itself.")]
	),
	only(
		["services/**", "mixins/**"],
		[no(["**/frontend/**", "@common/*"], "The services don't know the apps.")],
		{ ignores: ["services/shared/**"] }
	),
	only(
		["services/*/**"],
		[
			no(["**/frontend/**", "@common/*"], "The services don't know the apps."),
			noMatch(
				"^\\.\\./(?!\\.\\./|shared/)[^/]+/",
				"A service calls another through the broker, never its files."
			)
		],
		{ ignores: ["services/shared/**"] }
	)
);
