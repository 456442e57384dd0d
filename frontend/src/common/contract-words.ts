import { locale } from "./format";

/** What the contract and the services say of a field, by their own words. */
const GERMAN: Readonly<Record<string, string>> = {
	"Fill this in": "Bitte ausfüllen",
	"A number, please": "Bitte eine Zahl",
	"Please check this": "Bitte prüfen",
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
	"Too long ago": "Zu lange her",
	"Not expected here": "Hier nicht vorgesehen",
	"Not an id": "Keine Kennung",
	"Not an id or slug": "Keine Kennung und kein Adressname",
	"A /media/ or https:// address": "Eine Adresse mit /media/ oder https://",
	"1 to 200 printable characters": "1 bis 200 druckbare Zeichen",
	"1 to 40 characters, without . and $": "1 bis 40 Zeichen, ohne . und $",
	"At most 100 SKUs, by comma": "Höchstens 100 SKUs, durch Kommas getrennt",
	"Either set or percent": "Entweder ein Preis oder Prozente",
	"Either delta or set": "Entweder eine Änderung oder ein Bestand",
	"Either ids or filter": "Entweder eine Auswahl oder ein Filter",
	"Either by status, by fulfilment, or by words":
		"Entweder nach Status, nach Versandstand oder nach Wörtern",
	"Must be after `from`": "Muss nach dem Anfang liegen",
	"Only a seller's account has a shop": "Einen Laden hat nur ein Händlerkonto",
	"In use": "Schon vergeben",
	"There is no such SKU": "Diese SKU gibt es nicht",
	"There is no such coupon": "Diesen Gutschein gibt es nicht",
	"That is more than one order can be worth": "Mehr, als eine Bestellung wert sein kann",
	"{} is in use": "{} ist schon vergeben",
	"Only {} can be taken away": "Nur {} können weggenommen werden",
	"The total is {}": "Die Summe ist {}",
	"At least {} characters": "Mindestens {} Zeichen",
	"At most {} characters": "Höchstens {} Zeichen",
	"At least {} entries": "Mindestens {} Einträge",
	"At most {} entries": "Höchstens {} Einträge",
	"At most {} addresses: remove one first": "Höchstens {} Adressen: bitte zuerst eine entfernen",
	"At most {} days, and as many steps": "Höchstens {} Tage und ebenso viele Schritte",
	"A cart holds at most {} different items":
		"In einen Warenkorb passen höchstens {} verschiedene Artikel",
	"Finds more than {} products": "Findet mehr als {} Produkte",
	"At most {} of a SKU": "Höchstens {} Stück einer SKU",
	"At most {} of {}": "Höchstens {} bei {}",
	"At most {}": "Höchstens {}",
	"At least {}": "Mindestens {}",
	"{} of {} are left to ship": "{} Stück von {} sind noch zu versenden",
	"{} of {} can be given back": "{} Stück von {} können erstattet werden",
	"{} of {} can be sent back": "{} Stück von {} können zurückgeschickt werden",
	"{} of {} were to come back": "{} Stück von {} sollten zurückkommen"
};
const TEMPLATES = Object.keys(GERMAN)
	.filter(words => words.includes("{}"))
	.map(words => {
		const pattern = words.split("{}").map(part => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
		return [new RegExp(`^${pattern.join("(.+?)")}$`), GERMAN[words]!] as const;
	});

/** The same in the page's language; words that are new here stand as they are. */
export function inWords(message: string): string {
	if (locale.value === "en") return message;
	const known = GERMAN[message.replace(/\.$/, "")];
	if (known) return known;
	for (const [pattern, german] of TEMPLATES) {
		const parts = pattern.exec(message)?.slice(1);
		if (parts) return german.replaceAll("{}", () => parts.shift()!);
	}
	return message;
}
