import { locale } from "./format";

/** What the contract and the services say of a field, by their own words. */
const GERMAN: Readonly<Record<string, string>> = {
	"Fill this in": "Bitte ausfüllen",
	"Choose a value": "Bitte einen Wert wählen",
	"Such as kitchen/mugs": "Zum Beispiel küche/becher",
	"An amount such as 19.90": "Ein Betrag wie 19,90",
	"An amount such as 19.90, or nothing": "Ein Betrag wie 19,90 oder nichts",
	"A whole number": "Eine ganze Zahl",
	"draft, published or archived": "draft, published oder archived",
	"A seller's shop needs a name": "Ein Laden braucht einen Namen",
	"As an address has it": "So, wie es in einer Adresse steht",
	"At most 72 bytes": "Höchstens 72 Bytes",
	"Change something": "Bitte etwas ändern",
	"Name a tag": "Bitte ein Schlagwort nennen",
	"No control characters": "Keine Steuerzeichen",
	"Not a time zone, such as Europe/Berlin": "Keine Zeitzone wie Europe/Berlin",
	"Not an e-mail address": "Keine E-Mail-Adresse",
	"Not zero": "Nicht null",
	"Two capital letters, such as DE": "Zwei Großbuchstaben wie DE",
	"2 to 40 lower-case letters, digits and hyphens":
		"2 bis 40 Kleinbuchstaben, Ziffern und Bindestriche",
	"A name without . and $": "Ein Name ohne . und $",
	"Adjust the stock of a SKU that exists": "Bestand, den es schon gibt, wird angepasst",
	"Each SKU once": "Jede SKU nur einmal",
	"Listed twice": "Doppelt aufgeführt",
	"Named twice": "Doppelt genannt",
	"Must be more than the price": "Muss mehr als der Preis sein",
	"Not a value of this option": "Kein Wert dieser Option",
	"Not an option of this product": "Keine Option dieses Produkts",
	"Only a draft publishes itself": "Nur ein Entwurf stellt sich von selbst ein",
	"Too far ahead": "Zu weit voraus",
	"Too long ago": "Zu lange her"
};
const BOUND = /^At (least|most) (\d+) characters$/;

/** The same in the page's language; words that are new here stand as they are. */
export function inWords(message: string): string {
	if (locale.value === "en") return message;
	const bound = BOUND.exec(message);
	if (bound) return `${bound[1] === "least" ? "Mindestens" : "Höchstens"} ${bound[2]} Zeichen`;
	const stripped = message.replace(/\.$/, "");
	return GERMAN[stripped] ?? message;
}
