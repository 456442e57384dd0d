import "./zod-without-eval";
import nuxtUi from "@nuxt/ui/vue-plugin";
import { createPinia } from "pinia";
import { createApp, watch, type Component } from "vue";
import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";
import { keepFocus } from "./focus";
import type { Locale } from "./format";
import { i18nOf, setLocale, type Messages } from "./i18n";
import { useSession } from "./session.store";
import { openWhenReachable } from "./reach";
import { startTheme } from "./theme";
import "./main.css";

declare module "vue-router" {
	interface RouteMeta {
		/** Only for those signed in; others sign in first and come back. */
		signedIn?: boolean;
		/** The page's title, a key of the app's words. */
		title?: string;
	}
}

interface App {
	root: Component;
	/** Where the app lives: "/" or "/seller". */
	base: string;
	/** Follows the page's own title. */
	name: string;
	routes: RouteRecordRaw[];
	words: Record<Locale, Messages>;
}

/** What both apps start alike: colours, language, session, router. */
export async function startApp({ root, base, name, routes, words }: App) {
	startTheme();
	const i18n = i18nOf(words);
	const router = createRouter({
		history: createWebHistory(base),
		routes,
		scrollBehavior: (to, from, saved) =>
			saved ?? (to.path === from.path ? undefined : to.hash ? { el: to.hash } : { top: 0 })
	});
	const app = createApp(root).use(createPinia()).use(router).use(i18n).use(nuxtUi);
	setLocale(i18n.global, i18n.global.locale.value as Locale);

	const session = useSession();
	const started = session.start();
	router.beforeEach(async to => {
		if (!to.meta.signedIn) return true;
		await started;
		return session.user ? true : { name: "login", query: { next: to.fullPath } };
	});
	openWhenReachable(router);
	router.afterEach(to => {
		document.title = to.meta.title ? `${i18n.global.t(to.meta.title)} · ${name}` : name;
	});
	// Signed out, perhaps in another tab: what was here is nobody's business any more.
	watch(
		() => session.user,
		user => {
			const { meta, fullPath } = router.currentRoute.value;
			if (!user && meta.signedIn) void router.replace({ name: "login", query: { next: fullPath } });
		}
	);
	keepFocus();
	app.mount("#app");
	return { app, router, session };
}
