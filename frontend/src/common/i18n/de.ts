import type en from "./en";

export default {
	live: {
		live: "Live",
		connecting: "Verbinde",
		stale: "Nicht live seit {ago}",
		offline: "Du bist offline",
		liveHelp: "Bestand, Preise und Bestellungen auf dieser Seite stimmen genau jetzt.",
		staleHelp:
			"Die Live-Verbindung ist weg. Wir fragen alle paar Sekunden nach und holen von selbst auf.",
		offlineHelp: "Dein Gerät hat keine Verbindung. Was du siehst, ist {ago} alt.",
		seconds: "{n} s",
		minutes: "{n} min"
	},
	common: {
		retry: "Noch einmal",
		opening: "Der Shop ist nicht zu erreichen. Die Seite öffnet sich von selbst, sobald es geht.",
		retrying: "Wir versuchen es von selbst wieder.",
		close: "Schließen",
		cancel: "Abbrechen",
		save: "Speichern",
		saved: "Gespeichert",
		edit: "Ändern",
		remove: "Entfernen",
		back: "Zurück",
		loading: "Lädt",
		more: "Mehr zeigen",
		skip: "Zum Inhalt",
		language: "Sprache",
		dark: "Dunkle Farben",
		light: "Helle Farben",
		requestId: "Kennung {id}",
		optional: "freiwillig",
		showPassword: "Passwort zeigen",
		hidePassword: "Passwort verbergen"
	},
	notifications: {
		title: "Nachrichten",
		open: "Nachrichten, {n} ungelesen",
		none: "Nichts Neues",
		noneHelp: "Hier erfährst du von Bestellungen, Paketen und Beständen.",
		readAll: "Alle gelesen",
		unread: "ungelesen"
	},
	stock: {
		left: "Noch {n}",
		inStock: "Vorrätig",
		out: "Ausverkauft",
		held: "{n} für andere zurückgelegt | {n} für andere zurückgelegt",
		mayReturn: "vielleicht wieder frei",
		back: "Wieder da",
		saidOut: "{title} ist jetzt ausverkauft",
		saidBack: "{title} ist wieder da"
	},
	status: {
		pending: "Wird aufgegeben",
		reserved: "Wartet auf Zahlung",
		paying: "Zahlung läuft",
		paid: "Bezahlt",
		rejected: "Nicht aufgegeben",
		expired: "Abgelaufen",
		cancelled: "Storniert",
		refunded: "Erstattet"
	},
	parcel: {
		unfulfilled: "In Vorbereitung",
		partly: "Zum Teil unterwegs",
		shipped: "Unterwegs",
		delivered: "Zugestellt",
		cancelled: "Storniert",
		returned: "Zurückgeschickt"
	},
	problem: {
		OFFLINE: "Der Shop ist nicht zu erreichen. Prüfe deine Verbindung; geändert wurde nichts.",
		BAD_REQUEST: "Das hat der Shop nicht verstanden. Lade die Seite neu.",
		IDEMPOTENCY_KEY_REQUIRED: "Das hat der Shop nicht verstanden. Lade die Seite neu.",
		UNAUTHORIZED: "Melde dich zuerst an.",
		INVALID_CREDENTIALS: "E-Mail-Adresse oder Passwort ist falsch.",
		TOKEN_EXPIRED: "Deine Sitzung ist abgelaufen. Melde dich neu an; dein Warenkorb bleibt.",
		TOKEN_REUSED:
			"Zur Sicherheit wurde die Sitzung beendet. Melde dich neu an; dein Warenkorb bleibt.",
		PAYMENT_DECLINED:
			"Die Zahlung wurde abgelehnt. Es wurde nichts abgebucht, und deine Artikel bleiben zurückgelegt: zahle auf anderem Weg.",
		FORBIDDEN: "Dein Konto darf das nicht.",
		ORIGIN_NOT_ALLOWED: "Anfragen von dieser Seite werden nicht angenommen.",
		NOT_FOUND: "Das gibt es hier nicht mehr.",
		METHOD_NOT_ALLOWED: "Das hat der Shop nicht verstanden. Lade die Seite neu.",
		OUT_OF_STOCK: "Davon ist nicht mehr genug da. Es wurde nichts abgebucht.",
		PRICE_CHANGED:
			"Ein Preis hat sich geändert. Es wurde nichts abgebucht: sieh erst die neue Summe an.",
		EMAIL_TAKEN: "Mit dieser Adresse gibt es ein Konto. Melde dich an oder setze das Passwort neu.",
		SKU_TAKEN: "Diese SKU ist vergeben.",
		IDEMPOTENCY_IN_PROGRESS: "Daran wird schon gearbeitet. Einen Moment.",
		INVALID_STATE: "Das geht nicht mehr: inzwischen hat sich etwas geändert.",
		VERSION_CONFLICT: "Das hat inzwischen jemand anders geändert. Sieh den neuen Stand an.",
		PAYLOAD_TOO_LARGE: "Das ist zu groß.",
		UNSUPPORTED_MEDIA_TYPE: "Diese Art Datei wird nicht angenommen.",
		VALIDATION_FAILED: "Einige Felder stimmen noch nicht.",
		IDEMPOTENCY_KEY_REUSED:
			"Die Bestellung hat sich geändert, seit sie gesendet wurde. Sende sie neu.",
		TOO_MANY_REQUESTS: "Das war zu schnell. Warte einen Moment.",
		TOO_MANY_OPEN_ORDERS:
			"Du hast mehrere unbezahlte Bestellungen. Bezahle oder storniere zuerst eine.",
		INTERNAL_ERROR: "Bei uns ging etwas schief. Versuche es gleich noch einmal.",
		SERVICE_UNAVAILABLE: "Dieser Teil des Shops ist gerade nicht da.",
		STORAGE_UNAVAILABLE:
			"Gerade kann nichts gespeichert werden. Geändert und abgebucht wurde nichts.",
		CHECKOUT_PENDING:
			"An deiner Bestellung wird gearbeitet. Frag ruhig noch einmal: doppelt bestellst du nicht.",
		TIMEOUT: "Das dauerte zu lange. Du kannst gefahrlos noch einmal fragen."
	}
} satisfies typeof en;
