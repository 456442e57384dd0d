import { resolve } from "node:path";
import { defineConfig } from "vite";
import { precompress } from "./precompress";

const root = __dirname;
/** Behind a dialog. */
const VEIL = "bg-[#1d1a17]/45 backdrop-blur-[2px]";
const { PORT = "8080", RELAY_PORT = "8081", VITE_API_URL = "", VITE_WS_URL = "" } = process.env;

// The plugins are ES modules only, this repository is CommonJS: hence the late imports.
export default defineConfig(async () => {
	const { default: vue } = await import("@vitejs/plugin-vue");
	const { default: ui } = await import("@nuxt/ui/vite");
	return {
		root,
		define: {
			__API_URL__: JSON.stringify(VITE_API_URL),
			__WS_URL__: JSON.stringify(VITE_WS_URL),
			__VUE_I18N_LEGACY_API__: false,
			__INTLIFY_PROD_DEVTOOLS__: false
		},
		resolve: {
			alias: {
				"@shared": resolve(root, "../services/shared"),
				"@common": resolve(root, "src/common")
			}
		},
		plugins: [
			vue(),
			ui({
				colorMode: false,
				autoImport: false,
				experimental: { componentDetection: true },
				components: { dirs: [], dts: resolve(root, "components.d.ts") },
				icon: { clientBundle: { scan: { globInclude: ["src/**/*.{vue,ts}"] }, sizeLimitKb: 64 } },
				ui: {
					colors: { primary: "accent", neutral: "stone" },
					modal: {
						slots: { content: "bg-elevated", title: "text-base", wrapper: "min-w-0 pr-8" },
						variants: { overlay: { true: { overlay: VEIL } } }
					},
					slideover: {
						slots: {
							overlay: VEIL,
							content: "bg-elevated",
							title: "text-base",
							wrapper: "min-w-0 pr-8"
						}
					},
					formField: { slots: { help: "mt-1 text-xs text-muted" } },
					button: {
						slots: { base: "font-semibold cursor-pointer active:translate-y-px" },
						// what is pointed at is read as well as the rest
						compoundVariants: [
							{
								color: "primary",
								variant: "solid",
								class: "hover:bg-primary/90 active:bg-primary/90"
							},
							{ color: "error", variant: "solid", class: "hover:bg-error/90 active:bg-error/90" }
						],
						defaultVariants: { size: "md" }
					}
				}
			}),
			{
				name: "seller-page",
				configureServer(server) {
					server.middlewares.use((request, _response, next) => {
						if (/^\/seller(\/[^.]*)?($|\?)/.test(request.url ?? "")) request.url = "/seller.html";
						next();
					});
				}
			},
			precompress()
		],
		build: {
			outDir: resolve(root, "../dist/web"),
			emptyOutDir: true,
			rolldownOptions: {
				input: { storefront: resolve(root, "index.html"), seller: resolve(root, "seller.html") }
			}
		},
		server: {
			port: 5173,
			proxy: {
				// the page's own address stays its own: a changed Host would make it another site's
				"/api": { target: `http://localhost:${PORT}`, changeOrigin: false },
				"/media": `http://localhost:${PORT}`,
				"/socket.io": { target: `http://localhost:${RELAY_PORT}`, ws: true }
			}
		}
	};
});
