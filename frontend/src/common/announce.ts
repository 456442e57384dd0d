import { ref } from "vue";

/** What the page's polite live region says. Only for what the visitor must know: sold out, back, cart, countdown. */
export const announced = ref("");
let clearing: ReturnType<typeof setTimeout> | undefined;

export function announce(text: string): void {
	clearTimeout(clearing);
	announced.value = text;
	clearing = setTimeout(() => (announced.value = ""), 5000);
}
