import type { RouteRecordRaw } from "vue-router";
import GridPage from "./pages/GridPage.vue";

const login = () => import("./pages/LoginPage.vue");

/** The grid comes with the first load, every other page when it is asked for. */
export const routes: RouteRecordRaw[] = [
	{ path: "/", name: "home", component: GridPage },
	{
		path: "/c/:path+",
		redirect: ({ params }) => ({ path: "/", query: { category: [params.path].flat().join("/") } })
	},
	{
		path: "/p/:slug",
		name: "product",
		props: true,
		component: () => import("./pages/ProductPage.vue")
	},
	{
		path: "/preview/:slug",
		name: "preview",
		props: ({ params }) => ({ slug: params.slug, preview: true }),
		meta: { signedIn: true },
		component: () => import("./pages/ProductPage.vue")
	},
	{
		path: "/cart",
		name: "cart",
		meta: { title: "title.cart" },
		component: () => import("./pages/CartPage.vue")
	},
	{
		path: "/checkout",
		name: "checkout",
		meta: { title: "title.checkout" },
		component: () => import("./pages/CheckoutPage.vue")
	},
	{
		path: "/checkout/:id",
		name: "pay",
		props: true,
		meta: { title: "title.checkout", signedIn: true },
		component: () => import("./pages/PayPage.vue")
	},
	{
		path: "/orders",
		name: "orders",
		meta: { title: "title.orders", signedIn: true },
		component: () => import("./pages/OrdersPage.vue")
	},
	{
		path: "/orders/:id",
		name: "order",
		props: true,
		meta: { title: "title.order", signedIn: true },
		component: () => import("./pages/OrderPage.vue")
	},
	{
		path: "/account",
		name: "account",
		meta: { title: "title.account", signedIn: true },
		component: () => import("./pages/AccountPage.vue")
	},
	{ path: "/login", name: "login", meta: { title: "title.login" }, component: login },
	{ path: "/register", name: "register", meta: { title: "title.register" }, component: login },
	{
		path: "/forgot",
		name: "forgot",
		meta: { title: "title.forgot" },
		component: () => import("./pages/ForgotPage.vue")
	},
	{
		path: "/reset",
		name: "reset",
		meta: { title: "title.reset" },
		component: () => import("./pages/ResetPage.vue")
	},
	{
		path: "/verify",
		name: "verify",
		meta: { title: "title.verify" },
		component: () => import("./pages/VerifyPage.vue")
	},
	{
		path: "/:rest(.*)*",
		name: "missing",
		meta: { title: "title.missing" },
		component: () => import("./pages/MissingPage.vue")
	}
];
