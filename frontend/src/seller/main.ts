import { startApp } from "@common/app";
import App from "./App.vue";
import de from "./i18n/de";
import en from "./i18n/en";
import { routes } from "./router";
import "./seller.css";

void startApp({
	root: App,
	base: "/seller",
	name: "Commercify for sellers",
	routes,
	words: { en, de }
});
