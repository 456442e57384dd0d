import { createInterface } from "node:readline/promises";
import { attempt, reach, type Call } from "./ask.mts";

type Say = (line: string) => void;
interface Commands {
	shop(words: string[], ask: Call, say: Say): Promise<number>;
	USAGE: string;
}

/**
 * `npm run repl`: a cluster gets Moleculer's own REPL on a node of its own, an embedded shop, whose files nobody else may open,
 * a prompt for the `shop` commands. `npm run repl -- shop verify` prints and exits with what it found.
 */
await attempt(async () => {
	const [first, ...words] = process.argv.slice(2);
	if (first !== undefined && first !== "shop")
		throw new Error(
			"Without a prompt there are only the shop's own commands: npm run repl -- shop"
		);
	const way = await reach();
	const { shop, USAGE } = (await import(
		new URL("../dist/services/repl.js", import.meta.url).href
	)) as Commands;
	if (first !== undefined) {
		const code = await shop(words, way.call, console.log);
		await way.leave();
		return code;
	}
	if (way.broker) {
		way.broker.repl(); // leaves by itself
		return null;
	}
	const prompt = createInterface({ input: process.stdin, output: process.stdout });
	prompt.setPrompt("shop $ ");
	console.log(`${USAGE}\nexit\n`);
	let open = true;
	prompt.once("close", () => (open = false));
	prompt.prompt();
	for await (const line of prompt) {
		const [word = "", ...rest] = line.trim().split(/\s+/);
		if (word === "exit" || word === "quit") break;
		// the word is at the prompt already; who types it out of habit is right too
		if (word) await shop(word === "shop" ? rest : [word, ...rest], way.call, console.log);
		if (open) prompt.prompt();
	}
	prompt.close();
	await way.leave();
	return 0;
});
