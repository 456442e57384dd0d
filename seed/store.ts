// The demo store: people, goods and words. All of it invented for Commercify.

export interface SeedPerson {
	email: string;
	name: string;
}
export interface SeedSeller extends SeedPerson {
	key: string;
	shopName: string;
}
export interface SeedAddress {
	name: string;
	line1: string;
	city: string;
	postalCode: string;
	country: string;
}
export interface SeedBuyer extends SeedPerson {
	address: SeedAddress;
}
export interface SeedVariant {
	sku: string;
	options: Record<string, string>;
	/** Cents of a euro. */
	price: number;
	compareAtPrice?: number;
	stock: number;
	lowStockThreshold?: number;
}
export interface SeedImage {
	file: string;
	alt: string;
}
export interface SeedReview {
	rating: 1 | 2 | 3 | 4 | 5;
	title: string;
	body: string;
	author: string;
}
export interface SeedProduct {
	key: string;
	seller: string;
	title: string;
	description: string;
	category: string;
	tags: string[];
	options: { name: string; values: string[] }[];
	variants: SeedVariant[];
	images: SeedImage[];
	reviews: SeedReview[];
}

export const DEMO_PASSWORD = "demo-shop-2026";

export const SELLERS: SeedSeller[] = [
	{ key: "oat-ember", email: "seller@demo.shop", name: "Nora Halvik", shopName: "Oat & Ember" },
	{ key: "loomfield", email: "ada@demo.shop", name: "Ada Brennick", shopName: "Loomfield" },
	{ key: "lantern-row", email: "jonas@demo.shop", name: "Jonas Terwald", shopName: "Lantern Row" },
	{ key: "fernway", email: "mirela@demo.shop", name: "Mirela Costin", shopName: "Fernway Supply" }
];

export const BUYERS: SeedBuyer[] = [
	{
		email: "buyer@demo.shop",
		name: "Ines Marlow",
		address: {
			name: "Ines Marlow",
			line1: "Lindenhof 14",
			city: "Leipzig",
			postalCode: "04109",
			country: "DE"
		}
	},
	{
		email: "tomas@demo.shop",
		name: "Tomás Verrier",
		address: {
			name: "Tomás Verrier",
			line1: "7 rue des Glycines",
			city: "Nantes",
			postalCode: "44000",
			country: "FR"
		}
	},
	{
		email: "greta@demo.shop",
		name: "Greta Oosterlee",
		address: {
			name: "Greta Oosterlee",
			line1: "Molenkade 52",
			city: "Utrecht",
			postalCode: "3511 AB",
			country: "NL"
		}
	}
];

export const ADMIN: SeedPerson = { email: "admin@demo.shop", name: "Sol Adeyinka" };

const v = (
	sku: string,
	price: number,
	stock: number,
	options: Record<string, string> = {},
	more: Pick<SeedVariant, "compareAtPrice" | "lowStockThreshold"> = {}
): SeedVariant => ({ sku, options, price, stock, ...more });
const img = (file: string, alt: string): SeedImage => ({ file: `${file}.svg`, alt });
const says = (
	rating: SeedReview["rating"],
	title: string,
	body: string,
	author: string
): SeedReview => ({ rating, title, body, author });

export const PRODUCTS: SeedProduct[] = [
	// ——— kitchen
	{
		key: "tidal-mug",
		seller: "oat-ember",
		title: "Tidal stoneware mug",
		category: "kitchen/mugs",
		tags: ["stoneware", "handmade", "dishwasher-safe"],
		description:
			"A straight-sided mug thrown in speckled stoneware, with a bare clay foot below the glaze line. Holds 350 ml, stands 10 cm tall, and the handle takes three fingers. Safe in the dishwasher and the microwave; the foot darkens a little with years of tea.",
		options: [{ name: "Colour", values: ["Sea", "Oat", "Clay"] }],
		variants: [
			v("tidal-mug-sea", 2400, 34, { Colour: "Sea" }),
			v("tidal-mug-oat", 2400, 3, { Colour: "Oat" }, { lowStockThreshold: 5 }),
			v("tidal-mug-clay", 2400, 18, { Colour: "Clay" })
		],
		images: [
			img("tidal-mug-sea", "Sea-blue speckled stoneware mug of coffee in front of an arch"),
			img("tidal-mug-oat", "The mug in oat glaze"),
			img("tidal-mug-clay", "The mug in clay red"),
			img("tidal-mug-trio", "All three colours side by side")
		],
		reviews: [
			says(
				5,
				"The one everyone reaches for",
				"Bought one, then three more because guests kept taking mine. The glaze line sits at a slightly different height on each, which I like.",
				"Ines M."
			),
			says(
				4,
				"Lovely, a touch heavy",
				"Full to the brim it is a two-handed mug for my mother. Keeps coffee warm though.",
				"Tomás V."
			),
			says(
				5,
				"Survives the dishwasher",
				"A year of daily washing and the glaze looks new.",
				"Greta O."
			)
		]
	},
	{
		key: "quarter-past-espresso-cup",
		seller: "oat-ember",
		title: "Quarter-past espresso cup",
		category: "kitchen/mugs",
		tags: ["porcelain", "coffee", "gift"],
		description:
			"A 75 ml porcelain cup with a curved wall that keeps the crema together, on a 13 cm saucer with room for a biscuit. Fired at 1280 °C and glazed inside and out. Sold as one cup with its saucer.",
		options: [{ name: "Colour", values: ["Chalk", "Mustard"] }],
		variants: [
			v("espresso-cup-chalk", 1950, 42, { Colour: "Chalk" }),
			v("espresso-cup-mustard", 1950, 11, { Colour: "Mustard" })
		],
		images: [
			img("espresso-cup-chalk", "White espresso cup on its saucer, filled"),
			img("espresso-cup-mustard", "Mustard espresso cup on its saucer"),
			img("espresso-cup-morning", "Two cups beside a bag of coffee")
		],
		reviews: [
			says(
				5,
				"Right size",
				"Fits under a small machine and the saucer does not slide.",
				"Ruben K."
			),
			says(
				3,
				"Handle is small",
				"Pretty, but my thumb does not fit. Fine for a quick shot.",
				"Greta O."
			)
		]
	},
	{
		key: "harbour-tall-mug",
		seller: "oat-ember",
		title: "Harbour tall mug",
		category: "kitchen/mugs",
		tags: ["stoneware", "latte"],
		description:
			"A 480 ml mug for milky coffee or soup at the desk, 13 cm tall with a narrow 9 cm base. Matte rose glaze outside, glossy cream within. Dishwasher safe on the upper rack.",
		options: [],
		variants: [v("harbour-tall-mug", 2800, 22)],
		images: [
			img("harbour-tall-mug", "Tall rose mug filled with milky coffee"),
			img("harbour-tall-mug-desk", "The mug beside a green notebook")
		],
		reviews: [
			says(
				4,
				"Big without being silly",
				"Takes a whole tin of soup. Matte outside picks up a pencil mark now and then, wipes off.",
				"Leonie P."
			)
		]
	},
	{
		key: "dark-water-teapot",
		seller: "oat-ember",
		title: "Dark Water teapot",
		category: "kitchen/teaware",
		tags: ["stoneware", "tea", "handmade"],
		description:
			"A round-bellied teapot in iron-dark glaze with a turned walnut knob. Holds 900 ml, about four cups, and has the strainer pierced straight into the wall behind the spout. Wash by hand and leave the lid off to dry.",
		options: [{ name: "Colour", values: ["Ink", "Moss"] }],
		variants: [
			v("dark-water-teapot-ink", 6800, 9, { Colour: "Ink" }),
			v("dark-water-teapot-moss", 6800, 2, { Colour: "Moss" }, { lowStockThreshold: 3 })
		],
		images: [
			img("teapot-ink", "Ink-dark round teapot with a walnut knob"),
			img("teapot-moss", "The teapot in moss green"),
			img("teapot-table", "The teapot with two tea bowls on a linen cloth")
		],
		reviews: [
			says(
				5,
				"Pours without a drip",
				"I have owned six teapots. This is the first that does not dribble down its chin.",
				"Aino S."
			),
			says(
				4,
				"Knob gets warm",
				"Not hot, but hold it with a finger. Otherwise perfect.",
				"Tomás V."
			)
		]
	},
	{
		key: "heron-kettle",
		seller: "oat-ember",
		title: "Heron pour-over kettle",
		category: "kitchen/teaware",
		tags: ["steel", "coffee", "induction"],
		description:
			"A 0.9 litre gooseneck kettle in powder-coated steel with a beech grip that stays cool. The thin spout pours a pencil-wide stream, slow enough for filter coffee. Works on gas, electric and induction; 24 cm tall.",
		options: [{ name: "Colour", values: ["Charcoal", "Cream"] }],
		variants: [
			v("heron-kettle-charcoal", 7900, 16, { Colour: "Charcoal" }),
			v("heron-kettle-cream", 7900, 0, { Colour: "Cream" }, { compareAtPrice: 8900 })
		],
		images: [
			img("heron-kettle-charcoal", "Charcoal gooseneck kettle with a wooden grip"),
			img("heron-kettle-cream", "The kettle in cream"),
			img("heron-kettle-coffee", "The kettle with a mug and a bag of coffee")
		],
		reviews: [
			says(
				5,
				"Steady hand not needed",
				"The spout does the work. My filter coffee finally tastes the same two days in a row.",
				"Milan D."
			),
			says(
				2,
				"Coating chipped",
				"Knocked it on the tap in week three and a spot the size of a lentil came off. Shop sent a touch-up pen, which was decent of them.",
				"Oskar L."
			),
			says(
				4,
				"Lid could be tighter",
				"Falls off if you tip it right over. Do not tip it right over.",
				"Ines M."
			)
		]
	},
	{
		key: "still-tea-bowls",
		seller: "oat-ember",
		title: "Still tea bowls, pair",
		category: "kitchen/teaware",
		tags: ["stoneware", "tea", "set"],
		description:
			"Two handleless bowls of 180 ml each, thrown thin at the lip and thick at the foot so they can be held when hot. One in clay, one in celadon. Each is 11 cm wide; no two are quite alike.",
		options: [],
		variants: [v("still-tea-bowls", 3600, 14)],
		images: [
			img("tea-bowls", "A clay and a celadon tea bowl filled with tea"),
			img("tea-bowls-close", "Close view of the celadon bowl's rim")
		],
		reviews: [says(5, "Quiet things", "They make the afternoon slower, in a good way.", "Aino S.")]
	},
	{
		key: "ripple-plate",
		seller: "oat-ember",
		title: "Ripple dinner plate",
		category: "kitchen/tableware",
		tags: ["stoneware", "dishwasher-safe"],
		description:
			"A 27 cm dinner plate with six shallow rings pressed into its rim. The well is flat, so a knife finds no hollow. Chip-resistant stoneware, stacks at 2 cm a plate, dishwasher and oven safe to 220 °C.",
		options: [{ name: "Colour", values: ["Chalk", "Sage", "Ink"] }],
		variants: [
			v("ripple-plate-chalk", 2200, 58, { Colour: "Chalk" }),
			v("ripple-plate-sage", 2200, 36, { Colour: "Sage" }),
			v("ripple-plate-ink", 2200, 24, { Colour: "Ink" })
		],
		images: [
			img("ripple-plate-chalk", "Chalk-white plate with a rippled rim, from above"),
			img("ripple-plate-sage", "The plate in sage"),
			img("ripple-plate-ink", "The plate in ink blue"),
			img("ripple-plate-set", "Three plates overlapping on linen")
		],
		reviews: [
			says(
				5,
				"Bought eight",
				"They arrived in paper, not plastic, and none was chipped.",
				"Familie Roth"
			),
			says(
				4,
				"Ink shows scratches",
				"Light marks from steel knives on the dark one, they scrub off with soda.",
				"Tomás V."
			)
		]
	},
	{
		key: "everyday-bowl",
		seller: "oat-ember",
		title: "Everyday footed bowl",
		category: "kitchen/tableware",
		tags: ["stoneware", "breakfast"],
		description:
			"A deep bowl on a bare clay foot for porridge, noodles or fruit. The small one is 15 cm wide and holds 600 ml, the large one 22 cm and 1.4 litres. Glazed clay red outside with a paler inside.",
		options: [{ name: "Size", values: ["Small", "Large"] }],
		variants: [
			v("everyday-bowl-s", 2100, 40, { Size: "Small" }),
			v("everyday-bowl-l", 3400, 4, { Size: "Large" }, { lowStockThreshold: 6 })
		],
		images: [
			img("everyday-bowl", "Clay red footed bowl in front of a pale disc"),
			img("everyday-bowl-nested", "Large and small bowl together")
		],
		reviews: [
			says(
				4,
				"Honest bowl",
				"Foot is a bit rough on a varnished table, so I sanded it for a minute.",
				"Ruben K."
			),
			says(5, "Soup, salad, keys", "It ends up doing everything.", "Leonie P.")
		]
	},
	{
		key: "orchard-salad-bowl",
		seller: "oat-ember",
		title: "Orchard salad bowl",
		category: "kitchen/tableware",
		tags: ["wood", "oiled"],
		description:
			"Turned from one piece of cherry, 32 cm across and 13 cm deep, walls a thumb's width thick. Finished with linseed oil only. Rinse with warm water, dry at once, and oil it again when the inside looks dry.",
		options: [],
		variants: [v("orchard-salad-bowl", 8900, 6, {}, { compareAtPrice: 9900 })],
		images: [
			img("salad-bowl", "Wide turned wooden salad bowl"),
			img("salad-bowl-servers", "The bowl from the side with two wooden spoons")
		],
		reviews: [says(5, "Smells of wood and oil", "A serious bowl. Feeds eight.", "Milan D.")]
	},
	{
		key: "long-oak-board",
		seller: "oat-ember",
		title: "Long oak board",
		category: "kitchen/tools",
		tags: ["wood", "oak", "reversible"],
		description:
			"A 2 cm oak board with a juice groove on one side and a flat face on the other. The hanging hole is 3 cm wide and sits in a short handle. Small is 24 × 38 cm, large 30 × 52 cm. Wipe, stand upright to dry, oil monthly.",
		options: [{ name: "Size", values: ["Small", "Large"] }],
		variants: [
			v("oak-board-s", 3900, 27, { Size: "Small" }),
			v("oak-board-l", 5900, 12, { Size: "Large" })
		],
		images: [
			img("oak-board", "Oak cutting board with handle, from above"),
			img("oak-board-knife", "The board with a knife laid across"),
			img("oak-board-grain", "Close view of the grain and juice groove")
		],
		reviews: [
			says(5, "No cupping after a winter", "Oiled it when told. Still flat.", "Oskar L."),
			says(
				3,
				"Groove is shallow",
				"A roast chicken beats it. For bread and vegetables it is fine.",
				"Ines M."
			)
		]
	},
	{
		key: "first-cook-knife",
		seller: "oat-ember",
		title: "First cook's knife",
		category: "kitchen/tools",
		tags: ["steel", "walnut"],
		description:
			"An 18 cm blade in stainless steel hardened to 58 HRC, with a brass collar and a riveted walnut handle. Comes sharp at 15 degrees a side. Hand wash and dry; a few strokes on a leather strop keeps the edge.",
		options: [],
		variants: [v("first-cook-knife", 9400, 8)],
		images: [
			img("cook-knife", "Cook's knife with walnut handle and brass collar"),
			img("cook-knife-close", "Close view of collar and rivets")
		],
		reviews: [
			says(5, "Balance sits at the collar", "Holds like a much dearer knife.", "Milan D."),
			says(4, "Wants care", "Left it wet once and found a brown freckle. My fault.", "Ruben K.")
		]
	},
	{
		key: "three-spoons",
		seller: "oat-ember",
		title: "Three spoons for one pot",
		category: "kitchen/tools",
		tags: ["wood", "set", "gift"],
		description:
			"A stirring spoon in maple, a slotted spoon in cherry and a flat turner in walnut, each about 32 cm long. Carved with the grain so the handles do not split. Rub with oil twice a year.",
		options: [],
		variants: [v("three-spoons", 2900, 31)],
		images: [
			img("three-spoons", "Three wooden spoons of different woods, side by side"),
			img("three-spoons-close", "Close view of the carved heads")
		],
		reviews: [
			says(
				4,
				"Good hands, good spoons",
				"The turner has become my favourite pan scraper.",
				"Greta O."
			)
		]
	},
	{
		key: "chimney-mill",
		seller: "oat-ember",
		title: "Chimney pepper mill",
		category: "kitchen/tools",
		tags: ["wood", "walnut", "ceramic-grinder"],
		description:
			"A lathe-turned mill with a ceramic grinder that cannot rust, so it also takes salt. The steel nut on top sets the grind from dust to cracked. Walnut is 21 cm tall, beech 16 cm.",
		options: [{ name: "Wood", values: ["Walnut", "Beech"] }],
		variants: [
			v("chimney-mill-walnut", 4600, 15, { Wood: "Walnut" }),
			v("chimney-mill-beech", 3800, 20, { Wood: "Beech" })
		],
		images: [
			img("chimney-mill-walnut", "Tall walnut pepper mill"),
			img("chimney-mill-pair", "Walnut and beech mills as a pair")
		],
		reviews: [
			says(5, "Fine to coarse in one turn", "The grind stays where you set it.", "Familie Roth")
		]
	},
	// ——— pantry
	{
		key: "morning-field-coffee",
		seller: "oat-ember",
		title: "Morning Field filter coffee",
		category: "pantry/coffee",
		tags: ["whole-bean", "light-roast"],
		description:
			"A light roast of two washed lots with notes of apricot, black tea and brown sugar. Roasted on Tuesdays and rested three days before it is posted. Whole beans in a resealable paper bag; best within eight weeks.",
		options: [{ name: "Weight", values: ["250 g", "1 kg"] }],
		variants: [
			v("morning-field-250", 1150, 60, { Weight: "250 g" }),
			v("morning-field-1000", 3900, 18, { Weight: "1 kg" })
		],
		images: [
			img("coffee-morning-field", "Kraft coffee bag with a rising sun on its label"),
			img("coffee-morning-field-beans", "The bag with scattered beans and a full cup")
		],
		reviews: [
			says(5, "Apricot, really", "I laughed at the label and then tasted it.", "Aino S."),
			says(4, "Bright", "Too bright for my husband, just right for me.", "Leonie P.")
		]
	},
	{
		key: "night-ferry-espresso",
		seller: "oat-ember",
		title: "Night Ferry espresso",
		category: "pantry/coffee",
		tags: ["whole-bean", "dark-roast"],
		description:
			"A dark, sweet espresso blend: cocoa, toasted hazelnut, a little orange peel. Good in milk and forgiving of a coarse grinder. 250 g or 1 kg of whole beans.",
		options: [{ name: "Weight", values: ["250 g", "1 kg"] }],
		variants: [
			v("night-ferry-250", 1090, 48, { Weight: "250 g" }),
			v("night-ferry-1000", 3700, 3, { Weight: "1 kg" }, { lowStockThreshold: 6 })
		],
		images: [
			img("coffee-night-ferry", "Ink-blue coffee bag with a moon on its label"),
			img("coffee-night-ferry-cup", "The bag beside an espresso cup")
		],
		reviews: [
			says(5, "Holds up in milk", "Still tastes of coffee in a large flat white.", "Tomás V."),
			says(3, "Oily beans", "Good cup, but my grinder needs cleaning more often.", "Milan D.")
		]
	},
	{
		key: "slow-sunday-decaf",
		seller: "oat-ember",
		title: "Slow Sunday decaf",
		category: "pantry/coffee",
		tags: ["whole-bean", "decaf"],
		description:
			"Decaffeinated with water and nothing else, then roasted medium: malt, fig and a long soft finish. 250 g of whole beans. For the second pot.",
		options: [],
		variants: [v("slow-sunday-250", 1290, 25)],
		images: [
			img("coffee-slow-sunday", "Rose coffee bag with a fig on its label"),
			img("coffee-shelf", "All three coffees in a row")
		],
		reviews: [
			says(
				4,
				"Decaf I do not hide",
				"Served it to a snob. Said nothing. He had seconds.",
				"Greta O."
			)
		]
	},
	{
		key: "linden-honey",
		seller: "oat-ember",
		title: "Linden honey",
		category: "pantry/honey-and-jam",
		tags: ["raw", "glass-jar"],
		description:
			"Raw linden honey from forty hives along one avenue, spun in July and strained once. Pale gold, minty, and it sets to a cream by winter; stand the jar in warm water to loosen it. Glass jar with a wooden lid.",
		options: [{ name: "Weight", values: ["250 g", "500 g"] }],
		variants: [
			v("linden-honey-250", 890, 32, { Weight: "250 g" }),
			v("linden-honey-500", 1590, 21, { Weight: "500 g" })
		],
		images: [
			img("honey-linden", "Jar of golden honey with a bee on its label and a dipper"),
			img("honey-linden-close", "Close view of honey glowing through the glass")
		],
		reviews: [
			says(
				5,
				"Tastes of our street in June",
				"Set hard by January, as promised. Warm water fixed it.",
				"Ines M."
			),
			says(5, "Good lid", "Keeping the jar for buttons.", "Familie Roth")
		]
	},
	{
		key: "chestnut-honey",
		seller: "oat-ember",
		title: "Chestnut honey",
		category: "pantry/honey-and-jam",
		tags: ["raw", "glass-jar"],
		description:
			"Dark, bitter-sweet honey from sweet chestnut woods; more for cheese than for toast. Stays liquid for years. 350 g in a glass jar with a wooden lid.",
		options: [],
		variants: [v("chestnut-honey-350", 1390, 0, {}, { lowStockThreshold: 5 })],
		images: [
			img("honey-chestnut", "Jar of dark amber honey with a leaf on its label"),
			img("honey-pair", "Linden and chestnut honey side by side")
		],
		reviews: [
			says(
				4,
				"Not for children",
				"Strong, nearly smoky. With old goat's cheese it is superb.",
				"Oskar L."
			)
		]
	},
	{
		key: "apricot-jam",
		seller: "oat-ember",
		title: "Half-sugar apricot jam",
		category: "pantry/honey-and-jam",
		tags: ["preserve", "glass-jar"],
		description:
			"Ripe apricots, cane sugar and lemon, cooked in an open copper pan in batches of nine jars. Two parts fruit to one of sugar, so keep it cold once opened. 320 g.",
		options: [],
		variants: [v("apricot-jam-320", 790, 44)],
		images: [
			img("jam-apricot", "Jar of apricot jam with a brass-coloured lid"),
			img("jam-breakfast", "The jam with a bowl and a wooden spoon")
		],
		reviews: [
			says(5, "Actual fruit", "Halves, not paste.", "Leonie P."),
			says(3, "Runs off toast", "Tasty but loose. It is low in sugar, so fair enough.", "Ruben K.")
		]
	},
	// ——— home
	{
		key: "porcini-lamp",
		seller: "lantern-row",
		title: "Porcini table lamp",
		category: "home/lighting",
		tags: ["steel", "dimmable"],
		description:
			"A spun-steel shade on a flared foot, 38 cm tall and 34 cm wide, lacquered inside in warm white so the light falls in a pool. Touch the foot to dim in three steps. Takes one E14 bulb up to 6 W, included; 1.8 m textile cable.",
		options: [{ name: "Colour", values: ["Terracotta", "Cream", "Forest"] }],
		variants: [
			v("porcini-lamp-terracotta", 12900, 13, { Colour: "Terracotta" }),
			v("porcini-lamp-cream", 12900, 7, { Colour: "Cream" }),
			v("porcini-lamp-forest", 12900, 1, { Colour: "Forest" }, { lowStockThreshold: 3 })
		],
		images: [
			img("porcini-lamp-terracotta", "Lit mushroom-shaped lamp in terracotta"),
			img("porcini-lamp-cream", "The lamp in cream"),
			img("porcini-lamp-forest", "The lamp in forest green"),
			img("porcini-lamp-evening", "The lamp in the evening beside a vase")
		],
		reviews: [
			says(5, "Bedside perfection", "Lowest step is dim enough to feed a baby by.", "Aino S."),
			says(4, "Touch foot is keen", "The cat can switch it on.", "Greta O."),
			says(5, "Colour as shown", "Terracotta is warm and not orange.", "Tomás V.")
		]
	},
	{
		key: "meridian-pendant",
		seller: "lantern-row",
		title: "Meridian pendant",
		category: "home/lighting",
		tags: ["steel", "ceiling"],
		description:
			"An enamelled steel dome, 40 cm across, with a brass collar and 2 m of black textile cable to cut to length. Glare-free from the side at table height. E27, up to 60 W; ceiling rose included.",
		options: [{ name: "Colour", values: ["Forest", "Mustard", "Chalk"] }],
		variants: [
			v("meridian-pendant-forest", 9800, 10, { Colour: "Forest" }),
			v("meridian-pendant-mustard", 9800, 14, { Colour: "Mustard" }),
			v("meridian-pendant-chalk", 9800, 9, { Colour: "Chalk" })
		],
		images: [
			img("meridian-pendant-forest", "Forest green dome pendant, lit"),
			img("meridian-pendant-mustard", "The pendant in mustard"),
			img("meridian-pendant-chalk", "The pendant in chalk"),
			img("meridian-pendant-row", "Three pendants in a row")
		],
		reviews: [
			says(5, "Two over the table", "Hung at 65 cm, nobody squints.", "Familie Roth"),
			says(4, "Rose is basic", "White plastic ceiling rose lets it down slightly.", "Oskar L.")
		]
	},
	{
		key: "crane-task-lamp",
		seller: "lantern-row",
		title: "Crane task lamp",
		category: "home/lighting",
		tags: ["desk", "adjustable"],
		description:
			"Two sprung arms with brass joints carry a small steel shade; the reach is 62 cm and it stays where it is put. The 2.4 kg base needs no clamp. GU10 LED of 5 W, 2700 K, included.",
		options: [],
		variants: [v("crane-task-lamp", 14500, 11, {}, { compareAtPrice: 16500 })],
		images: [
			img("crane-lamp", "Cream desk lamp with brass joints casting a cone of light"),
			img("crane-lamp-desk", "The lamp over an open notebook")
		],
		reviews: [says(5, "Does not droop", "Eight months in and still holds its pose.", "Ruben K.")]
	},
	{
		key: "paper-moon-lantern",
		seller: "lantern-row",
		title: "Paper Moon floor lantern",
		category: "home/lighting",
		tags: ["paper", "soft-light"],
		description:
			"Mulberry paper over bamboo hoops on three beech feet, 46 cm tall. It folds flat for moving house. Dust with a dry brush; takes an LED bulb up to 8 W, not included.",
		options: [],
		variants: [v("paper-moon-lantern", 6400, 17)],
		images: [
			img("paper-moon", "Round paper lantern glowing on three wooden feet"),
			img("paper-moon-close", "Close view of paper and bamboo hoops")
		],
		reviews: [
			says(4, "Like a low moon", "One hoop arrived bent and bent back again.", "Leonie P."),
			says(2, "Not with toddlers", "Lasted nine days. Beautiful days.", "Milan D.")
		]
	},
	{
		key: "plain-oak-chair",
		seller: "lantern-row",
		title: "Plain oak chair",
		category: "home/seating",
		tags: ["oak", "woven-seat"],
		description:
			"A dining chair in solid oak with a seat woven by hand from paper cord, about 120 m of it. Seat height 45 cm, width 49 cm, weight 4.6 kg. Oiled, not lacquered; a damp cloth is enough.",
		options: [{ name: "Wood", values: ["Oak", "Smoked oak"] }],
		variants: [
			v("plain-chair-oak", 24500, 8, { Wood: "Oak" }),
			v("plain-chair-smoked", 26500, 4, { Wood: "Smoked oak" }, { lowStockThreshold: 4 })
		],
		images: [
			img("plain-chair-oak", "Oak chair with a woven cord seat"),
			img("plain-chair-smoked", "The chair in dark smoked oak"),
			img("plain-chair-weave", "Close view of the woven seat")
		],
		reviews: [
			says(
				5,
				"Sits better than it looks",
				"And it looks good. The cord gives a little after a week.",
				"Greta O."
			),
			says(
				4,
				"One leg short",
				"Rocked by a millimetre on our old floor; felt pad solved it.",
				"Tomás V."
			)
		]
	},
	{
		key: "three-leg-stool",
		seller: "lantern-row",
		title: "Three-leg stool",
		category: "home/seating",
		tags: ["wood", "small-space"],
		description:
			"A round walnut seat, slightly dished, wedged onto three ash legs that stand firm on any floor. 46 cm tall, seat 32 cm across, carries 120 kg. Also a bedside table.",
		options: [],
		variants: [v("three-leg-stool", 11900, 19)],
		images: [
			img("three-leg-stool", "Stool with walnut seat and three pale legs"),
			img("three-leg-stool-plant", "The stool carrying a potted herb")
		],
		reviews: [
			says(5, "Goes everywhere", "Kitchen, bath, balcony. Currently under a fern.", "Aino S.")
		]
	},
	{
		key: "arc-cushion",
		seller: "loomfield",
		title: "Arc linen cushion",
		category: "home/seating",
		tags: ["linen", "textile"],
		description:
			"A 50 × 50 cm cover in heavy washed linen with a printed arc and a corded edge, hidden zip below. The feather inner is included. Cover washes at 40 °C; iron it damp or not at all.",
		options: [{ name: "Colour", values: ["Oat", "Sage"] }],
		variants: [
			v("arc-cushion-oat", 4500, 23, { Colour: "Oat" }),
			v("arc-cushion-sage", 4500, 12, { Colour: "Sage" })
		],
		images: [
			img("arc-cushion-oat", "Oat linen cushion with a clay-red arc"),
			img("arc-cushion-sage", "Sage cushion with an ink arc"),
			img("arc-cushion-chair", "The cushion leaning on an oak chair")
		],
		reviews: [says(4, "Plump", "Good filling, zip is a bit stiff.", "Ines M.")]
	},
	{
		key: "longneck-vase",
		seller: "lantern-row",
		title: "Longneck vase",
		category: "home/vases-and-candles",
		tags: ["stoneware", "handmade"],
		description:
			"A bottle form with a long neck for one branch or three stems, 34 cm tall. Chalk glaze to the shoulder and bare clay below. Watertight; rinse with a bottle brush.",
		options: [],
		variants: [v("longneck-vase", 5400, 9)],
		images: [
			img("longneck-vase", "Chalk and clay bottle vase with an olive branch"),
			img("longneck-vase-close", "Close view of the glaze line")
		],
		reviews: [
			says(5, "One branch is enough", "Makes a garden clipping look intended.", "Leonie P.")
		]
	},
	{
		key: "garden-urn",
		seller: "lantern-row",
		title: "Garden urn vase",
		category: "home/vases-and-candles",
		tags: ["stoneware"],
		description:
			"A round-shouldered vase, 28 cm tall with an 11 cm mouth, for a loose armful from the garden. Glazed inside so it holds water. Weighs 1.9 kg empty and does not tip.",
		options: [{ name: "Colour", values: ["Clay", "Sea"] }],
		variants: [
			v("garden-urn-clay", 6200, 13, { Colour: "Clay" }),
			v("garden-urn-sea", 6200, 10, { Colour: "Sea" })
		],
		images: [
			img("garden-urn-clay", "Clay red urn with three blooms"),
			img("garden-urn-sea", "The urn in sea blue with blooms")
		],
		reviews: [
			says(5, "Heavy, in the good way", "Holds a hydrangea without drama.", "Familie Roth"),
			says(4, "Sea is greener", "A bit greener than on screen. Still nice.", "Oskar L.")
		]
	},
	{
		key: "flute-vase",
		seller: "lantern-row",
		title: "Flute column vase",
		category: "home/vases-and-candles",
		tags: ["porcelain"],
		description:
			"A straight porcelain column with eleven hand-cut flutes, 30 cm tall and 13 cm wide. Satin glaze in pale sky. Made for dried grasses and tall tulips.",
		options: [],
		variants: [v("flute-vase", 5900, 16, {}, { compareAtPrice: 6900 })],
		images: [
			img("flute-vase", "Pale blue fluted vase with dried grasses"),
			img("vase-trio", "Three vases of different shapes together")
		],
		reviews: []
	},
	{
		key: "night-garden-candle",
		seller: "lantern-row",
		title: "Night Garden candle",
		category: "home/vases-and-candles",
		tags: ["soy-wax", "scented"],
		description:
			"Soy and rapeseed wax in a glazed cup that lives on as a tumbler. Burns about 45 hours; trim the wick to 5 mm each time and let the pool reach the edge. 220 g.",
		options: [{ name: "Scent", values: ["Fig leaf", "Cedar", "Sea salt"] }],
		variants: [
			v("night-candle-fig", 3200, 28, { Scent: "Fig leaf" }),
			v("night-candle-cedar", 3200, 15, { Scent: "Cedar" }),
			v("night-candle-salt", 3200, 0, { Scent: "Sea salt" })
		],
		images: [
			img("night-candle-fig", "Lit candle with a fig on its label, at dusk"),
			img("night-candle-cedar", "Cedar candle in a forest green cup"),
			img("night-candle-salt", "Sea salt candle in a blue cup"),
			img("night-candle-trio", "The three scents lit together")
		],
		reviews: [
			says(5, "Fig leaf, not fig jam", "Green and dry. No headache.", "Ines M."),
			says(
				3,
				"Tunnels if you rush",
				"Burn it two hours the first time or it digs a hole.",
				"Ruben K."
			)
		]
	},
	{
		key: "beeswax-pillars",
		seller: "lantern-row",
		title: "Beeswax pillars, set of three",
		category: "home/vases-and-candles",
		tags: ["beeswax", "unscented", "set"],
		description:
			"Three poured beeswax pillars of 10, 15 and 20 cm, each 7 cm thick. They smell faintly of honey and burn 30 to 70 hours. A pale bloom on the surface is natural and rubs off with a cloth.",
		options: [],
		variants: [v("beeswax-pillars", 4200, 20)],
		images: [
			img("beeswax-pillars", "Three lit beeswax pillars of different heights"),
			img("beeswax-pillars-close", "Close view of a flame and warm wax")
		],
		reviews: [says(5, "No drips", "And the room smells like a church in summer.", "Aino S.")]
	},
	{
		key: "terrace-pot",
		seller: "lantern-row",
		title: "Terrace pot with tray",
		category: "home/plants",
		tags: ["terracotta", "frost-proof"],
		description:
			"A classic rimmed pot in hard-fired terracotta with a drainage hole and its own tray. It breathes, so roots stay healthy; soak it once before planting. The plant is not included.",
		options: [{ name: "Size", values: ["14 cm", "20 cm", "28 cm"] }],
		variants: [
			v("terrace-pot-14", 1400, 52, { Size: "14 cm" }),
			v("terrace-pot-20", 2200, 30, { Size: "20 cm" }),
			v("terrace-pot-28", 3900, 2, { Size: "28 cm" }, { lowStockThreshold: 4 })
		],
		images: [
			img("terrace-pot", "Terracotta pot with a rubber plant"),
			img("terrace-pot-sizes", "Three sizes of the pot in a row")
		],
		reviews: [
			says(
				4,
				"Left outside at minus nine",
				"Still whole. White marks after a month, which I like.",
				"Oskar L."
			)
		]
	},
	{
		key: "studio-planter",
		seller: "lantern-row",
		title: "Studio glazed planter",
		category: "home/plants",
		tags: ["stoneware", "indoor"],
		description:
			"A gently curved planter, 22 cm wide, glazed so that the sideboard stays dry. Drainage hole with a cork stopper, matching saucer. Shown with a snake plant and with thyme; neither is included.",
		options: [{ name: "Colour", values: ["Forest", "Chalk"] }],
		variants: [
			v("studio-planter-forest", 3800, 14, { Colour: "Forest" }),
			v("studio-planter-chalk", 3800, 21, { Colour: "Chalk" })
		],
		images: [
			img("studio-planter-forest", "Forest green planter with a snake plant"),
			img("studio-planter-chalk", "Chalk planter with herbs"),
			img("studio-planter-window", "Both planters together")
		],
		reviews: [
			says(
				5,
				"The cork is clever",
				"Leave it in for the bookshelf, out for the balcony.",
				"Greta O."
			),
			says(3, "Saucer is tight", "Overwater once and it spills.", "Milan D.")
		]
	},
	{
		key: "long-reach-watering-can",
		seller: "lantern-row",
		title: "Long-reach watering can",
		category: "home/plants",
		tags: ["steel", "indoor"],
		description:
			"A 1.5 litre can in enamelled steel with a brass rim and a spout long enough for the back of the shelf. The rose comes off for a thin stream. Empty it after use and it will outlast the plants.",
		options: [],
		variants: [v("long-reach-can", 4900, 12)],
		images: [
			img("watering-can", "Green watering can with brass rim and long spout"),
			img("watering-can-plants", "The can beside a potted herb")
		],
		reviews: [says(5, "Aims well", "No more puddles on the speaker.", "Tomás V.")]
	},
	// ——— bath
	{
		key: "olive-leaf-soap",
		seller: "loomfield",
		title: "Olive leaf soap",
		category: "bath/soap",
		tags: ["vegan", "palm-oil-free"],
		description:
			"A cold-process bar of olive oil, rapeseed oil and ground olive leaf, cured for eight weeks so that it lasts. Hardly any scent. 140 g, 9 × 6 cm, wrapped in one paper band.",
		options: [],
		variants: [v("olive-leaf-soap", 850, 55)],
		images: [
			img("soap-olive", "Green soap bar stamped with a leaf"),
			img("soap-stack", "Three soaps with paper bands, stacked")
		],
		reviews: [
			says(5, "Six weeks of showers", "Lasts if you keep it dry between.", "Leonie P."),
			says(4, "Plain, good", "Would like a little more scent.", "Ines M.")
		]
	},
	{
		key: "rose-clay-soap",
		seller: "loomfield",
		title: "Rose clay soap",
		category: "bath/soap",
		tags: ["vegan", "gentle"],
		description:
			"Pink clay, shea butter and a trace of geranium oil for dry skin. Cold process, cured six weeks. 140 g. The colour is the clay's own and does not stain a towel.",
		options: [],
		variants: [v("rose-clay-soap", 890, 4, {}, { lowStockThreshold: 8 })],
		images: [
			img("soap-rose", "Rose-coloured soap bar stamped with a sun"),
			img("soap-rose-towel", "The soap on a folded towel")
		],
		reviews: [says(5, "Face and hands", "The only bar that does not leave me tight.", "Aino S.")]
	},
	{
		key: "waffle-towel",
		seller: "loomfield",
		title: "Waffle towel",
		category: "bath/towels",
		tags: ["cotton", "quick-dry"],
		description:
			"Deep waffle weave in long-staple cotton, 260 g/m², with a hanging loop at both ends. It grows softer and about 4 % smaller in the first wash. Wash at 60 °C, no softener.",
		options: [
			{ name: "Colour", values: ["Chalk", "Sky", "Rose"] },
			{ name: "Size", values: ["Hand 50 × 90", "Bath 70 × 140"] }
		],
		variants: [
			v("waffle-chalk-hand", 1600, 40, { Colour: "Chalk", Size: "Hand 50 × 90" }),
			v("waffle-chalk-bath", 3200, 26, { Colour: "Chalk", Size: "Bath 70 × 140" }),
			v("waffle-sky-hand", 1600, 33, { Colour: "Sky", Size: "Hand 50 × 90" }),
			v("waffle-sky-bath", 3200, 3, { Colour: "Sky", Size: "Bath 70 × 140" }),
			v("waffle-rose-hand", 1600, 19, { Colour: "Rose", Size: "Hand 50 × 90" }),
			v("waffle-rose-bath", 3200, 12, { Colour: "Rose", Size: "Bath 70 × 140" })
		],
		images: [
			img("waffle-towel-stack", "Folded waffle towels in chalk, sky and rose"),
			img("waffle-towel-chalk", "Chalk towels with a soap on top"),
			img("waffle-towel-sky", "Sky towels, folded"),
			img("waffle-towel-rose", "Rose towels, folded")
		],
		reviews: [
			says(5, "Dry by evening", "In a bathroom without a window, too.", "Greta O."),
			says(
				3,
				"Not fluffy",
				"If you want fluffy, look elsewhere. If you want dry, buy it.",
				"Ruben K."
			),
			says(4, "Shrinks as stated", "They say four per cent, I measured four.", "Oskar L.")
		]
	},
	// ——— clothing
	{
		key: "washed-linen-shirt",
		seller: "loomfield",
		title: "Washed linen shirt",
		category: "clothing/shirts",
		tags: ["linen", "regular-fit"],
		description:
			"A long-sleeved shirt in 165 g/m² linen, garment-washed so it is soft from the first day. Corozo buttons, one chest pocket, flat-felled seams. Wash at 30 °C and hang it wet; it needs no iron if you do not mind looking like linen.",
		options: [
			{ name: "Colour", values: ["Sage", "Chalk", "Ink"] },
			{ name: "Size", values: ["S", "M", "L"] }
		],
		variants: [
			v("linen-shirt-sage-s", 8900, 8, { Colour: "Sage", Size: "S" }),
			v("linen-shirt-sage-m", 8900, 14, { Colour: "Sage", Size: "M" }),
			v("linen-shirt-sage-l", 8900, 2, { Colour: "Sage", Size: "L" }),
			v("linen-shirt-chalk-s", 8900, 11, { Colour: "Chalk", Size: "S" }),
			v("linen-shirt-chalk-m", 8900, 0, { Colour: "Chalk", Size: "M" }),
			v("linen-shirt-chalk-l", 8900, 9, { Colour: "Chalk", Size: "L" }),
			v("linen-shirt-ink-s", 8900, 10, { Colour: "Ink", Size: "S" }),
			v("linen-shirt-ink-m", 8900, 17, { Colour: "Ink", Size: "M" }),
			v("linen-shirt-ink-l", 8900, 12, { Colour: "Ink", Size: "L" })
		],
		images: [
			img("linen-shirt-sage", "Sage linen shirt laid flat"),
			img("linen-shirt-chalk", "The shirt in chalk"),
			img("linen-shirt-ink", "The shirt in ink"),
			img("linen-shirt-collar", "Close view of collar, buttons and pocket")
		],
		reviews: [
			says(5, "Second summer", "Softer now than new, no seam has moved.", "Tomás V."),
			says(4, "Runs wide", "I size down. Sleeves are right then.", "Ruben K."),
			says(
				2,
				"Ink bled once",
				"First wash turned a sock blue. Wash it alone, they should say so.",
				"Milan D."
			)
		]
	},
	{
		key: "field-overshirt",
		seller: "loomfield",
		title: "Field overshirt",
		category: "clothing/shirts",
		tags: ["cotton", "layer"],
		description:
			"A mid-weight overshirt in brushed cotton twill, 280 g/m², with two buttoned pockets and room for a jumper beneath. Cut straight and long enough to cover a belt. Wash cold, inside out.",
		options: [{ name: "Size", values: ["S", "M", "L", "XL"] }],
		variants: [
			v("field-overshirt-s", 11900, 6, { Size: "S" }),
			v("field-overshirt-m", 11900, 15, { Size: "M" }),
			v("field-overshirt-l", 11900, 13, { Size: "L" }),
			v("field-overshirt-xl", 11900, 5, { Size: "XL" })
		],
		images: [
			img("field-overshirt", "Moss green overshirt with two pockets, laid flat"),
			img("field-overshirt-detail", "Close view of pocket and placket")
		],
		reviews: [says(5, "Wore it all autumn", "Pockets fit a phone with the flap shut.", "Oskar L.")]
	},
	{
		key: "sunday-stripe-tee",
		seller: "loomfield",
		title: "Sunday stripe tee",
		category: "clothing/shirts",
		tags: ["cotton", "heavyweight"],
		description:
			"A heavy 220 g/m² cotton jersey tee with a tight ribbed collar and stripes knitted in, not printed. Pre-shrunk. Wash at 40 °C, inside out.",
		options: [
			{ name: "Colour", values: ["Navy stripe", "Rust stripe"] },
			{ name: "Size", values: ["S", "M", "L"] }
		],
		variants: [
			v("stripe-tee-navy-s", 3900, 18, { Colour: "Navy stripe", Size: "S" }),
			v("stripe-tee-navy-m", 3900, 24, { Colour: "Navy stripe", Size: "M" }),
			v("stripe-tee-navy-l", 3900, 16, { Colour: "Navy stripe", Size: "L" }),
			v("stripe-tee-rust-s", 3900, 9, { Colour: "Rust stripe", Size: "S" }),
			v("stripe-tee-rust-m", 3900, 4, { Colour: "Rust stripe", Size: "M" }),
			v("stripe-tee-rust-l", 3900, 11, { Colour: "Rust stripe", Size: "L" })
		],
		images: [
			img("stripe-tee-navy", "Chalk tee with navy stripes, laid flat"),
			img("stripe-tee-rust", "The tee with rust stripes"),
			img("stripe-tee-collar", "Close view of the ribbed collar")
		],
		reviews: [
			says(5, "Collar stays flat", "Thirty washes. Flat.", "Familie Roth"),
			says(4, "Boxy", "In a good way, but look at the chart.", "Leonie P.")
		]
	},
	{
		key: "harvest-jumper",
		seller: "loomfield",
		title: "Harvest lambswool jumper",
		category: "clothing/knitwear",
		tags: ["wool", "crew-neck"],
		description:
			"A crew-neck jumper knitted in one weight of lambswool, 420 g in size M, with ribbed cuffs and hem. Set-in sleeves, linked by hand at the neck. Air it rather than washing; when you must, cold and flat.",
		options: [
			{ name: "Colour", values: ["Camel", "Moss"] },
			{ name: "Size", values: ["S", "M", "L"] }
		],
		variants: [
			v("harvest-jumper-camel-s", 13900, 7, { Colour: "Camel", Size: "S" }),
			v("harvest-jumper-camel-m", 13900, 12, { Colour: "Camel", Size: "M" }),
			v("harvest-jumper-camel-l", 13900, 9, { Colour: "Camel", Size: "L" }),
			v("harvest-jumper-moss-s", 13900, 8, { Colour: "Moss", Size: "S" }),
			v("harvest-jumper-moss-m", 13900, 1, { Colour: "Moss", Size: "M" }, { lowStockThreshold: 3 }),
			v("harvest-jumper-moss-l", 13900, 10, { Colour: "Moss", Size: "L" })
		],
		images: [
			img("harvest-jumper-camel", "Camel lambswool jumper laid flat"),
			img("harvest-jumper-moss", "The jumper in moss"),
			img("harvest-jumper-knit", "Close view of knit and ribbed hem")
		],
		reviews: [
			says(5, "Warm without bulk", "Fits under a raincoat.", "Aino S."),
			says(
				3,
				"Pilled under the arms",
				"After a month. A comb took care of it, but still.",
				"Tomás V."
			)
		]
	},
	{
		key: "long-walk-scarf",
		seller: "loomfield",
		title: "Long Walk scarf",
		category: "clothing/knitwear",
		tags: ["wool", "gift"],
		description:
			"A 190 × 28 cm scarf in two-ply merino with three woven bars and a hand-knotted fringe. Long enough to go twice round. Hand wash cool, roll in a towel, dry flat.",
		options: [{ name: "Colour", values: ["Rust", "Navy"] }],
		variants: [
			v("long-walk-scarf-rust", 5900, 17, { Colour: "Rust" }),
			v("long-walk-scarf-navy", 5900, 14, { Colour: "Navy" })
		],
		images: [
			img("long-walk-scarf-rust", "Rust scarf with pale bars, looped"),
			img("long-walk-scarf-navy", "The scarf in navy"),
			img("long-walk-scarf-fringe", "Close view of the fringe")
		],
		reviews: [
			says(
				5,
				"Gave it away, bought another",
				"The best thing you can say about a scarf.",
				"Greta O."
			)
		]
	},
	{
		key: "dockside-beanie",
		seller: "loomfield",
		title: "Dockside beanie",
		category: "clothing/knitwear",
		tags: ["wool", "unisex"],
		description:
			"A ribbed beanie in undyed and piece-dyed wool with a deep turn-up and a small leather tab. One size, 54 to 61 cm. It covers the ears when asked.",
		options: [{ name: "Colour", values: ["Rust", "Charcoal", "Mustard"] }],
		variants: [
			v("dockside-beanie-rust", 2900, 26, { Colour: "Rust" }),
			v("dockside-beanie-charcoal", 2900, 38, { Colour: "Charcoal" }),
			v("dockside-beanie-mustard", 2900, 3, { Colour: "Mustard" })
		],
		images: [
			img("dockside-beanie-rust", "Rust ribbed beanie with a leather tab"),
			img("dockside-beanie-charcoal", "The beanie in charcoal"),
			img("dockside-beanie-mustard", "The beanie in mustard")
		],
		reviews: [
			says(4, "Scratchy for a day", "Then not.", "Milan D."),
			says(5, "Big head approved", "61 cm and no red line.", "Oskar L.")
		]
	},
	{
		key: "ladder-socks",
		seller: "loomfield",
		title: "Ladder stripe socks",
		category: "clothing/socks",
		tags: ["cotton", "crew"],
		description:
			"Ribbed crew socks in combed cotton with a contrast heel and toe, linked flat so no seam rubs. 78 % cotton, 20 % polyamide, 2 % elastane. Wash at 40 °C.",
		options: [{ name: "Size", values: ["36–39", "40–43", "44–47"] }],
		variants: [
			v("ladder-socks-36", 1200, 45, { Size: "36–39" }),
			v("ladder-socks-40", 1200, 60, { Size: "40–43" }),
			v("ladder-socks-44", 1200, 22, { Size: "44–47" })
		],
		images: [
			img("ladder-socks", "Pair of sea-blue socks with mustard stripes"),
			img("sock-drawer", "Striped and plain socks side by side")
		],
		reviews: [says(5, "No holes yet", "Daily for four months.", "Ruben K.")]
	},
	{
		key: "cabin-socks",
		seller: "loomfield",
		title: "Cabin wool socks",
		category: "clothing/socks",
		tags: ["wool", "warm"],
		description:
			"Thick socks with a terry sole, 60 % wool, for boots or bare floors. The rib reaches mid-calf and stays there. Wash at 30 °C on wool, never in the dryer.",
		options: [
			{ name: "Colour", values: ["Oat", "Forest"] },
			{ name: "Size", values: ["36–39", "40–43"] }
		],
		variants: [
			v("cabin-socks-oat-36", 1800, 20, { Colour: "Oat", Size: "36–39" }),
			v("cabin-socks-oat-40", 1800, 27, { Colour: "Oat", Size: "40–43" }),
			v("cabin-socks-forest-36", 1800, 15, { Colour: "Forest", Size: "36–39" }),
			v("cabin-socks-forest-40", 1800, 4, { Colour: "Forest", Size: "40–43" })
		],
		images: [
			img("cabin-socks-oat", "Oat wool socks with rust heel and toe"),
			img("cabin-socks-forest", "The socks in forest green")
		],
		reviews: [
			says(5, "Warm feet, finally", "Stone floor in January. No complaint.", "Ines M."),
			says(3, "Someone used the dryer", "They now fit my daughter.", "Familie Roth")
		]
	},
	{
		key: "halfday-watch",
		seller: "fernway",
		title: "Halfday watch",
		category: "clothing/accessories",
		tags: ["steel", "leather"],
		description:
			"A 38 mm steel watch with a small seconds dial, sapphire glass and a quartz movement good for four years a battery. Vegetable-tanned strap with quick-release pins, 18 mm. Water-resistant to 5 bar.",
		options: [{ name: "Dial", values: ["Ink", "Forest", "Chalk"] }],
		variants: [
			v("halfday-watch-ink", 18900, 6, { Dial: "Ink" }),
			v("halfday-watch-forest", 18900, 3, { Dial: "Forest" }),
			v("halfday-watch-chalk", 18900, 8, { Dial: "Chalk" })
		],
		images: [
			img("halfday-watch-ink", "Watch with an ink-blue dial and tan strap"),
			img("halfday-watch-forest", "The watch with a forest dial"),
			img("halfday-watch-chalk", "The watch with a chalk dial"),
			img("halfday-watch-close", "Close view of the dial")
		],
		reviews: [
			says(5, "Reads at a glance", "Thin enough for a cuff.", "Tomás V."),
			says(4, "Strap stiff at first", "Two weeks, then mine.", "Leonie P.")
		]
	},
	// ——— outdoor
	{
		key: "lowland-tent",
		seller: "fernway",
		title: "Lowland two-person tent",
		category: "outdoor/camping",
		tags: ["tent", "3-season"],
		description:
			"A two-person ridge tent in recycled polyester with a 3000 mm flysheet and a 5000 mm floor. Packs to 45 × 16 cm and 2.7 kg; up in six minutes with two poles. Inner 215 × 130 cm, 105 cm high.",
		options: [{ name: "Colour", values: ["Mustard", "Rust"] }],
		variants: [
			v("lowland-tent-mustard", 24900, 9, { Colour: "Mustard" }, { compareAtPrice: 28900 }),
			v("lowland-tent-rust", 24900, 5, { Colour: "Rust" }, { compareAtPrice: 28900 })
		],
		images: [
			img("lowland-tent-mustard", "Mustard tent on a green hillside"),
			img("lowland-tent-rust", "Rust tent on a green hillside"),
			img("lowland-tent-night", "The tent lit from inside at nightfall")
		],
		reviews: [
			says(5, "Dry through a gale", "Two nights of it. Pegs are better than usual.", "Oskar L."),
			says(4, "Six minutes is ten", "The first time, anyway.", "Greta O."),
			says(3, "Tight for two tall people", "I am 1.92 m and my feet touch.", "Ruben K.")
		]
	},
	{
		key: "camp-enamel-mug",
		seller: "fernway",
		title: "Camp enamel mug",
		category: "outdoor/camping",
		tags: ["enamel", "unbreakable"],
		description:
			"Steel dipped twice in enamel, 400 ml, with a rolled rim in a second colour. Goes on the fire; the handle goes with it, so use a glove. Chips show the steel and are part of the deal.",
		options: [{ name: "Colour", values: ["Navy", "Cream", "Red"] }],
		variants: [
			v("camp-mug-navy", 1400, 47, { Colour: "Navy" }),
			v("camp-mug-cream", 1400, 39, { Colour: "Cream" }),
			v("camp-mug-red", 1400, 28, { Colour: "Red" })
		],
		images: [
			img("camp-mug-navy", "Navy speckled enamel mug"),
			img("camp-mug-cream", "Cream enamel mug with an ink rim"),
			img("camp-mug-red", "Red enamel mug"),
			img("camp-mug-camp", "Two mugs in front of a tent at dusk")
		],
		reviews: [says(5, "Dropped off a pier", "Floated. Retrieved. Coffee.", "Milan D.")]
	},
	{
		key: "hearth-blanket",
		seller: "fernway",
		title: "Hearth wool blanket",
		category: "outdoor/camping",
		tags: ["wool", "recycled"],
		description:
			"A 140 × 200 cm blanket in recycled wool with a single window check and whipped edges. 1.3 kg, warm when damp, and sparks only singe it. Air it often, wash it seldom.",
		options: [{ name: "Colour", values: ["Rust", "Forest"] }],
		variants: [
			v("hearth-blanket-rust", 8900, 11, { Colour: "Rust" }),
			v("hearth-blanket-forest", 8900, 13, { Colour: "Forest" })
		],
		images: [
			img("hearth-blanket-rust", "Folded rust and oat wool blankets"),
			img("hearth-blanket-forest", "Folded forest and oat wool blankets")
		],
		reviews: [says(4, "Smells of sheep at first", "Gone after two days on the line.", "Aino S.")]
	},
	{
		key: "ridge-bottle",
		seller: "fernway",
		title: "Ridge insulated bottle",
		category: "outdoor/bottles",
		tags: ["steel", "insulated", "leak-proof"],
		description:
			"Double-walled steel with a beech lid and a cord loop. Cold for 24 hours, hot for 10. The mouth is 4.5 cm, wide enough for ice and a brush; hand wash the lid.",
		options: [
			{ name: "Colour", values: ["Forest", "Sky", "Rose"] },
			{ name: "Volume", values: ["0.5 l", "0.75 l"] }
		],
		variants: [
			v("ridge-bottle-forest-50", 2900, 35, { Colour: "Forest", Volume: "0.5 l" }),
			v("ridge-bottle-forest-75", 3400, 22, { Colour: "Forest", Volume: "0.75 l" }),
			v("ridge-bottle-sky-50", 2900, 28, { Colour: "Sky", Volume: "0.5 l" }),
			v("ridge-bottle-sky-75", 3400, 5, { Colour: "Sky", Volume: "0.75 l" }),
			v("ridge-bottle-rose-50", 2900, 16, { Colour: "Rose", Volume: "0.5 l" }),
			v("ridge-bottle-rose-75", 3400, 19, { Colour: "Rose", Volume: "0.75 l" })
		],
		images: [
			img("ridge-bottle-forest", "Forest green bottle with a wooden lid"),
			img("ridge-bottle-sky", "The bottle in sky blue"),
			img("ridge-bottle-rose", "The bottle in rose"),
			img("ridge-bottle-trio", "Three bottles of different sizes")
		],
		reviews: [
			says(5, "Ice at supper", "Filled at seven in the morning.", "Leonie P."),
			says(4, "Lid needs oil", "Wooden lid dries out, a drop of kitchen oil helps.", "Ines M.")
		]
	},
	{
		key: "summit-flask",
		seller: "fernway",
		title: "Summit flask with cup",
		category: "outdoor/bottles",
		tags: ["steel", "insulated"],
		description:
			"A 0.7 litre vacuum flask whose steel cap is a 180 ml cup. Pours through a one-turn stopper without unscrewing it. 520 g, 27 cm tall; hot for 16 hours.",
		options: [],
		variants: [v("summit-flask", 3900, 18)],
		images: [
			img("summit-flask", "Rust flask with a steel cup lid"),
			img("summit-flask-hills", "The flask in front of hills")
		],
		reviews: [says(5, "Tea at the top", "Too hot to drink, so we waited and looked.", "Greta O.")]
	},
	{
		key: "clear-brass-bell",
		seller: "fernway",
		title: "Clear brass bell",
		category: "outdoor/cycling",
		tags: ["brass", "bicycle"],
		description:
			"A turned brass dome with a spring hammer: one long note, friendly but clear. Clamps to bars from 22 to 31.8 mm with one screw. Left as bare brass it goes brown; polish it or don't.",
		options: [{ name: "Finish", values: ["Brass", "Copper", "Steel"] }],
		variants: [
			v("clear-bell-brass", 2400, 33, { Finish: "Brass" }),
			v("clear-bell-copper", 2600, 14, { Finish: "Copper" }),
			v("clear-bell-steel", 2200, 29, { Finish: "Steel" })
		],
		images: [
			img("bell-brass", "Brass bicycle bell on a handlebar"),
			img("bell-copper", "The bell in copper"),
			img("bell-steel", "The bell in steel")
		],
		reviews: [
			says(5, "People smile", "They move aside and smile. Worth the money.", "Familie Roth"),
			says(4, "Screw is soft", "Use the right key.", "Ruben K.")
		]
	},
	{
		key: "carrier-backpack",
		seller: "fernway",
		title: "Carrier roll-top backpack",
		category: "outdoor/bags",
		tags: ["canvas", "laptop", "water-repellent"],
		description:
			"Waxed cotton canvas with leather straps and brass buckles; 20 litres, 26 when unrolled. A padded sleeve takes a 15-inch laptop. Re-wax the seams once a year and it will keep out anything but a canal.",
		options: [{ name: "Colour", values: ["Forest", "Sand", "Navy"] }],
		variants: [
			v("carrier-pack-forest", 14900, 10, { Colour: "Forest" }),
			v("carrier-pack-sand", 14900, 7, { Colour: "Sand" }),
			v("carrier-pack-navy", 14900, 2, { Colour: "Navy" }, { lowStockThreshold: 4 })
		],
		images: [
			img("carrier-pack-forest", "Forest green roll-top backpack with leather straps"),
			img("carrier-pack-sand", "The backpack in sand"),
			img("carrier-pack-navy", "The backpack in navy"),
			img("carrier-pack-buckle", "Close view of straps and buckles")
		],
		reviews: [
			says(5, "Three winters", "Leather has gone dark and lovely.", "Oskar L."),
			says(4, "No side pocket", "The bottle has to go inside.", "Tomás V."),
			says(4, "Buckles take two hands", "Safe, but slow at the till.", "Aino S.")
		]
	},
	{
		key: "dune-tote",
		seller: "fernway",
		title: "Dune canvas tote",
		category: "outdoor/bags",
		tags: ["canvas", "everyday"],
		description:
			"A 16 oz canvas tote printed with water-based ink, with handles stitched in a cross so they hold 15 kg. 40 × 42 × 12 cm, one inner pocket for keys. Wash cold, reshape while damp.",
		options: [{ name: "Print", values: ["Clay", "Sea"] }],
		variants: [
			v("dune-tote-clay", 2600, 37, { Print: "Clay" }),
			v("dune-tote-sea", 2600, 24, { Print: "Sea" })
		],
		images: [
			img("dune-tote-clay", "Oat canvas tote with a clay-red sun and dunes"),
			img("dune-tote-sea", "The tote with a sea-blue print")
		],
		reviews: [
			says(5, "Stands on its own", "The base is stiff enough to unpack on the floor.", "Leonie P.")
		]
	},
	// ——— desk
	{
		key: "clothbound-notebook",
		seller: "fernway",
		title: "Clothbound notebook",
		category: "desk/notebooks",
		tags: ["paper", "fountain-pen"],
		description:
			"192 pages of cream 100 g/m² paper, thread-sewn so it opens flat, in a cloth cover with an elastic and one ribbon. A5, ruled at 7 mm. Takes a fountain pen without feathering.",
		options: [{ name: "Colour", values: ["Forest", "Rust", "Ink"] }],
		variants: [
			v("cloth-notebook-forest", 1900, 41, { Colour: "Forest" }),
			v("cloth-notebook-rust", 1900, 30, { Colour: "Rust" }),
			v("cloth-notebook-ink", 1900, 26, { Colour: "Ink" })
		],
		images: [
			img("cloth-notebook-forest", "Forest green clothbound notebook with a moon"),
			img("cloth-notebook-rust", "The notebook in rust"),
			img("cloth-notebook-ink", "The notebook in ink"),
			img("cloth-notebook-open", "The notebook open flat with a pencil")
		],
		reviews: [
			says(5, "Opens flat, truly", "From page one.", "Ines M."),
			says(4, "Ghosting with wet nibs", "A broad nib shows through a little.", "Milan D.")
		]
	},
	{
		key: "pocket-trio",
		seller: "fernway",
		title: "Pocket notebooks, set of three",
		category: "desk/notebooks",
		tags: ["paper", "set"],
		description:
			"Three stapled notebooks of 48 dotted pages, 9 × 14 cm, in covers of 250 g recycled card. Rounded corners survive a back pocket. Label on each front.",
		options: [],
		variants: [v("pocket-trio", 1100, 53)],
		images: [
			img("pocket-trio", "Three pocket notebooks fanned out"),
			img("pocket-trio-desk", "A pocket notebook with pencils")
		],
		reviews: [says(4, "Always one in the coat", "Staples could be deeper.", "Ruben K.")]
	},
	{
		key: "dunes-print",
		seller: "fernway",
		title: "Red Dunes print",
		category: "desk/prints",
		tags: ["art", "paper"],
		description:
			"An archival pigment print on 240 g/m² cotton paper with a white border. Sold unframed, rolled in a tube; the frame in the picture shows the scale. Keep it out of direct sun.",
		options: [{ name: "Size", values: ["A4", "A3", "50 × 70 cm"] }],
		variants: [
			v("dunes-print-a4", 2400, 40, { Size: "A4" }),
			v("dunes-print-a3", 3600, 25, { Size: "A3" }),
			v("dunes-print-50", 5900, 8, { Size: "50 × 70 cm" })
		],
		images: [
			img("print-dunes", "Framed print of a red sun over dunes"),
			img("print-dunes-sheet", "The print as an unframed sheet")
		],
		reviews: [says(5, "Warms the hall", "Colours are deep and matte.", "Greta O.")]
	},
	{
		key: "still-lake-print",
		seller: "fernway",
		title: "Still Lake print",
		category: "desk/prints",
		tags: ["art", "paper"],
		description:
			"Mountains, water and one small red sail, printed with pigment inks on cotton paper. Unframed, with a 4 cm border for a mount. Each sheet is checked and stamped on the back.",
		options: [{ name: "Size", values: ["A4", "A3", "50 × 70 cm"] }],
		variants: [
			v("lake-print-a4", 2400, 33, { Size: "A4" }),
			v("lake-print-a3", 3600, 7, { Size: "A3" }),
			v("lake-print-50", 5900, 11, { Size: "50 × 70 cm" })
		],
		images: [
			img("print-lake", "Framed print of a mountain lake with a small sail"),
			img("print-wall", "Three framed prints on a wall")
		],
		reviews: [
			says(4, "Tube was dented", "Print was fine. Took a day under books to lie flat.", "Oskar L.")
		]
	},
	{
		key: "fruit-bowl-print",
		seller: "fernway",
		title: "Three Fruits print",
		category: "desk/prints",
		tags: ["art", "kitchen"],
		description:
			"A flat-coloured still life of three fruits in a blue bowl, made for kitchens. Pigment print on 240 g/m² cotton paper, A3 only. Unframed.",
		options: [],
		variants: [v("fruit-print-a3", 3400, 20)],
		images: [
			img("print-fruit", "Unframed print of three fruits in a blue bowl"),
			img("print-fruit-framed", "The print in an oak frame")
		],
		reviews: []
	},
	{
		key: "quiet-hour-headphones",
		seller: "fernway",
		title: "Quiet Hour headphones",
		category: "desk/audio",
		tags: ["wireless", "noise-cancelling"],
		description:
			"Closed over-ear headphones with active noise cancelling, 34 hours of battery and a cable for when that is over. 254 g; pads and headband unscrew for replacement. Folds into the felt pouch supplied.",
		options: [{ name: "Colour", values: ["Cream", "Charcoal", "Forest"] }],
		variants: [
			v("quiet-hour-cream", 22900, 12, { Colour: "Cream" }),
			v("quiet-hour-charcoal", 22900, 20, { Colour: "Charcoal" }),
			v("quiet-hour-forest", 22900, 3, { Colour: "Forest" }, { lowStockThreshold: 5 })
		],
		images: [
			img("headphones-cream", "Cream headphones with tan leather pads"),
			img("headphones-charcoal", "The headphones in charcoal"),
			img("headphones-forest", "The headphones in forest green"),
			img("headphones-close", "Close view of an ear cup")
		],
		reviews: [
			says(5, "The train went silent", "And voices on calls are clear.", "Tomás V."),
			says(4, "Warm in July", "Leather pads, closed cups. Physics.", "Leonie P."),
			says(3, "App is plain", "It does two things. Maybe that is enough.", "Milan D.")
		]
	},
	{
		key: "corner-speaker",
		seller: "fernway",
		title: "Corner speaker",
		category: "desk/audio",
		tags: ["wireless", "oak"],
		description:
			"A one-box speaker in an oak cabinet with a 13 cm driver and a cloth tweeter behind woven wool. 40 W, Bluetooth and line-in, one brass knob for everything. 18 × 26 × 16 cm.",
		options: [{ name: "Wood", values: ["Oak", "Walnut"] }],
		variants: [
			v("corner-speaker-oak", 19900, 9, { Wood: "Oak" }),
			v("corner-speaker-walnut", 20900, 6, { Wood: "Walnut" })
		],
		images: [
			img("speaker-oak", "Oak speaker with grey cloth front and brass knob"),
			img("speaker-walnut", "The speaker in walnut"),
			img("speaker-shelf", "The speaker with a planter")
		],
		reviews: [
			says(5, "One knob!", "My father can use it.", "Greta O."),
			says(4, "Modest bass", "Put it in a corner, as the name says.", "Ruben K.")
		]
	},
	{
		key: "kitchen-signal-radio",
		seller: "fernway",
		title: "Kitchen Signal radio",
		category: "desk/audio",
		tags: ["fm", "dab", "portable"],
		description:
			"A DAB+ and FM radio with a real dial, three preset keys and a carrying handle in walnut. Runs 18 hours on its battery. 31 × 19 × 9 cm, splash-proof enough for a sink.",
		options: [{ name: "Colour", values: ["Sea", "Rust"] }],
		variants: [
			v("signal-radio-sea", 12900, 15, { Colour: "Sea" }),
			v("signal-radio-rust", 12900, 10, { Colour: "Rust" })
		],
		images: [
			img("radio-sea", "Sea-blue radio with a round dial and wooden handle"),
			img("radio-rust", "The radio in rust"),
			img("radio-dial", "Close view of the dial")
		],
		reviews: [says(5, "Turn it on, hear the news", "No account, no app.", "Familie Roth")]
	},
	// ——— play
	{
		key: "little-round-car",
		seller: "lantern-row",
		title: "Little Round car",
		category: "play/wooden-toys",
		tags: ["wood", "age-1"],
		description:
			"A chunky beech car with wheels that run on wooden axles, 18 cm long. Painted with water-based colour that is safe to chew. For ages one and up.",
		options: [{ name: "Colour", values: ["Red", "Blue"] }],
		variants: [
			v("round-car-red", 2600, 23, { Colour: "Red" }),
			v("round-car-blue", 2600, 17, { Colour: "Blue" })
		],
		images: [
			img("toy-car-red", "Round red wooden car"),
			img("toy-car-blue", "Round blue wooden car"),
			img("toy-car-blocks", "The car beside a tower of blocks")
		],
		reviews: [says(5, "Chewed, thrown, loved", "Paint is still on.", "Aino S.")]
	},
	{
		key: "stacking-rings",
		seller: "lantern-row",
		title: "Sunrise stacking rings",
		category: "play/wooden-toys",
		tags: ["wood", "age-1"],
		description:
			"Five turned rings and a knob on a beech base, 22 cm tall. The peg is short and rounded so a fall does no harm. Wipe clean; do not soak.",
		options: [],
		variants: [v("stacking-rings", 2900, 16)],
		images: [
			img("stacking-rings", "Five coloured rings stacked on a wooden base"),
			img("stacking-rings-close", "Close view of the turned rings")
		],
		reviews: [says(4, "Knob rolls away", "Under the sofa, mostly.", "Leonie P.")]
	},
	{
		key: "bay-sailing-boat",
		seller: "lantern-row",
		title: "Bay sailing boat",
		category: "play/wooden-toys",
		tags: ["wood", "water"],
		description:
			"A boat that floats upright, with a waxed hull, a lead-free keel weight and cotton sails you can take down. 28 cm long, 32 cm tall. Dry it in the air after the pond.",
		options: [],
		variants: [v("bay-boat", 3400, 2, {}, { lowStockThreshold: 4 })],
		images: [
			img("sail-boat", "Wooden toy boat with cotton sails"),
			img("sail-boat-close", "Close view of the striped sail")
		],
		reviews: [says(5, "It really sails", "Crossed the whole pond. We ran round it.", "Tomás V.")]
	},
	{
		key: "town-blocks",
		seller: "lantern-row",
		title: "Small Town blocks",
		category: "play/wooden-toys",
		tags: ["wood", "age-2", "set"],
		description:
			"Six lime-wood cubes of 5 cm with inlaid shapes and one roof. Edges are rounded by hand. Comes in a cotton bag; for ages two and up.",
		options: [],
		variants: [v("town-blocks", 3800, 13)],
		images: [
			img("town-blocks", "Tower of coloured wooden blocks with a roof"),
			img("town-blocks-close", "Close view of the inlaid shapes")
		],
		reviews: [says(5, "Quiet play", "Well, until the tower falls.", "Ines M.")]
	},
	{
		key: "lake-puzzle",
		seller: "lantern-row",
		title: "Still Lake puzzle, 500 pieces",
		category: "play/puzzles",
		tags: ["puzzle", "500-pieces"],
		description:
			"500 thick pieces of recycled board with a linen finish that does not glare. Finished size 36 × 49 cm. A folded poster and a cloth bag are in the box.",
		options: [],
		variants: [v("lake-puzzle-500", 2400, 27)],
		images: [
			img("puzzle-lake", "Puzzle box with a mountain lake, pieces beside it"),
			img("puzzle-lake-pieces", "Close view of loose pieces")
		],
		reviews: [
			says(4, "The water is mean", "200 pieces of nearly the same blue. I loved it.", "Greta O."),
			says(5, "No missing piece", "Checked twice.", "Oskar L.")
		]
	},
	{
		key: "dunes-puzzle",
		seller: "lantern-row",
		title: "Red Dunes puzzle, 1000 pieces",
		category: "play/puzzles",
		tags: ["puzzle", "1000-pieces"],
		description:
			"1000 pieces in warm colours that run into each other; sort by shape, not by shade. Recycled board, 48 × 68 cm when done.",
		options: [],
		variants: [v("dunes-puzzle-1000", 2900, 18)],
		images: [
			img("puzzle-dunes", "Puzzle box with red dunes, pieces beside it"),
			img("puzzle-dunes-pieces", "Loose puzzle pieces in warm colours")
		],
		reviews: [
			says(3, "Hard", "Gave up in the third week. My sister finished it in an evening.", "Ruben K.")
		]
	},
	{
		key: "seven-tangram",
		seller: "lantern-row",
		title: "Seven-piece tangram",
		category: "play/puzzles",
		tags: ["wood", "travel"],
		description:
			"Seven stained maple tiles in a beech tray, 18 × 18 cm, with a booklet of 60 figures. The tiles are 8 mm thick and stand on edge. For ages five and up.",
		options: [],
		variants: [v("seven-tangram", 2700, 24)],
		images: [
			img("tangram-tray", "Seven coloured wooden tiles in their tray"),
			img("tangram-tree", "The tiles laid out as a tree")
		],
		reviews: [says(5, "Stays on the coffee table", "Guests cannot leave it alone.", "Milan D.")]
	}
];
