// Every picture of the demo store by its file's name: what stands where, and on which ground.
import * as cloth from "./cloth";
import * as goods from "./goods";
import * as home from "./home";
import { at, type Kit, light, scene, type Stage, type Tone, twig } from "./kit";
import * as vessel from "./vessels";

/** The store's own colour card. */
const C = {
	oat: "#e6d9c3",
	chalk: "#f2eee6",
	cream: "#efe3c8",
	sea: "#5d8a94",
	sky: "#9dbbcb",
	clay: "#b8674a",
	terracotta: "#c4714f",
	rust: "#a9502f",
	rose: "#d7a39a",
	ink: "#2b3a4e",
	navy: "#2f4162",
	charcoal: "#3f4043",
	moss: "#6f7d55",
	sage: "#a3b096",
	forest: "#2f5446",
	mustard: "#d39f3a",
	camel: "#c9a27e",
	sand: "#cdb389",
	red: "#b5443a",
	blue: "#4f7ea0",
	oak: "#c99a63",
	smoked: "#6b4c38",
	walnut: "#7a5137",
	beech: "#dcb98a",
	cherry: "#b0744b",
	maple: "#e3c79a",
	brass: "#c79b4b",
	copper: "#c0754f",
	steel: "#b4b6b8",
	tan: "#9c6a3e",
	coffee: "#6b3d22",
	latte: "#c79a6f",
	tea: "#a8602c",
	celadon: "#a9bfae",
	wax: "#e3b566",
	kraft: "#c9a678",
	honey: "#d98a1f",
	chestnut: "#8f4a1c",
	apricot: "#e08a2e"
} as const;

type Draw = (k: Kit) => string;
type View = readonly [x: number, y: number, scale: number];
interface Picture {
	tone: Tone;
	stage: Stage;
	draw: Draw;
	view?: View;
}

/** One thing, standing. */
const stand = (tone: Tone, stage: Stage, scale: number, draw: Draw, y = 950, x = 590): Picture => ({
	tone,
	stage,
	draw: k => at(x, y, draw(k), scale)
});
/** One thing, lying or hanging. */
const lie = (tone: Tone, scale: number, draw: Draw, turn = 0, stage: Stage = "flat"): Picture => ({
	tone,
	stage,
	draw: k => at(600, 600, draw(k), scale, turn)
});
/** Several things; later ones stand in front. */
type Item = readonly [x: number, y: number, scale: number, draw: Draw, turn?: number];
const group = (tone: Tone, stage: Stage, ...items: Item[]): Picture => ({
	tone,
	stage,
	draw: k => items.map(([x, y, scale, draw, turn]) => at(x, y, draw(k), scale, turn)).join("")
});
const close = (
	picture: Picture,
	x: number,
	y: number,
	scale: number,
	tone = picture.tone
): Picture => ({ ...picture, tone, view: [x, y, scale] });

const tidal =
	(c: string, drink = ""): Draw =>
	k =>
		vessel.mug(k, { c, speckles: true }, 300, 150, drink);
const tall: Draw = k =>
	vessel.mug(k, { c: C.rose, raw: C.rose, inner: C.cream }, 390, 138, C.latte);
const espresso =
	(c: string): Draw =>
	k =>
		vessel.espresso(k, { c });
const teapot =
	(c: string): Draw =>
	k =>
		vessel.teapot(k, { c }, C.walnut);
const kettle =
	(c: string): Draw =>
	k =>
		vessel.kettle(k, c, C.tan);
const teaBowl =
	(c: string): Draw =>
	k =>
		vessel.bowl(k, { c, speckles: true }, 150, 160, C.tea);
const plate =
	(c: string): Draw =>
	k =>
		home.plate(k, c, 330, true);
const bowl: Draw = k => vessel.bowl(k, { c: C.clay, inner: "#d9a283" });
const board: Draw = k => home.board(k, C.oak);
const knife: Draw = k => home.knife(k, C.walnut);
const linen =
	(c: string, w: number, h: number): Draw =>
	k =>
		home.linenCloth(k, c, w, h);
const mill =
	(c: string, h = 470): Draw =>
	k =>
		vessel.mill(k, c, h);
const field: Draw = k => goods.coffeeBag(k, C.kraft, C.terracotta, "sun");
const ferry: Draw = k => goods.coffeeBag(k, C.ink, "#5f7391", "moon");
const sunday: Draw = k => goods.coffeeBag(k, C.rose, "#8d4d4b", "fig");
const beans =
	(count: number, w: number, h: number, seed = 4): Draw =>
	k =>
		goods.beans(k, count, w, h, seed);
const linden: Draw = k => vessel.jar(k, C.honey, "bee");
const chestnut: Draw = k => vessel.jar(k, C.chestnut, "leaf");
const jam: Draw = k => vessel.jar(k, C.apricot, "sun", "tin", 270);
const dipper: Draw = k => vessel.dipper(k);
const porcini =
	(c: string, lit = true): Draw =>
	k =>
		home.mushroomLamp(k, c, lit);
const pendant =
	(c: string): Draw =>
	k =>
		home.pendant(k, c);
const crane: Draw = k => home.taskLamp(k, C.oat);
const moon: Draw = k => home.lantern(k, "#f2e2c0");
const chair =
	(wood: string, seat: string): Draw =>
	k =>
		home.chair(k, wood, seat);
const stool: Draw = k => home.stool(k, C.oak, C.walnut);
const arcOat: Draw = k => cloth.cushion(k, C.oat, C.clay, "arc");
const arcSage: Draw = k => cloth.cushion(k, C.sage, C.ink, "arc");
const longneck: Draw = k => vessel.vase(k, "bottle", { c: C.chalk, raw: C.camel }, "olive");
const urn =
	(c: string): Draw =>
	k =>
		vessel.vase(k, "urn", { c }, "bloom");
const flute: Draw = k => vessel.vase(k, "column", { c: C.sky }, "reed", true);
const bud: Draw = k => vessel.vase(k, "bud", { c: C.mustard, speckles: true }, "olive");
const candle =
	(c: string, mark: vessel.Sign, ink: string): Draw =>
	k =>
		vessel.candle(k, c, mark, ink);
const pillar =
	(h: number): Draw =>
	k =>
		vessel.pillar(k, C.wax, h);
const pot =
	(c: string, plant: "rubber" | "snake" | "herb" | "none", glazed = false): Draw =>
	k =>
		vessel.pot(k, c, plant, glazed);
const can: Draw = k => vessel.wateringCan(k, C.forest);
const soap =
	(c: string, mark: vessel.Sign, wrap = "", ground = 1): Draw =>
	k =>
		home.soap(k, c, mark, wrap, ground);
const towels =
	(...colours: string[]): Draw =>
	k =>
		cloth.pile(k, colours, "waffle");
const wool =
	(...colours: string[]): Draw =>
	k =>
		cloth.pile(k, colours, "wool", 560);
const wear =
	(kind: cloth.Garment["kind"], c: string, stripe?: string): Draw =>
	k =>
		cloth.garment(k, { c, kind, stripe });
const scarf =
	(c: string, stripe: string): Draw =>
	k =>
		at(0, -30, cloth.scarf(k, c, stripe));
const beanie =
	(c: string): Draw =>
	k =>
		cloth.beanie(k, c);
const socks =
	(c: string, accent: string, striped = false): Draw =>
	k =>
		cloth.socks(k, c, accent, striped);
const watch =
	(dial: string): Draw =>
	k =>
		goods.watch(k, C.tan, dial);
const camp = (c: string, night: boolean): Picture => ({
	tone: night ? "dusk" : "sky",
	stage: "flat",
	draw: k => goods.hills(k, night) + at(610, 990, goods.tent(k, c, night), 1)
});
const enamel =
	(c: string, rim: string): Draw =>
	k =>
		vessel.enamel(k, c, rim);
const bottle =
	(c: string, h = 520): Draw =>
	k =>
		vessel.bottle(k, c, h);
const flask: Draw = k => vessel.bottle(k, C.rust, 520, true);
const bell =
	(c: string): Draw =>
	k =>
		goods.bell(k, c);
const pack =
	(c: string): Draw =>
	k =>
		cloth.backpack(k, c, C.tan);
const tote =
	(ink: string): Draw =>
	k =>
		cloth.tote(k, C.oat, ink);
const notebook =
	(c: string, accent: string, mark: vessel.Sign): Draw =>
	k =>
		goods.notebook(k, c, accent, mark);
const pocket =
	(c: string, accent: string): Draw =>
	k =>
		goods.pocketBook(k, c, accent);
const pencil =
	(c: string): Draw =>
	k =>
		goods.pencil(k, c);
const framed =
	(art: keyof typeof home.prints, wood: string): Draw =>
	k =>
		home.framed(k, art, wood);
const sheet =
	(art: keyof typeof home.prints): Draw =>
	k =>
		home.sheet(k, art);
const phones =
	(c: string, pad: string): Draw =>
	k =>
		goods.headphones(k, c, pad);
const speaker =
	(wood: string, front: string): Draw =>
	k =>
		goods.speaker(k, wood, front);
const radio =
	(c: string): Draw =>
	k =>
		goods.radio(k, c, C.walnut);
const car =
	(c: string): Draw =>
	k =>
		goods.toyCar(k, c, C.maple);
const rings: Draw = k =>
	goods.rings(k, [C.forest, C.sea, C.mustard, C.terracotta, C.rose], C.maple);
const boat: Draw = k => goods.boat(k, C.navy, C.chalk, C.maple);
const blocks: Draw = k =>
	goods.blocks(k, [C.terracotta, C.sea, C.mustard, C.forest, C.rose, C.maple, C.clay]);
const puzzle =
	(art: keyof typeof home.prints, c: string): Draw =>
	k =>
		goods.puzzleBox(k, home.prints[art], c);
const pieces =
	(...colours: string[]): Draw =>
	k =>
		colours
			.map((c, i) =>
				at(
					(i % 3) * 150 - 150 + ((i * 37) % 30),
					Math.floor(i / 3) * 150 - 150 + ((i * 53) % 34),
					goods.piece(k, c, (i * 67) % 360)
				)
			)
			.join("");
const tiles = [C.clay, C.sea, C.mustard, C.forest, C.rose, C.ink, C.oat];
const tangram =
	(solved: boolean): Draw =>
	k =>
		goods.tangram(
			k,
			solved ? tiles : [C.forest, C.sea, C.moss, C.walnut, C.mustard, C.ink, C.clay],
			solved
		);
const branch: Draw = k => twig(k, "#7b8a62", 420, 120, 7, 1.1);

const tidalSea = stand("sand", "arch", 1.75, tidal(C.sea, C.coffee), 960, 560);
const chalkPlate = lie("clay", 1.35, plate(C.chalk));
const sageShirt = lie("stone", 1.32, wear("shirt", C.sage));
const forestPack = stand("sand", "arch", 1.32, pack(C.forest), 1030);
const inkWatch = lie("stone", 1.06, watch(C.navy));

export const PICTURES: Record<string, Picture> = {
	"tidal-mug-sea": tidalSea,
	"tidal-mug-oat": stand("sage", "table", 1.75, tidal(C.oat, C.tea), 960, 560),
	"tidal-mug-clay": stand("sky", "disc", 1.75, tidal(C.clay, C.coffee), 960, 560),
	"tidal-mug-trio": group(
		"butter",
		"table",
		[270, 900, 1.25, tidal(C.clay)],
		[850, 890, 1.25, tidal(C.sea)],
		[540, 1050, 1.45, tidal(C.oat, C.coffee)]
	),
	"espresso-cup-chalk": stand("clay", "table", 2.2, espresso(C.chalk), 980),
	"espresso-cup-mustard": stand("teal", "arch", 2.2, espresso(C.mustard), 980),
	"espresso-cup-morning": group(
		"blush",
		"table",
		[800, 910, 1.2, field],
		[290, 930, 1.25, espresso(C.mustard)],
		[560, 1070, 1.5, espresso(C.chalk)]
	),
	"harbour-tall-mug": stand("sage", "disc", 1.65, tall, 980, 560),
	"harbour-tall-mug-desk": group(
		"sand",
		"table",
		[800, 905, 0.95, k => at(0, -320, goods.notebook(k, C.forest, C.mustard))],
		[430, 1020, 1.4, tall]
	),
	"teapot-ink": stand("clay", "table", 1.4, teapot(C.ink), 960, 610),
	"teapot-moss": stand("butter", "arch", 1.4, teapot(C.moss), 960, 610),
	"teapot-table": group(
		"teal",
		"table",
		[600, 1010, 1.35, linen(C.oat, 720, 250)],
		[560, 930, 1.1, teapot(C.ink)],
		[830, 1050, 0.95, teaBowl(C.clay)],
		[330, 1070, 0.95, teaBowl(C.celadon)]
	),
	"heron-kettle-charcoal": stand("stone", "arch", 1.5, kettle(C.charcoal), 980, 600),
	"heron-kettle-cream": stand("teal", "table", 1.5, kettle(C.cream), 980, 600),
	"heron-kettle-coffee": group(
		"sand",
		"table",
		[850, 900, 0.9, field],
		[440, 940, 1.15, kettle(C.charcoal)],
		[780, 1070, 0.95, tidal(C.oat, C.coffee)]
	),
	"tea-bowls": group(
		"sage",
		"disc",
		[370, 910, 1.65, teaBowl(C.clay)],
		[820, 1000, 1.75, teaBowl(C.celadon)]
	),
	"tea-bowls-close": close(
		group("clay", "table", [410, 850, 1.3, teaBowl(C.clay)], [720, 990, 1.5, teaBowl(C.celadon)]),
		650,
		800,
		1.75
	),
	"ripple-plate-chalk": chalkPlate,
	"ripple-plate-sage": lie("sand", 1.35, plate(C.sage)),
	"ripple-plate-ink": lie("blush", 1.35, plate(C.ink)),
	"ripple-plate-set": group(
		"sand",
		"flat",
		[560, 640, 1.5, linen(C.rose, 620, 640), 10],
		[440, 420, 0.98, plate(C.ink)],
		[780, 600, 0.98, plate(C.sage)],
		[460, 830, 0.98, plate(C.chalk)]
	),
	"everyday-bowl": stand("sky", "disc", 1.65, bowl, 980, 600),
	"everyday-bowl-nested": group(
		"butter",
		"table",
		[500, 920, 1.4, bowl],
		[830, 1040, 0.95, k => vessel.bowl(k, { c: C.clay, inner: "#d9a283" }, 240, 220, "#f2e6cf")]
	),
	"salad-bowl": stand("sage", "table", 1.55, k => vessel.woodBowl(k, C.cherry), 970),
	"salad-bowl-servers": group(
		"blush",
		"table",
		[500, 560, 1.05, k => home.spoon(k, C.maple, "spoon"), -16],
		[720, 570, 1.05, k => home.spoon(k, C.walnut, "slotted"), 20],
		[600, 960, 1.45, k => vessel.woodBowl(k, C.cherry)]
	),
	"oak-board": lie("sage", 1.42, board, 8),
	"oak-board-knife": group(
		"clay",
		"flat",
		[560, 620, 1.4, board, -14],
		[760, 640, 1.1, knife, 24],
		[210, 1060, 1.1, branch, 30]
	),
	"oak-board-grain": close(lie("sand", 1.42, board, 8), 470, 860, 2.3),
	"cook-knife": lie("teal", 1.5, k => at(0, 60, home.knife(k, C.walnut)), 38),
	"cook-knife-close": close(
		lie("stone", 1.3, k => at(0, 60, home.knife(k, C.walnut)), 38),
		480,
		730,
		2.4
	),
	"three-spoons": group(
		"blush",
		"flat",
		[330, 600, 1.35, k => home.spoon(k, C.maple, "spoon"), -7],
		[600, 620, 1.35, k => home.spoon(k, C.cherry, "slotted")],
		[870, 600, 1.35, k => home.spoon(k, C.walnut, "spatula"), 7]
	),
	"three-spoons-close": close(
		group(
			"sage",
			"flat",
			[420, 640, 1.3, k => home.spoon(k, C.maple, "spoon"), -12],
			[640, 650, 1.3, k => home.spoon(k, C.cherry, "slotted"), 3],
			[850, 640, 1.3, k => home.spoon(k, C.walnut, "spatula"), 14]
		),
		640,
		400,
		1.65
	),
	"chimney-mill-walnut": stand("butter", "arch", 1.8, mill(C.walnut), 1020),
	"chimney-mill-pair": group(
		"clay",
		"table",
		[450, 980, 1.6, mill(C.walnut)],
		[760, 1030, 1.35, mill(C.beech, 430)]
	),
	"coffee-morning-field": stand("sky", "table", 1.5, field, 1020),
	"coffee-morning-field-beans": group(
		"butter",
		"table",
		[440, 960, 1.3, field],
		[820, 1020, 1.25, espresso(C.chalk)],
		[420, 1090, 1, beans(26, 260, 46)]
	),
	"coffee-night-ferry": stand("clay", "table", 1.5, ferry, 1020),
	"coffee-night-ferry-cup": group(
		"lilac",
		"disc",
		[470, 970, 1.35, ferry],
		[830, 1060, 1.35, espresso(C.mustard)]
	),
	"coffee-slow-sunday": stand("sage", "table", 1.5, sunday, 1020),
	"coffee-shelf": group(
		"stone",
		"table",
		[250, 930, 1.02, field],
		[940, 930, 1.02, ferry],
		[590, 1020, 1.2, sunday],
		[860, 1070, 1, beans(14, 130, 34, 9)]
	),
	"honey-linden": group("butter", "arch", [540, 990, 1.9, linden], [870, 1060, 1.15, dipper, 28]),
	"honey-linden-close": close(stand("clay", "table", 1.9, linden, 990, 560), 560, 800, 1.8),
	"honey-chestnut": stand("sage", "disc", 1.9, chestnut, 990),
	"honey-pair": group("sky", "table", [370, 930, 1.6, linden], [820, 1000, 1.6, chestnut]),
	"jam-apricot": stand("blush", "table", 1.95, jam, 980),
	"jam-breakfast": group("sage", "table", [370, 930, 1.6, jam], [800, 1050, 1.25, bowl]),
	"porcini-lamp-terracotta": stand("plum", "table", 1.45, porcini(C.terracotta), 1000),
	"porcini-lamp-cream": stand("clay", "table", 1.45, porcini(C.cream), 1000),
	"porcini-lamp-forest": stand("sage", "arch", 1.45, porcini(C.forest), 1000),
	"porcini-lamp-evening": group(
		"dusk",
		"table",
		[760, 940, 1.2, porcini(C.terracotta)],
		[350, 1030, 0.95, bud]
	),
	"meridian-pendant-forest": stand("sand", "wall", 1.45, pendant(C.forest), 640),
	"meridian-pendant-mustard": stand("teal", "wall", 1.45, pendant(C.mustard), 640),
	"meridian-pendant-chalk": stand("clay", "wall", 1.45, pendant(C.chalk), 640),
	"meridian-pendant-row": group(
		"plum",
		"wall",
		[260, 440, 0.72, pendant(C.forest)],
		[620, 620, 0.8, pendant(C.chalk)],
		[960, 380, 0.72, pendant(C.mustard)]
	),
	"crane-lamp": stand("dusk", "table", 1.3, crane, 1030, 500),
	"crane-lamp-desk": group(
		"pine",
		"table",
		[
			800,
			1040,
			0.85,
			k => at(0, 0, `<g transform="scale(1 .32)">${goods.openBook(k, C.rust, C.mustard)}</g>`)
		],
		[400, 980, 1.05, crane]
	),
	"paper-moon": stand("clay", "table", 1.5, moon, 1040),
	"paper-moon-close": close(stand("dusk", "table", 1.5, moon, 1040), 640, 640, 1.8),
	"plain-chair-oak": stand("sky", "arch", 1.3, chair(C.oak, C.oat), 1090),
	"plain-chair-smoked": stand("clay", "table", 1.3, chair(C.smoked, "#d8c6a4"), 1090),
	"plain-chair-weave": close(stand("sage", "table", 1.3, chair(C.oak, C.oat), 1090), 590, 660, 2.1),
	"three-leg-stool": stand("sky", "table", 1.65, stool, 1060),
	"three-leg-stool-plant": group(
		"blush",
		"arch",
		[600, 1080, 1.25, stool],
		[590, 512, 0.62, pot(C.chalk, "herb", true)]
	),
	"arc-cushion-oat": lie("teal", 1.5, arcOat, -4),
	"arc-cushion-sage": lie("blush", 1.5, arcSage, 5),
	"arc-cushion-chair": group(
		"sand",
		"arch",
		[600, 1100, 1.3, chair(C.oak, C.oat)],
		[600, 500, 0.62, arcOat, 3]
	),
	"longneck-vase": stand("blush", "arch", 1.12, longneck, 1040),
	"longneck-vase-close": close(stand("teal", "table", 1.28, longneck, 1030), 600, 800, 2),
	"garden-urn-clay": stand("teal", "table", 1.17, urn(C.clay), 1040),
	"garden-urn-sea": stand("butter", "arch", 1.17, urn(C.sea), 1040),
	"flute-vase": stand("sand", "disc", 1.06, flute, 1040),
	"vase-trio": group(
		"sage",
		"table",
		[320, 930, 0.9, longneck],
		[860, 940, 0.88, flute],
		[590, 1060, 1.15, bud]
	),
	"night-candle-fig": stand("dusk", "table", 1.85, candle(C.oat, "fig", "#5d4a63"), 990),
	"night-candle-cedar": stand("sand", "table", 1.85, candle(C.forest, "leaf", C.forest), 990),
	"night-candle-salt": stand("sky", "arch", 1.85, candle(C.sea, "wave", C.sea), 990),
	"night-candle-trio": group(
		"plum",
		"table",
		[280, 910, 1.25, candle(C.forest, "leaf", C.forest)],
		[910, 920, 1.25, candle(C.sea, "wave", C.sea)],
		[590, 1060, 1.45, candle(C.oat, "fig", "#5d4a63")]
	),
	"beeswax-pillars": group(
		"plum",
		"table",
		[360, 960, 1.5, pillar(330)],
		[820, 970, 1.5, pillar(240)],
		[600, 1060, 1.5, pillar(150)]
	),
	"beeswax-pillars-close": close(
		group("pine", "table", [430, 960, 1.5, pillar(330)], [740, 1030, 1.5, pillar(220)]),
		600,
		600,
		1.7
	),
	"terrace-pot": stand("sand", "arch", 1.2, pot(C.terracotta, "rubber"), 1060),
	"terrace-pot-sizes": group(
		"sage",
		"table",
		[880, 940, 1.3, pot(C.terracotta, "herb")],
		[500, 990, 0.95, pot(C.terracotta, "snake")],
		[250, 1050, 0.66, pot(C.terracotta, "none")]
	),
	"studio-planter-forest": stand("sky", "table", 1.35, pot(C.forest, "snake", true), 1060),
	"studio-planter-chalk": stand("clay", "table", 1.6, pot(C.chalk, "herb", true), 1040),
	"studio-planter-window": group(
		"butter",
		"arch",
		[400, 980, 1.05, pot(C.forest, "snake", true)],
		[820, 1050, 1.1, pot(C.chalk, "herb", true)]
	),
	"watering-can": stand("butter", "table", 1.45, can, 1000, 640),
	"watering-can-plants": group(
		"blush",
		"table",
		[330, 930, 0.95, pot(C.terracotta, "herb")],
		[790, 1040, 1.05, can]
	),
	"soap-olive": stand("sand", "table", 1.9, soap("#a9b48c", "leaf"), 930),
	"soap-stack": group(
		"blush",
		"table",
		[590, 1010, 1.35, soap("#e9dcc4", "wave", C.sea)],
		[610, 790, 1.35, soap("#d9aaa0", "sun", C.chalk, 0)],
		[580, 570, 1.35, soap("#a9b48c", "leaf", C.oat, 0)]
	),
	"soap-rose": stand("teal", "table", 1.9, soap("#dba99f", "sun"), 930),
	"soap-rose-towel": group(
		"sky",
		"table",
		[600, 1030, 1.6, towels(C.chalk, C.sky)],
		[620, 722, 1.05, soap("#dba99f", "sun", C.chalk, 0)]
	),
	"waffle-towel-stack": stand("stone", "arch", 1.65, towels(C.chalk, C.sky, C.rose, C.chalk), 1010),
	"waffle-towel-chalk": group(
		"clay",
		"table",
		[600, 1020, 1.65, towels(C.chalk, C.chalk, C.chalk)],
		[610, 595, 0.95, soap("#a9b48c", "leaf", C.oat, 0)]
	),
	"waffle-towel-sky": stand("sand", "table", 1.65, towels(C.sky, light(C.sky, 0.2), C.sky), 990),
	"waffle-towel-rose": stand(
		"sage",
		"table",
		1.65,
		towels(C.rose, light(C.rose, 0.2), C.rose),
		990
	),
	"linen-shirt-sage": sageShirt,
	"linen-shirt-chalk": lie("clay", 1.32, wear("shirt", C.chalk)),
	"linen-shirt-ink": lie("sand", 1.32, wear("shirt", C.ink)),
	"linen-shirt-collar": close(sageShirt, 530, 330, 2.3),
	"field-overshirt": lie("sand", 1.32, wear("overshirt", C.moss)),
	"field-overshirt-detail": close(lie("butter", 1.32, wear("overshirt", C.moss)), 660, 440, 2.2),
	"stripe-tee-navy": lie("blush", 1.36, wear("tee", C.chalk, C.navy)),
	"stripe-tee-rust": lie("sage", 1.36, wear("tee", C.chalk, C.rust)),
	"stripe-tee-collar": close(lie("sky", 1.36, wear("tee", C.chalk, C.navy)), 600, 260, 2.1),
	"harvest-jumper-camel": lie("sky", 1.32, wear("sweater", C.camel)),
	"harvest-jumper-moss": lie("blush", 1.32, wear("sweater", C.moss)),
	"harvest-jumper-knit": close(lie("sage", 1.32, wear("sweater", C.camel)), 840, 930, 2.3),
	"long-walk-scarf-rust": lie("sage", 1.27, scarf(C.rust, C.chalk)),
	"long-walk-scarf-navy": lie("butter", 1.27, scarf(C.navy, C.oat)),
	"long-walk-scarf-fringe": close(lie("sand", 1.27, scarf(C.rust, C.chalk)), 560, 940, 2.2),
	"dockside-beanie-rust": lie("lilac", 1.55, beanie(C.rust)),
	"dockside-beanie-charcoal": lie("butter", 1.55, beanie(C.charcoal)),
	"dockside-beanie-mustard": lie("teal", 1.55, beanie(C.mustard)),
	"ladder-socks": lie("blush", 1.4, socks(C.sea, C.mustard, true)),
	"sock-drawer": group(
		"sand",
		"flat",
		[330, 600, 1.1, socks(C.sea, C.mustard, true)],
		[850, 620, 1.1, socks(C.forest, C.rust)]
	),
	"cabin-socks-oat": lie("sage", 1.4, socks(C.oat, C.rust)),
	"cabin-socks-forest": lie("butter", 1.4, socks(C.forest, C.mustard)),
	"halfday-watch-ink": inkWatch,
	"halfday-watch-forest": lie("sand", 1.06, watch(C.forest)),
	"halfday-watch-chalk": lie("teal", 1.06, watch("#e4dac6")),
	"halfday-watch-close": close(lie("clay", 1.06, watch(C.navy), -18), 610, 600, 2.3),
	"lowland-tent-mustard": camp(C.mustard, false),
	"lowland-tent-rust": camp(C.rust, false),
	"lowland-tent-night": camp(C.mustard, true),
	"camp-mug-navy": stand("sage", "table", 1.85, enamel(C.navy, "#1f2a3f"), 960, 560),
	"camp-mug-cream": stand("clay", "disc", 1.85, enamel(C.cream, C.ink), 960, 560),
	"camp-mug-red": stand("sky", "table", 1.85, enamel(C.red, "#5a2522"), 960, 560),
	"camp-mug-camp": {
		tone: "dusk",
		stage: "flat",
		draw: k =>
			goods.hills(k, true) +
			at(800, 860, goods.tent(k, C.rust, true), 0.6) +
			at(300, 1060, vessel.enamel(k, C.cream, C.ink), 1.1) +
			at(640, 1110, vessel.enamel(k, C.red, "#5a2522"), 1.1)
	},
	"hearth-blanket-rust": stand("sand", "table", 1.6, wool(C.rust, C.oat, C.rust), 1000),
	"hearth-blanket-forest": stand("blush", "arch", 1.6, wool(C.forest, C.oat, C.forest), 1000),
	"ridge-bottle-forest": stand("sage", "step", 1.45, bottle(C.forest), 950, 620),
	"ridge-bottle-sky": stand("butter", "step", 1.45, bottle(C.sky), 950, 620),
	"ridge-bottle-rose": stand("teal", "step", 1.45, bottle(C.rose), 950, 620),
	"ridge-bottle-trio": group(
		"clay",
		"table",
		[340, 950, 1.3, bottle(C.forest, 580)],
		[850, 960, 1.3, bottle(C.sky, 580)],
		[600, 1060, 1.3, bottle(C.rose, 460)]
	),
	"summit-flask": stand("sky", "disc", 1.5, flask, 1010),
	"summit-flask-hills": {
		tone: "sky",
		stage: "flat",
		draw: k =>
			goods.hills(k) +
			at(420, 1090, flask(k), 1.3) +
			at(820, 1120, vessel.enamel(k, C.navy, "#1f2a3f"), 0.95)
	},
	"bell-brass": stand("teal", "wall", 1.75, bell(C.brass), 640, 560),
	"bell-copper": stand("butter", "wall", 1.75, bell(C.copper), 640, 560),
	"bell-steel": stand("clay", "wall", 1.75, bell(C.steel), 640, 560),
	"carrier-pack-forest": forestPack,
	"carrier-pack-sand": stand("teal", "table", 1.32, pack(C.sand), 1030),
	"carrier-pack-navy": stand("blush", "table", 1.32, pack(C.navy), 1030),
	"carrier-pack-buckle": close(forestPack, 560, 420, 2.2),
	"dune-tote-clay": stand("sage", "table", 1.38, tote(C.clay), 1060),
	"dune-tote-sea": stand("blush", "arch", 1.38, tote(C.sea), 1060),
	"cloth-notebook-forest": lie("sage", 1.38, notebook(C.forest, C.mustard, "moon"), -5),
	"cloth-notebook-rust": lie("sky", 1.38, notebook(C.rust, C.oat, "sun"), 4),
	"cloth-notebook-ink": lie("butter", 1.38, notebook(C.ink, C.rose, "wave"), -4),
	"cloth-notebook-open": group(
		"sand",
		"flat",
		[570, 590, 1.22, k => goods.openBook(k, C.forest, C.mustard), -5],
		[960, 760, 1.25, pencil(C.clay), 24]
	),
	"pocket-trio": group(
		"sky",
		"flat",
		[360, 560, 1.25, pocket(C.clay, C.oat), -14],
		[830, 590, 1.25, pocket(C.navy, C.sky), 13],
		[600, 660, 1.3, pocket(C.moss, C.oat), -2]
	),
	"pocket-trio-desk": group(
		"clay",
		"flat",
		[520, 600, 1.75, pocket(C.navy, C.sky), -8],
		[900, 560, 1.4, pencil(C.mustard), 10],
		[1010, 620, 1.4, pencil(C.forest), 16]
	),
	"print-dunes": lie("teal", 1.28, framed("dunes", C.oak), 0, "wall"),
	"print-dunes-sheet": lie("sand", 1.28, sheet("dunes"), -4),
	"print-lake": lie("sand", 1.28, framed("lake", C.walnut), 0, "wall"),
	"print-wall": group(
		"blush",
		"wall",
		[330, 470, 0.78, framed("lake", C.walnut)],
		[850, 400, 0.6, framed("dunes", C.oak)],
		[840, 890, 0.5, framed("fruit", C.beech)],
		[400, 1330, 0.85, pot(C.forest, "snake", true)]
	),
	"print-fruit": lie("stone", 1.28, sheet("fruit"), 3),
	"print-fruit-framed": lie("sky", 1.28, framed("fruit", C.oak), 0, "wall"),
	"headphones-cream": stand("lilac", "disc", 1.62, phones(C.oat, C.tan), 1030),
	"headphones-charcoal": stand("butter", "table", 1.62, phones(C.charcoal, "#5b5654"), 1030),
	"headphones-forest": stand("blush", "arch", 1.62, phones(C.forest, C.tan), 1030),
	"headphones-close": close(
		stand("clay", "table", 1.62, phones(C.oat, C.tan), 1030),
		300,
		820,
		2.1
	),
	"speaker-oak": stand("sand", "arch", 1.5, speaker(C.oak, "#6b7076"), 1030),
	"speaker-walnut": stand("sky", "table", 1.5, speaker(C.walnut, "#c9bda6"), 1030),
	"speaker-shelf": group(
		"sage",
		"table",
		[420, 970, 1.15, speaker(C.oak, "#6b7076")],
		[830, 1030, 0.95, pot(C.chalk, "herb", true)]
	),
	"radio-sea": stand("butter", "table", 1.5, radio(C.sea), 980, 600),
	"radio-rust": stand("sage", "disc", 1.5, radio(C.rust), 980, 600),
	"radio-dial": close(stand("blush", "table", 1.5, radio(C.sea), 980, 600), 800, 720, 2.3),
	"toy-car-red": stand("butter", "table", 1.55, car(C.red), 970),
	"toy-car-blue": stand("blush", "disc", 1.55, car(C.blue), 970),
	"toy-car-blocks": group("sky", "table", [420, 950, 1.05, blocks], [790, 1070, 0.95, car(C.red)]),
	"stacking-rings": stand("blush", "table", 1.78, rings, 1070),
	"stacking-rings-close": close(stand("sky", "arch", 1.78, rings, 1070), 600, 760, 1.7),
	"sail-boat": stand("sky", "disc", 1.5, boat, 1050),
	"sail-boat-close": close(stand("butter", "table", 1.5, boat, 1050), 680, 640, 2),
	"town-blocks": stand("sage", "table", 1.5, blocks, 1060),
	"town-blocks-close": close(stand("butter", "table", 1.5, blocks, 1060), 560, 860, 2),
	"puzzle-lake": group(
		"sage",
		"flat",
		[560, 570, 1.38, puzzle("lake", "#2f4f5c"), -3],
		[960, 940, 1.15, k => goods.piece(k, "#7f9ba0", 20)],
		[1060, 760, 1.15, k => goods.piece(k, "#a9502f", -30)],
		[180, 1050, 1.15, k => goods.piece(k, "#4d6f78", 60)]
	),
	"puzzle-lake-pieces": lie(
		"sand",
		2.1,
		pieces(
			"#7f9ba0",
			"#4d6f78",
			"#9fb8b8",
			"#2f4f5c",
			"#a9502f",
			"#d6e0de",
			"#7f9ba0",
			"#f0e6d3",
			"#4d6f78"
		),
		6
	),
	"puzzle-dunes": group(
		"teal",
		"flat",
		[600, 570, 1.38, puzzle("dunes", "#8d4a3c"), 3],
		[190, 980, 1.15, k => goods.piece(k, "#e39f7c", -20)],
		[1040, 1020, 1.15, k => goods.piece(k, "#d9663f", 35)]
	),
	"puzzle-dunes-pieces": lie(
		"sky",
		2.1,
		pieces(
			"#d9663f",
			"#e39f7c",
			"#b8624a",
			"#f0bf9a",
			"#7d3f3f",
			"#d98d5f",
			"#f3d9b8",
			"#b8624a",
			"#d9663f"
		),
		-8
	),
	"tangram-tray": lie("sand", 1.32, tangram(true), -4),
	"tangram-tree": lie("stone", 1.22, tangram(false))
};

export const paint = ({ tone, stage, draw, view }: Picture): string =>
	scene(tone, stage, draw, view);
