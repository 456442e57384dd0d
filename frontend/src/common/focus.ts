/** What lies over the page for a while: nobody is sent back into it. */
const COVER = "[role=dialog], [role=menu], [role=listbox]";
/** Where toasts are shown: with the last of them gone, it has the focus and nothing else. */
const TOASTS = "ol[data-slot=viewport]";
const NOWHERE = `body, ${TOASTS}:not(:has(li))`;
const KEPT = 8;

interface Place {
	element: HTMLElement;
	/** Of an element in a row: its list, and where the row is in it. */
	list?: Element;
	id?: string;
	index: number;
}
/** Where the focus has been on the page, the last one at the end. */
let trail: Place[] = [];
let last: HTMLElement | undefined;
let wasDisabled = false;

function placeOf(element: HTMLElement): Place {
	const row = element.closest<HTMLElement>("[role=row]");
	const list = row?.parentElement;
	if (!row || !list) return { element, index: -1 };
	return { element, list, id: row.dataset.id, index: [...list.children].indexOf(row) };
}
/** What is there in its stead: the element itself, its row, or the row that has taken the row's place. */
function* heirsOf({ element, list, id, index }: Place): Generator<Element | null | undefined> {
	yield element;
	if (!list?.isConnected) return;
	const rows = [...list.children];
	const same = id && rows.find(row => row instanceof HTMLElement && row.dataset.id === id);
	const row = same || rows[Math.min(index, rows.length - 1)];
	yield row?.querySelector("[data-row]");
}
function take(element: Element | null | undefined): boolean {
	if (!(element instanceof HTMLElement) || !element.isConnected) return false;
	element.focus();
	return document.activeElement === element;
}
/** What is disabled loses the focus as well: it has it again once it is of use. */
const isLost = () =>
	(document.activeElement?.matches(NOWHERE) ?? true) &&
	last !== undefined &&
	(!last.isConnected || (wasDisabled && !last.matches(":disabled")));

/** Whoever knows better where to go on has done so by now. */
function goOn() {
	if (!isLost() || take(last)) return;
	for (const place of trail.toReversed()) for (const heir of heirsOf(place)) if (take(heir)) return;
	document.getElementById("content")?.focus({ preventScroll: true });
}

/** Keeps the keyboard's place: where what had the focus goes away, be it a dialog, a button or a row, its heir has it. */
export function keepFocus(): void {
	document.addEventListener("focusin", ({ target }) => {
		if (!(target instanceof HTMLElement) || target.matches(TOASTS)) return;
		last = target;
		wasDisabled = false;
		if (!target.closest(COVER)) trail = [...trail.slice(1 - KEPT), placeOf(target)];
	});
	// who points elsewhere has left the place
	document.addEventListener(
		"pointerdown",
		({ target }) => {
			if (target instanceof Element && !target.closest(COVER)) last = undefined;
		},
		true
	);
	new MutationObserver(() => {
		if (isLost()) setTimeout(goOn);
		else wasDisabled ||= last?.matches(":disabled") === true;
	}).observe(document.body, {
		childList: true,
		subtree: true,
		attributeFilter: ["disabled"]
	});
}

const FIELD = ":is(input:not([type=radio]), input:checked, select, textarea):not(:disabled)";
/** A dialog opens at the element that asks for it, or at its first field, and not at the button that closes it. */
function openAtField(event: Event): void {
	if (!(event.target instanceof HTMLElement)) return;
	const dialog = event.target;
	const first =
		dialog.querySelector<HTMLElement>("[autofocus]") ?? dialog.querySelector<HTMLElement>(FIELD);
	if (!first) return;
	event.preventDefault();
	first.focus();
	if (first instanceof HTMLInputElement) first.select();
}
/** The `content` of a dialog in which something is asked. */
export const opensAtField = { onOpenAutoFocus: openAtField };
