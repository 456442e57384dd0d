import { createI18n } from "vue-i18n";
import { locale, type Locale } from "../format";
import de from "./de";
import en from "./en";

const KEY = "commercify.locale";
export type Messages = { [key: string]: string | Messages };
export const LOCALES: Record<Locale, string> = { en: "English", de: "Deutsch" };

function first(): Locale {
	const wish = localStorage.getItem(KEY) ?? navigator.language.slice(0, 2);
	return wish === "de" ? "de" : "en";
}

/** The app's words laid over the common ones. */
export function i18nOf(own: Record<Locale, Messages>) {
	locale.value = first();
	return createI18n({
		legacy: false,
		locale: locale.value,
		fallbackLocale: "en",
		messages: { en: { ...en, ...own.en }, de: { ...de, ...own.de } }
	});
}

/** Changes the language of everything that is on the page, and remembers it. */
export function setLocale(i18n: { locale: { value: string } }, next: Locale): void {
	locale.value = i18n.locale.value = next;
	document.documentElement.lang = next;
	localStorage.setItem(KEY, next);
}
