// The house style's tools: colour, light from the upper left, solids, cloth, wood, paper.

export type Point = readonly [number, number];
export type Stop = readonly [offset: number, colour: string, opacity?: number];

export const n = (value: number): string => String(Math.round(value * 10) / 10);

const channels = (hex: string): number[] =>
	[1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16));

export const mix = (from: string, to: string, share: number): string => {
	const other = channels(to);
	return `#${channels(from)
		.map((value, at) => Math.round(value + ((other[at] ?? 0) - value) * share))
		.map(value => value.toString(16).padStart(2, "0"))
		.join("")}`;
};
/** Shadows lean to a warm violet, lights to cream: no dead greys. */
export const dark = (colour: string, share: number): string => mix(colour, "#221a26", share);
export const light = (colour: string, share: number): string => mix(colour, "#fffaf0", share);

export const random = (seed: number) => {
	let state = seed * 2654435761 + 12345;
	return (from = 0, to = 1): number => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return from + ((to - from) * state) / 4294967296;
	};
};

export const g = (content: string, attributes = ""): string => `<g ${attributes}>${content}</g>`;
export const at = (x: number, y: number, content: string, scale = 1, turn = 0): string =>
	!x && !y && !turn && scale === 1
		? content
		: g(
				content,
				`transform="translate(${n(x)} ${n(y)})${turn ? ` rotate(${n(turn)})` : ""}${
					scale === 1 ? "" : ` scale(${Math.round(scale * 1000) / 1000})`
				}"`
			);
export const path = (d: string, fill: string, more = ""): string =>
	`<path d="${d}" fill="${fill}" ${more}/>`;
export const line = (d: string, colour: string, width: number, more = ""): string =>
	`<path d="${d}" fill="none" stroke="${colour}" stroke-width="${n(width)}" ` + `${more}/>`;
export const oval = (
	x: number,
	y: number,
	rx: number,
	ry: number,
	fill: string,
	more = ""
): string =>
	`<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}" ${more}/>`;
export const box = (
	x: number,
	y: number,
	width: number,
	height: number,
	fill: string,
	radius = 0,
	more = ""
): string =>
	`<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" ` +
	`rx="${n(radius)}" fill="${fill}" ${more}/>`;
export const roundBox = (x: number, y: number, w: number, h: number, r: number): string =>
	`M${n(x + r)} ${n(y)}H${n(x + w - r)}Q${n(x + w)} ${n(y)} ${n(x + w)} ${n(y + r)}` +
	`V${n(y + h - r)}Q${n(x + w)} ${n(y + h)} ${n(x + w - r)} ${n(y + h)}H${n(x + r)}` +
	`Q${n(x)} ${n(y + h)} ${n(x)} ${n(y + h - r)}V${n(y + r)}Q${n(x)} ${n(y)} ${n(x + r)} ${n(y)}Z`;

/** One document's definitions, each made once. */
export class Kit {
	private readonly known = new Map<string, { id: string; markup: string }>();

	private define(key: string, make: (id: string) => string): string {
		const found = this.known.get(key);
		if (found) return found.id;
		const id = `d${this.known.size + 1}`;
		this.known.set(key, { id, markup: make(id) });
		return id;
	}

	get defs(): string {
		return [...this.known.values()].map(entry => entry.markup).join("");
	}

	private stops(stops: readonly Stop[]): string {
		return stops
			.map(
				([offset, colour, opacity]) =>
					`<stop offset="${offset}" stop-color="${colour}"${
						opacity === undefined ? "" : ` stop-opacity="${opacity}"`
					}/>`
			)
			.join("");
	}

	/** Linear gradient; the default runs down the light, from upper left to lower right. */
	lin(stops: readonly Stop[], x1 = 0, y1 = 0, x2 = 1, y2 = 1): string {
		const inner = this.stops(stops);
		return `url(#${this.define(
			`l${inner}${[x1, y1, x2, y2]}`,
			id =>
				`<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${inner}</linearGradient>`
		)})`;
	}

	rad(stops: readonly Stop[], cx = 0.5, cy = 0.5, r = 0.5): string {
		const inner = this.stops(stops);
		return `url(#${this.define(
			`r${inner}${[cx, cy, r]}`,
			id => `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}">${inner}</radialGradient>`
		)})`;
	}

	blur(radius: number): string {
		return `filter="url(#${this.define(
			`b${radius}`,
			id =>
				`<filter id="${id}" x="-60%" y="-60%" width="220%" height="220%">` +
				`<feGaussianBlur stdDeviation="${radius}"/></filter>`
		)})"`;
	}

	/** Blur for strokes that run straight: the region can't be a share of a flat box. */
	haze(radius: number): string {
		return `filter="url(#${this.define(
			`h${radius}`,
			id =>
				`<filter id="${id}" filterUnits="userSpaceOnUse" x="-900" y="-1300" width="2400" height="2600">` +
				`<feGaussianBlur stdDeviation="${radius}"/></filter>`
		)})"`;
	}

	clip(d: string, content: string): string {
		const id = this.define(`c${d}`, name => `<clipPath id="${name}"><path d="${d}"/></clipPath>`);
		return g(content, `clip-path="url(#${id})"`);
	}

	/** Drawn once, shown often. */
	share(content: string): string {
		return `<use href="#${this.define(`g${content}`, id => `<g id="${id}">${content}</g>`)}"/>`;
	}

	tile(width: number, height: number, content: string, turn = 0): string {
		return `url(#${this.define(
			`p${width},${height},${turn}${content}`,
			id =>
				`<pattern id="${id}" width="${width}" height="${height}" patternUnits="userSpaceOnUse"` +
				`${turn ? ` patternTransform="rotate(${turn})"` : ""}>${content}</pattern>`
		)})`;
	}
}

// ——— turned solids: what a wheel or a lathe makes

export const TILT = 0.17;

export interface Turned {
	d: string;
	points: readonly Point[];
	radius(y: number): number;
}

const through = (points: readonly Point[]): string => {
	let d = "";
	for (let i = 0; i < points.length - 1; i++) {
		const a = points[Math.max(0, i - 1)]!;
		const b = points[i]!;
		const c = points[i + 1]!;
		const e = points[Math.min(points.length - 1, i + 2)]!;
		d +=
			`C${n(b[0] + (c[0] - a[0]) / 6)} ${n(b[1] + (c[1] - a[1]) / 6)} ` +
			`${n(c[0] - (e[0] - b[0]) / 6)} ${n(c[1] - (e[1] - b[1]) / 6)} ${n(c[0])} ${n(c[1])}`;
	}
	return d;
};
/** A smooth line through the points. */
export const smooth = (points: readonly Point[]): string =>
	`M${n(points[0]![0])} ${n(points[0]![1])}${through(points)}`;

/** `points`: radius and height, from the top down. */
export const turned = (points: readonly Point[], tilt = TILT): Turned => {
	const [topR, topY] = points[0]!;
	const [lowR] = points[points.length - 1]!;
	const left = points.map(([r, y]): Point => [-r, y]);
	const right = [...points].reverse();
	const d =
		`${smooth(left)}A${n(lowR)} ${n(lowR * tilt)} 0 0 0 ${n(lowR)} ${n(right[0]![1])}` +
		`${through(right)}A${n(topR)} ${n(topR * tilt)} 0 0 0 ${n(-topR)} ${n(topY)}Z`;
	const radius = (y: number): number => {
		for (let i = 0; i < points.length - 1; i++) {
			const [r1, y1] = points[i]!;
			const [r2, y2] = points[i + 1]!;
			if (y >= y1 && y <= y2 && y2 > y1) return r1 + ((r2 - r1) * (y - y1)) / (y2 - y1);
		}
		return y < topY ? topR : lowR;
	};
	return { d, points, radius };
};

/** Light round a turned body. */
export const round = (k: Kit, c: string, gloss = 0.5): string =>
	k.lin(
		[
			[0, dark(c, 0.24)],
			[0.1, dark(c, 0.06)],
			[0.28, light(c, 0.18 + gloss * 0.3)],
			[0.5, c],
			[0.78, dark(c, 0.26)],
			[0.93, dark(c, 0.4)],
			[1, dark(c, 0.3)]
		],
		0,
		0,
		1,
		0
	);

export const solid = (k: Kit, body: Turned, c: string, gloss = 0.5, extra = ""): string => {
	const { points, d } = body;
	const shine = smooth(points.map(([r, y]): Point => [-r * 0.6, y + r * 0.12]));
	const widest = Math.max(...points.map(([r]) => r));
	return (
		path(d, round(k, c, gloss)) +
		k.clip(
			d,
			extra +
				path(
					d,
					k.lin(
						[
							[0, "#fff", 0.16],
							[0.3, "#fff", 0],
							[0.62, "#221a26", 0],
							[1, "#221a26", 0.3]
						],
						0,
						0,
						0,
						1
					)
				) +
				(gloss > 0.2
					? line(
							shine,
							"#fff",
							widest * 0.16,
							`opacity="${n(gloss * 0.75)}" ${k.haze(n2(widest * 0.05))}`
						)
					: "")
		)
	);
};
const n2 = (value: number): number => Math.max(2, Math.round(value));

/** A curved band of the body between two heights, to be clipped to it. */
export const band = (body: Turned, from: number, to: number, tilt = TILT): string => {
	const a = body.radius(from) + 2;
	const b = body.radius(to) + 2;
	const wide = Math.max(a, b, ...body.points.filter(([, y]) => y > from && y < to).map(([r]) => r));
	return (
		`M${n(-wide)} ${n(from)}H${n(-a)}A${n(a)} ${n(a * tilt)} 0 0 0 ${n(a)} ${n(from)}H${n(wide)}` +
		`V${n(to)}H${n(b)}A${n(b)} ${n(b * tilt)} 0 0 1 ${n(-b)} ${n(to)}H${n(-wide)}Z`
	);
};

/** The opening of a vessel, seen slightly from above; the far inner wall takes the light. */
export const mouth = (
	k: Kit,
	y: number,
	r: number,
	c: string,
	inner: string,
	lip = 9,
	filled = "",
	tilt = TILT
): string => {
	const ri = r - lip;
	const hole = `M${n(-ri)} ${n(y)}A${n(ri)} ${n(ri * tilt)} 0 1 0 ${n(ri)} ${n(y)}A${n(ri)} ${n(ri * tilt)} 0 1 0 ${n(-ri)} ${n(y)}Z`;
	return (
		oval(
			0,
			y,
			r,
			r * tilt,
			k.lin(
				[
					[0, light(c, 0.55)],
					[0.5, light(c, 0.25)],
					[1, dark(c, 0.12)]
				],
				0,
				0,
				1,
				0
			)
		) +
		path(
			hole,
			k.lin(
				[
					[0, dark(inner, 0.5)],
					[0.45, dark(inner, 0.28)],
					[1, light(inner, 0.1)]
				],
				0,
				0,
				1,
				0
			)
		) +
		k.clip(
			hole,
			path(
				hole,
				k.lin(
					[
						[0, "#221a26", 0.35],
						[0.6, "#221a26", 0]
					],
					0,
					0,
					0,
					1
				)
			) +
				(filled
					? oval(
							0,
							y + ri * 0.1,
							ri * 0.98,
							ri * tilt * 0.92,
							k.lin(
								[
									[0, dark(filled, 0.3)],
									[0.6, filled],
									[1, light(filled, 0.2)]
								],
								0,
								0,
								1,
								0.3
							)
						) +
						line(
							`M${n(-ri * 0.5)} ${n(y + ri * 0.16)}Q0 ${n(y + ri * 0.235)} ${n(ri * 0.55)} ${n(y + ri * 0.15)}`,
							light(filled, 0.5),
							3,
							'opacity=".5"'
						)
					: "")
		)
	);
};

/** A rod, handle, cable or leg. */
export const tube = (k: Kit, d: string, width: number, c: string, gloss = 0.5): string =>
	line(d, dark(c, 0.42), width) +
	g(
		line(d, c, width * 0.72) +
			line(
				d,
				light(c, 0.2 + gloss * 0.5),
				width * 0.24,
				width > 14 ? k.haze(n2(width * 0.07)) : ""
			),
		`transform="translate(${n(-width * 0.1)} ${n(-width * 0.08)})"`
	);

/** Standing things: a contact shadow, and one that falls to the right. */
export const cast = (k: Kit, r: number, reach = 1.5, strength = 1): string =>
	oval(
		r * reach * 0.5,
		r * 0.03,
		r * (0.8 + reach * 0.42),
		r * 0.2,
		"#2a1c2b",
		`opacity="${n2d(0.2 * strength)}" ${k.blur(Math.round(r * 0.09) + 8)}`
	) +
	oval(
		r * 0.14,
		r * 0.07,
		r * 1.08,
		r * 0.18,
		"#2a1c2b",
		`opacity="${n2d(0.42 * strength)}" ${k.blur(Math.round(r * 0.04) + 4)}`
	);
const n2d = (value: number): number => Math.round(value * 100) / 100;

/** Things with a long flat foot. */
export const rest = (k: Kit, half: number, far = 1): string =>
	path(
		`M${n(-half * 0.9)} -6L${n(half)} -50L${n(half + 150 * far)} -14L${n(half * 0.9 + 90 * far)} 22H${n(-half * 0.8)}Z`,
		"#2a1c2b",
		`opacity=".26" ${k.blur(16)}`
	) + oval(6, 2, half * 1.02, 13, "#2a1c2b", `opacity=".5" ${k.blur(6)}`);

/** Lying things: shadow of their own outline. */
export const drop = (k: Kit, d: string, far = 26, strength = 1): string =>
	path(
		d,
		"#2a1c2b",
		`opacity="${n2d(0.22 * strength)}" transform="translate(${n(far)} ${n(far * 1.15)})" ${k.blur(Math.round(far * 0.75))}`
	) +
	path(
		d,
		"#2a1c2b",
		`opacity="${n2d(0.3 * strength)}" transform="translate(${n(far * 0.25)} ${n(far * 0.3)})" ${k.blur(Math.round(far * 0.22) + 2)}`
	);

/** Anything soft or thick: fill, lit upper-left edge, shaded lower-right edge. */
export const soft = (k: Kit, d: string, c: string, edge = 40, extra = "", depth = 1): string =>
	path(
		d,
		k.lin([
			[0, light(c, 0.2)],
			[0.5, c],
			[1, dark(c, 0.18)]
		])
	) +
	k.clip(
		d,
		extra +
			g(
				line(
					d,
					dark(c, 0.6),
					edge,
					`opacity="${n2d(0.46 * depth)}" ${k.haze(Math.round(edge * 0.42))}`
				),
				`transform="translate(${n(edge * -0.1)} ${n(edge * -0.12)})"`
			) +
			g(
				line(
					d,
					light(c, 0.75),
					edge * 0.34,
					`opacity="${n2d(0.42 * depth)}" ${k.haze(Math.round(edge * 0.16) + 1)}`
				),
				`transform="translate(${n(edge * 0.2)} ${n(edge * 0.22)})"`
			)
	);

// ——— surfaces

export const weave = (k: Kit, c: string, step = 6, turn = 0): string =>
	k.tile(
		step,
		step,
		`<path d="M0 ${step / 4}H${step}" stroke="${dark(c, 0.5)}" stroke-opacity=".13" stroke-width="1.3"/>` +
			`<path d="M${step / 4} 0V${step}" stroke="${light(c, 0.8)}" stroke-opacity=".2" stroke-width="1.2"/>`,
		turn
	);
export const ribs = (k: Kit, c: string, step = 14, turn = 0): string =>
	k.tile(
		step,
		step,
		`<path d="M${step * 0.25} 0V${step}" stroke="${dark(c, 0.7)}" stroke-opacity=".26" stroke-width="${step * 0.28}"/>` +
			`<path d="M${step * 0.65} 0V${step}" stroke="${light(c, 0.8)}" stroke-opacity=".2" stroke-width="${step * 0.24}"/>`,
		turn
	);
export const knit = (k: Kit, c: string, step = 16, turn = 0): string =>
	k.tile(
		step,
		step * 0.75,
		`<path d="M1 0L${step / 2} ${step * 0.5}L${step - 1} 0" fill="none" stroke="${dark(c, 0.65)}" stroke-opacity=".24" stroke-width="2.4"/>` +
			`<path d="M1 ${step * 0.3}L${step / 2} ${step * 0.8}L${step - 1} ${step * 0.3}" fill="none" stroke="${light(c, 0.8)}" stroke-opacity=".2" stroke-width="2"/>`,
		turn
	);

export const speckle = (
	seed: number,
	count: number,
	x: number,
	y: number,
	width: number,
	height: number,
	colour: string
): string => {
	const pick = random(seed);
	let d = "";
	for (let i = 0; i < count; i++) {
		const r = pick(0.8, 2.6);
		d += `M${n(x + pick() * width)} ${n(y + pick() * height)}h${n(r)}v${n(r)}h${n(-r)}z`;
	}
	return path(
		d,
		colour,
		`opacity=".55" stroke="${colour}" stroke-width="1.6" stroke-linejoin="round"`
	);
};

const i0 = (value: number): string => String(Math.round(value));

/** Long grain lines, to be clipped to the wood they are in. */
export const grain = (
	seed: number,
	x: number,
	y: number,
	width: number,
	height: number,
	c: string,
	count = 22,
	upright = false
): string => {
	const pick = random(seed);
	let fine = "";
	let bold = "";
	for (let i = 0; i < count; i++) {
		const across = (i + pick(0.1, 0.9)) / count;
		const sway = pick(-1, 1) * (upright ? width : height) * 0.05;
		const d = upright
			? `M${i0(x + across * width)} ${i0(y)}c${i0(sway)} ${i0(height * 0.3)} ${i0(-sway)} ${i0(height * 0.6)} ${i0(sway * 0.5)} ${i0(height)}`
			: `M${i0(x)} ${i0(y + across * height)}c${i0(width * 0.3)} ${i0(sway)} ${i0(width * 0.6)} ${i0(-sway)} ${i0(width)} ${i0(sway * 0.5)}`;
		if (i % 3) fine += d;
		else bold += d;
	}
	return (
		line(fine, dark(c, 0.55), 1.6, 'opacity=".3"') +
		line(bold, dark(c, 0.5), 4, 'opacity=".2"') +
		g(line(bold, light(c, 0.6), 2, 'opacity=".3"'), 'transform="translate(4 5)"')
	);
};

/** A leaf from its stalk at (x, y), pointing up before it is turned. */
export const leaf = (
	k: Kit,
	length: number,
	width: number,
	c: string,
	x = 0,
	y = 0,
	turn = 0
): string => {
	const w = Math.round((width / length) * 100);
	const d = `M0 0C${-w} -30 ${n(-w * 0.8)} -75 0 -100C${n(w * 0.8)} -75 ${w} -30 0 0Z`;
	const one = k.share(
		path(
			d,
			k.lin(
				[
					[0, light(c, 0.3)],
					[0.49, c],
					[0.51, dark(c, 0.18)],
					[1, dark(c, 0.38)]
				],
				0,
				0,
				1,
				0.15
			)
		) + line("M0 0L0 -90", light(c, 0.45), 1.6, 'opacity=".6"')
	);
	const place = `translate(${i0(x)} ${i0(y)})${turn ? `rotate(${i0(turn)})` : ""}scale(${Math.round(length) / 100})`;
	return one.replace("/>", ` transform="${place}"/>`);
};

/** A twig with leaves in pairs, from the origin upwards. */
export const twig = (
	k: Kit,
	c: string,
	height: number,
	lean: number,
	leaves = 5,
	size = 1
): string => {
	let out = line(
		`M0 0Q${n(lean * 0.1)} ${n(-height * 0.6)} ${n(lean)} ${n(-height)}`,
		mix(c, "#5b4632", 0.6),
		6 * size
	);
	for (let i = 0; i < leaves; i++) {
		const t = 0.35 + (0.62 * i) / Math.max(1, leaves - 1);
		const x = 2 * (1 - t) * t * lean * 0.1 + t * t * lean;
		const y = -(2 * (1 - t) * t * height * 0.6 + t * t * height);
		const long = (120 - i * 9) * size;
		const turn = (lean / height) * 40;
		out += leaf(k, long, long * 0.26, i % 2 ? light(c, 0.12) : c, x, y, turn - 58);
		out += leaf(k, long, long * 0.26, dark(c, 0.1), x, y, turn + 62);
	}
	return out;
};

// ——— the stage

export const TONES = {
	sand: ["#efe4d2", "#dccab0"],
	blush: ["#f3ddd3", "#e3bfb1"],
	sage: ["#dfe3d2", "#c0c8ae"],
	sky: ["#dbe5e8", "#b6c8cf"],
	butter: ["#f6e8c3", "#e8d096"],
	clay: ["#e2b399", "#c98e70"],
	stone: ["#e7e3dd", "#cbc4bb"],
	lilac: ["#e5deea", "#c9bdd3"],
	teal: ["#a9c4c0", "#7fa39f"],
	dusk: ["#4c5567", "#343a4a"],
	pine: ["#4f665a", "#37493f"],
	plum: ["#6e5160", "#4f3845"],
	ochre: ["#e3bd77", "#cd9c4b"]
} as const;
export type Tone = keyof typeof TONES;
export type Stage = "table" | "flat" | "wall" | "arch" | "disc" | "step";

const fibres = (k: Kit): string => {
	const pick = random(7);
	let d = "";
	for (let i = 0; i < 26; i++)
		d += `M${n(pick(0, 200))} ${n(pick(0, 200))}l${n(pick(-5, 5))} ${n(pick(-4, 4))}`;
	return k.tile(
		200,
		200,
		`<path d="${d}" stroke="#4a3a35" stroke-opacity=".09" stroke-width="1.2"/>`
	);
};

/** The picture: paper ground, light falling in from the upper left, and what stands on it. */
export const scene = (
	tone: Tone,
	stage: Stage,
	draw: (k: Kit) => string,
	zoom?: readonly [x: number, y: number, scale: number]
): string => {
	const k = new Kit();
	const [wall, floor] = TONES[tone];
	const full = (fill: string, more = "") => box(0, 0, 1200, 1200, fill, 0, more);
	const horizon = 800;
	const ledge = stage === "flat" || stage === "wall";
	const night = tone === "dusk" || tone === "pine" || tone === "plum";
	let back = full(
		k.rad(
			[
				[0, light(wall, night ? 0.2 : 0.55)],
				[0.55, wall],
				[1, mix(wall, floor, 0.75)]
			],
			0.22,
			0.12,
			1.05
		)
	);
	if (!ledge) {
		if (stage === "arch")
			back +=
				path(
					"M210 806V500a390 390 0 0 1 780 0V806Z",
					k.lin([
						[0, mix(floor, dark(floor, 0.1), 0.5)],
						[1, mix(wall, floor, 0.5)]
					])
				) +
				path(
					"M244 806V510a370 370 0 0 1 742 0V806Z",
					k.lin(
						[
							[0, floor],
							[1, light(wall, 0.15)]
						],
						0,
						0,
						0.6,
						1
					),
					'opacity=".8"'
				);
		if (stage === "disc")
			back += `<circle cx="640" cy="470" r="380" fill="${k.lin([
				[0, light(floor, 0.3)],
				[1, floor]
			])}" opacity=".85"/>`;
		back += box(
			0,
			horizon,
			1200,
			400,
			k.lin(
				[
					[0, mix(floor, dark(floor, 0.25), 0.25)],
					[0.12, floor],
					[1, light(floor, 0.22)]
				],
				0,
				0,
				0,
				1
			)
		);
		back += box(0, horizon - 7, 1200, 14, dark(floor, 0.3), 0, `opacity=".2" ${k.blur(5)}`);
		if (stage === "step")
			back +=
				path(
					"M250 930H1010V1200H250Z",
					k.lin(
						[
							[0, light(wall, 0.25)],
							[1, floor]
						],
						0,
						0,
						1,
						0.6
					)
				) +
				path(
					"M250 930L330 865H930L1010 930Z",
					k.lin([
						[0, light(wall, 0.75)],
						[1, light(wall, 0.25)]
					])
				) +
				path("M1010 930L1080 1200H1010Z", dark(floor, 0.35), `opacity=".3" ${k.blur(12)}`);
	}
	const beams =
		stage === "flat"
			? "M-100 300L700 -200L900 -200L-100 480ZM-100 640L1200 -160L1300 -20L-100 860Z"
			: "M-50 120L520 -60L760 -60L-50 700Z";
	back += path(beams, "#fffaf0", `opacity="${night ? 0.09 : 0.28}" ${k.blur(28)}`);
	const [x, y, scale] = zoom ?? [600, 600, 1];
	const content = zoom
		? g(draw(k), `transform="translate(600 600) scale(${scale}) translate(${-x} ${-y})"`)
		: draw(k);
	const front =
		full(fibres(k)) +
		full(
			k.rad(
				[
					[0, "#fffaf0", 0.1],
					[0.5, "#fff", 0],
					[1, dark(floor, 0.6), 0.2]
				],
				0.3,
				0.28,
				0.95
			)
		);
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="1200" viewBox="0 0 1200 1200" ` +
		`stroke-linecap="round" stroke-linejoin="round">` +
		once(`<defs>${k.defs}</defs>${back}${content}${front}</svg>`).replace(/ +\/>/g, "/>")
	);
};

/** Long outlines that come again (fill, clip, edge, shadow) are written down once. */
const once = (markup: string): string => {
	const seen = new Map<string, number>();
	for (const [, d = ""] of markup.matchAll(/<path d="([^"]{50,})"/g))
		seen.set(d, (seen.get(d) ?? 0) + 1);
	const names = new Map(
		[...seen].filter(([, times]) => times > 1).map(([d], i) => [d, `p${i + 1}`])
	);
	const outlines = [...names].map(([d, id]) => `<path id="${id}" d="${d}"/>`).join("");
	return `<defs>${outlines}</defs>${markup.replace(/<path d="([^"]{50,})"/g, (whole, d: string) =>
		names.has(d) ? `<use href="#${names.get(d)}"` : whole
	)}`;
};
