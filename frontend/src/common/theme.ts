import { computed, ref, watchEffect } from "vue";

const KEY = "commercify.theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const prefersDark = ref(system.matches);
system.addEventListener("change", ({ matches }) => (prefersDark.value = matches));

const chosen = ref(localStorage.getItem(KEY));
/** Dark or light: as chosen here, else as the system says. */
export const isDark = computed({
	get: () => (chosen.value ? chosen.value === "dark" : prefersDark.value),
	set: dark => {
		chosen.value = dark ? "dark" : "light";
		localStorage.setItem(KEY, chosen.value);
	}
});

/** Keeps the page's class and its browser's frame in the chosen colours. */
export function startTheme(): void {
	watchEffect(() => {
		document.documentElement.classList.toggle("dark", isDark.value);
		document.documentElement.classList.toggle("light", !isDark.value);
		for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]'))
			meta.content = isDark.value ? "#171412" : "#faf7f1";
	});
}
