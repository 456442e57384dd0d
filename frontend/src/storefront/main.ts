import { startApp } from "@common/app";
import App from "./App.vue";
import de from "./i18n/de";
import en from "./i18n/en";
import { routes } from "./router";

void startApp({ root: App, base: "/", name: "Commercify", routes, words: { en, de } });
