import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inWords } from "@common/contract-words";
import { locale } from "@common/format";
import ts from "typescript";

/** Where in a call's arguments the words for people are. */
const PLACES: Record<string, number> = {
	failField: 1,
	regex: 1,
	refine: 1,
	min: 1,
	max: 1,
	email: 0
};
/** The gateway speaks to programs; what an import finds is shown by its code. */
const ELSEWHERE = /^(gateway|import)\/|catalog\/import-|shared\/errors|^logger/;

const services = join(__dirname, "../../services");
const files = readdirSync(services, { recursive: true, encoding: "utf8" }).filter(
	file => file.endsWith(".ts") && !ELSEWHERE.test(file)
);

/** What services say of a field, with a 7 for what is put in. */
function wordsIn(file: string): string[] {
	const text = readFileSync(join(services, file), "utf8");
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	const words: string[] = [];
	const add = (node: ts.Node | undefined) => {
		if (node && ts.isStringLiteralLike(node)) words.push(node.text);
		if (node && ts.isTemplateExpression(node))
			words.push(node.head.text + node.templateSpans.map(part => `7${part.literal.text}`).join(""));
	};
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node)) {
			const { expression } = node;
			const name = ts.isPropertyAccessExpression(expression)
				? expression.name.text
				: expression.getText();
			if (Object.hasOwn(PLACES, name)) add(node.arguments[PLACES[name]!]);
		}
		if (ts.isPropertyAssignment(node) && node.name.getText() === "message") add(node.initializer);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return words;
}
const said = [...new Set(files.flatMap(wordsIn))];

beforeEach(() => (locale.value = "de"));
afterEach(() => (locale.value = "en"));

it("finds what the services say", () => {
	expect(said).toEqual(expect.arrayContaining(["Fill this in", "Each SKU once", "At most 7"]));
	expect(said.length).toBeGreaterThan(40);
});
it.each(said)("says “%s” in German", words => {
	expect(inWords(words)).not.toBe(words);
});
it("puts in what was said", () => {
	expect(inWords("3 of MUG-1 are left to ship")).toBe("3 Stück von MUG-1 sind noch zu versenden");
	expect(inWords("At most 40 of Size")).toBe("Höchstens 40 bei Size");
});
