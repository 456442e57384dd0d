import { onScopeDispose, ref, type Ref } from "vue";

/** What a key does; `false` says that it does nothing here and now. */
type Shortcuts = Record<string, () => unknown>;

const KEY = "commercify.shortcuts";
const PATIENCE = 900;
const layers: Shortcuts[] = [];
let before = "";
let timer: ReturnType<typeof setTimeout> | undefined;

/** Single letters get in the way of some: speech input, for one. So they can be switched off. */
export const shortcutsOn = ref(localStorage.getItem(KEY) !== "off");
export function switchShortcuts(on: boolean): void {
	shortcutsOn.value = on;
	localStorage.setItem(KEY, on ? "on" : "off");
}

const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]";
const isTyping = ({ target }: Event) => target instanceof HTMLElement && target.matches(FIELDS);
const COVER = ":is([role=dialog], [role=menu]):not([data-state=closed])";
const isCovered = () => document.querySelector(COVER) !== null;

function press(event: KeyboardEvent) {
	if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
	if (isTyping(event) || isCovered() || (!shortcutsOn.value && event.key.length === 1)) return;
	const keys = before ? `${before} ${event.key}` : event.key;
	before = "";
	clearTimeout(timer);
	for (const layer of layers.toReversed()) {
		const action = layer[keys];
		if (!action || action() === false) continue;
		return event.preventDefault();
	}
	if (layers.some(layer => Object.keys(layer).some(name => name.startsWith(`${keys} `)))) {
		before = keys;
		timer = setTimeout(() => (before = ""), PATIENCE);
	}
}
window.addEventListener("keydown", press);

/** Keys, or two after one another ("g p"), that work while the component lives; the youngest goes first. */
export function useShortcuts(shortcuts: Shortcuts): void {
	layers.push(shortcuts);
	onScopeDispose(() => layers.splice(layers.indexOf(shortcuts), 1));
}

/** `j` and `k`, and the arrows once a row has the focus, go from row to row: the elements with `data-row`. */
export function useRowKeys(list: Ref<HTMLElement | null>): void {
	function move(by: 1 | -1, from?: "inside") {
		const rows = [...(list.value?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
		const at = rows.findIndex(row => row === document.activeElement);
		const next = rows[Math.max(0, at + by)];
		if (!next || (from && at < 0)) return false;
		next.focus();
		next.scrollIntoView({ block: "nearest" });
		return true;
	}
	useShortcuts({
		j: () => move(1),
		k: () => move(-1),
		ArrowDown: () => move(1, "inside"),
		ArrowUp: () => move(-1, "inside")
	});
}

/** `/` goes to the page's search field. */
export function useSearchKey(field: Ref<{ inputRef?: HTMLInputElement | null } | null>): void {
	useShortcuts({
		"/": () => {
			const input = field.value?.inputRef;
			input?.focus();
			input?.select();
			return input != null;
		}
	});
}
