import { api, ApiError } from "@common/api";
import { useForm } from "@common/form";
import { useLive } from "@common/live";
import { issuesOf } from "@shared/check";
import { catalogActions, type Product } from "@shared/catalog.contract";
import { computed, reactive, ref, shallowRef, watch } from "vue";
import { bodyOf, draftOf, emptyDraft, matrix, patchOf, printOf, type Draft } from "./draft";
import { differences, merged, type Choice } from "./merge";
import { newOperation } from "@common/new-operation";
import { usePictures } from "./pictures";

const creation = catalogActions["catalog.create"].params;
const update = catalogActions["catalog.update"].params;

/** The product in the editor: what it was, what is typed, and the way to the server. Nothing typed is ever lost to somebody else's change. */
export function useProductEditor() {
	/** As the server has it, as far as we know; none while it is new. */
	const base = shallowRef<Product>();
	const draft = reactive<Draft>(emptyDraft());
	const pictures = usePictures();
	const saved = ref(printOf(draft));
	const creating = useForm(creation);
	const updating = useForm(update);
	const form = computed(() => (base.value ? updating : creating));
	const saving = ref(false);
	/** What was asked to be made, and the name of that request. */
	let asked = "";
	let key = "";
	/** A newer state on the server that is not what we began with. */
	const theirs = shallowRef<Product>();
	/** Somebody has changed it while it was typed at here. */
	const isOvertaken = ref(false);

	const dirty = computed(
		() =>
			printOf(draft) !== saved.value ||
			pictures.unsent() ||
			pictures.changedList(base.value) !== undefined
	);
	watch(
		() => draft.options.map(({ name, values }) => [name, ...values]),
		() => (draft.variants = matrix(draft.options, draft.variants)),
		{ deep: true }
	);

	/** What has been put right is no longer marked. */
	watch(
		() => printOf(draft),
		() => {
			const { errors } = form.value;
			if (!Object.keys(errors.value).length) return;
			const { error } = base.value
				? update.safeParse({ ...bodyOf(draft), id: base.value.id, version: base.value.version })
				: creation.safeParse(bodyOf(draft));
			const wrong = new Set(error && issuesOf(error).map(({ path }) => path));
			errors.value = Object.fromEntries(
				Object.entries(errors.value).filter(([path]) => wrong.has(path))
			);
		}
	);

	function adopt(product: Product) {
		base.value = product;
		Object.assign(draft, draftOf(product));
		saved.value = printOf(draft);
		isOvertaken.value = false;
	}
	function open(product: Product) {
		adopt(product);
		pictures.take(product);
	}
	const load = (id: string) => api("GET /seller/products/:id", { path: { id } });

	/** Pictures wait for the product; their order is put right when all have arrived. */
	async function sendPictures(product: Product): Promise<{ product: Product; failed: number }> {
		const { id } = product;
		const { sent, failed } = await pictures.send(id);
		if (!sent) return { product, failed };
		const now = await load(id);
		const images = pictures.changedList(now);
		if (!images || images.length !== now.images.length) return { product: now, failed };
		const body = { version: now.version, images };
		return { product: await api("PATCH /catalog/products/:id", { path: { id }, body }), failed };
	}
	/** A second click, or a second try after an answer that got lost, makes nothing more. */
	function create(): Promise<Product | undefined> {
		const print = printOf(draft);
		if (print !== asked) [asked, key] = [print, newOperation()];
		return creating.submit(bodyOf(draft), body => api("POST /catalog/products", { body, key }));
	}
	function send(): Promise<Product | undefined> {
		const { value: before } = base;
		if (!before) return create();
		const images = pictures.changedList(before);
		const patch = { ...patchOf(draft, before), ...(images && { images }) };
		if (!Object.keys(patch).length) return Promise.resolve(before);
		const { id, version } = before;
		return updating.submit({ id, version, ...patch }, ({ id, ...body }) =>
			api("PATCH /catalog/products/:id", { path: { id }, body })
		);
	}

	/** The product as it is saved, and how many pictures didn't arrive; undefined if it was refused. */
	async function save(): Promise<{ product: Product; failed: number } | undefined> {
		if (saving.value) return undefined;
		saving.value = true;
		try {
			const product = await send();
			if (!product) {
				if (form.value.refusal.value?.code === "VERSION_CONFLICT") await compare();
				return undefined;
			}
			adopt(product);
			const done = await sendPictures(product);
			open(done.product);
			return done;
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			form.value.refusal.value = error;
			return undefined;
		} finally {
			saving.value = false;
		}
	}

	/** Fetches what the others have made of it, to be compared. */
	async function compare(): Promise<void> {
		theirs.value = await load(base.value!.id);
	}
	const changes = computed(() =>
		base.value && theirs.value ? differences(base.value, draft, theirs.value) : []
	);
	/** Goes on from their state with what is chosen of ours. */
	function settle(choices: ReadonlyMap<string, Choice>) {
		const now = theirs.value!;
		Object.assign(draft, merged(draft, now, choices));
		base.value = now;
		saved.value = printOf(draftOf(now));
		theirs.value = undefined;
		isOvertaken.value = false;
		updating.refusal.value = undefined;
		pictures.take(now);
	}

	const changedElsewhere = async ({ id, version }: { id: string; version: number }) => {
		if (saving.value || id !== base.value?.id || version <= base.value.version) return;
		if (dirty.value) isOvertaken.value = true;
		else
			await load(id).then(
				product => !dirty.value && !saving.value && open(product),
				() => (isOvertaken.value = true)
			);
	};
	useLive("product.updated", changedElsewhere);
	useLive("product.archived", changedElsewhere);

	return {
		base,
		draft,
		pictures,
		form,
		saving,
		dirty,
		theirs,
		changes,
		isOvertaken,
		open,
		load,
		save,
		compare,
		settle
	};
}
