import type { RouteRecordRaw } from "vue-router";

declare module "vue-router" {
	interface RouteMeta {
		/** Pages of one name are one component that stays, such as the editor of a new product once it is saved. */
		keep?: string;
	}
}

const editor = () => import("./pages/ProductPage.vue");
const door = () => import("./pages/DoorPage.vue");

export const routes: RouteRecordRaw[] = [
	{ path: "/login", name: "login", component: door, meta: { title: "title.login" } },
	{ path: "/register", name: "register", component: door, meta: { title: "title.register" } },
	{
		path: "/",
		name: "dashboard",
		component: () => import("./pages/DashboardPage.vue"),
		meta: { signedIn: true, title: "title.dashboard" }
	},
	{
		path: "/products",
		name: "products",
		component: () => import("./pages/ProductsPage.vue"),
		meta: { signedIn: true, title: "title.products" }
	},
	{
		path: "/products/new",
		name: "new-product",
		component: editor,
		meta: { signedIn: true, title: "title.newProduct", keep: "editor" }
	},
	{
		path: "/products/import",
		name: "import",
		component: () => import("./pages/ImportPage.vue"),
		meta: { signedIn: true, title: "title.import" }
	},
	{
		path: "/products/:id",
		name: "product",
		component: editor,
		meta: { signedIn: true, title: "title.product", keep: "editor" }
	},
	{
		path: "/stock",
		name: "stock",
		component: () => import("./pages/StockPage.vue"),
		meta: { signedIn: true, title: "title.stock" }
	},
	{
		path: "/orders",
		name: "orders",
		component: () => import("./pages/OrdersPage.vue"),
		meta: { signedIn: true, title: "title.orders" }
	},
	{
		path: "/orders/print",
		name: "print",
		component: () => import("./pages/PrintPage.vue"),
		meta: { signedIn: true, title: "title.print" }
	},
	{
		path: "/orders/:id",
		name: "order",
		component: () => import("./pages/OrderPage.vue"),
		meta: { signedIn: true, title: "title.order" }
	},
	{
		path: "/alerts",
		name: "alerts",
		component: () => import("./pages/AlertsPage.vue"),
		meta: { signedIn: true, title: "title.alerts" }
	},
	{
		path: "/:rest(.*)*",
		name: "missing",
		component: () => import("./pages/MissingPage.vue"),
		meta: { signedIn: true, title: "title.missing" }
	}
];
