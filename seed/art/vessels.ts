// Everything from the wheel, the lathe or the glassblower. Each stands on (0, 0), its base's centre.
import {
	at,
	band,
	box,
	cast,
	dark,
	g,
	grain,
	type Kit,
	leaf,
	light,
	line,
	mix,
	mouth,
	n,
	oval,
	path,
	type Point,
	random,
	round,
	soft,
	solid,
	smooth,
	speckle,
	TILT,
	tube,
	turned,
	twig
} from "./kit";

export interface Glaze {
	c: string;
	raw?: string;
	inner?: string;
	speckles?: boolean;
}
const CLAY = "#c9a27e";

const spots = (body: readonly Point[], c: string, seed: number): string => {
	const r = Math.max(...body.map(([radius]) => radius));
	const top = body[0]![1];
	return speckle(seed, 70, -r, top, r * 2, -top, dark(c, 0.55));
};

export const mug = (
	k: Kit,
	{ c, raw = CLAY, inner, speckles }: Glaze,
	h = 300,
	r = 150,
	drink = ""
): string => {
	const shape: Point[] = [
		[r, -h],
		[r * 1.01, -h * 0.7],
		[r, -h * 0.25],
		[r * 0.93, -h * 0.06],
		[r * 0.84, 0]
	];
	const body = turned(shape);
	const grip = `M${n(r * 0.9)} ${n(-h * 0.8)}C${n(r * 1.85)} ${n(-h * 0.9)} ${n(r * 1.9)} ${n(-h * 0.16)} ${n(r * 0.9)} ${n(-h * 0.24)}`;
	return (
		cast(k, r, 1.7) +
		tube(k, grip, r * 0.25, c) +
		solid(
			k,
			body,
			c,
			0.5,
			(speckles ? spots(shape, c, 3) : "") +
				path(band(body, -h * 0.17, 40), round(k, raw, 0.15)) +
				line(
					`M${n(-r)} ${n(-h * 0.17)}A${n(r)} ${n(r * TILT)} 0 0 0 ${n(r)} ${n(-h * 0.17)}`,
					light(c, 0.35),
					4,
					'opacity=".7"'
				)
		) +
		mouth(k, -h, r, c, inner ?? light(c, 0.3), 10, drink)
	);
};

export const saucer = (k: Kit, c: string, r = 210): string => {
	const body = turned([
		[r, -26],
		[r * 0.85, -12],
		[r * 0.5, 0]
	]);
	return (
		cast(k, r * 0.8, 1.2) +
		solid(k, body, c, 0.3) +
		oval(
			0,
			-26,
			r,
			r * TILT,
			k.lin([
				[0, light(c, 0.5)],
				[0.6, c],
				[1, dark(c, 0.15)]
			])
		) +
		oval(
			0,
			-22,
			r * 0.72,
			r * TILT * 0.68,
			k.lin([
				[0, dark(c, 0.18)],
				[0.6, light(c, 0.05)],
				[1, light(c, 0.4)]
			])
		)
	);
};
export const espresso = (k: Kit, glaze: Glaze): string => {
	const { c, inner } = glaze;
	const body = turned([
		[112, -150],
		[110, -110],
		[92, -40],
		[66, -6],
		[62, 0]
	]);
	return (
		saucer(k, c) +
		at(
			0,
			-26,
			oval(14, -2, 84, 14, "#2a1c2b", `opacity=".4" ${k.blur(7)}`) +
				tube(k, "M96 -112C172 -124 166 -36 84 -52", 24, c) +
				solid(k, body, c, 0.5, glaze.speckles ? spots([[112, -150]], c, 5) : "") +
				mouth(k, -150, 112, c, inner ?? light(c, 0.3), 8, "#6b3d22")
		)
	);
};

export const enamel = (k: Kit, c: string, rim = "#2b3440"): string => {
	const body = turned([
		[150, -250],
		[149, -120],
		[146, 0]
	]);
	return (
		cast(k, 150, 1.7) +
		tube(k, "M140 -212C262 -226 256 -34 140 -62", 26, c, 0.9) +
		solid(
			k,
			body,
			c,
			0.75,
			speckle(9, 60, -150, -250, 300, 250, light(c, 0.7)) + path(band(body, -8, 30), dark(rim, 0.1))
		) +
		oval(0, -250, 155, 155 * TILT, rim) +
		mouth(k, -252, 151, rim, "#f4efe4", 6)
	);
};

export const bowl = (
	k: Kit,
	{ c, raw = CLAY, inner, speckles }: Glaze,
	r = 250,
	h = 200,
	filled = ""
): string => {
	const shape: Point[] = [
		[r, -h],
		[r * 0.93, -h * 0.6],
		[r * 0.66, -h * 0.2],
		[r * 0.4, -h * 0.07],
		[r * 0.4, 0]
	];
	const body = turned(shape, 0.24);
	return (
		cast(k, r * 0.5, 2.8) +
		oval(r * 0.16, 6, r * 0.72, r * 0.13, "#2a1c2b", `opacity=".26" ${k.blur(18)}`) +
		solid(
			k,
			body,
			c,
			0.45,
			(speckles ? spots(shape, c, 4) : "") + path(band(body, -h * 0.1, 30), round(k, raw, 0.1))
		) +
		mouth(k, -h, r, c, inner ?? light(c, 0.25), 11, filled, 0.24)
	);
};

export const woodBowl = (k: Kit, c: string, r = 290, h = 190): string => {
	const body = turned(
		[
			[r, -h],
			[r * 0.94, -h * 0.55],
			[r * 0.7, -h * 0.16],
			[r * 0.45, 0]
		],
		0.24
	);
	return (
		cast(k, r * 0.52, 2.6) +
		oval(r * 0.16, 6, r * 0.76, r * 0.13, "#2a1c2b", `opacity=".26" ${k.blur(18)}`) +
		solid(k, body, c, 0.15, grain(5, -r, -h, r * 2, h + 60, c, 13)) +
		mouth(k, -h, r, c, c, 16, "", 0.24) +
		g(grain(8, -r * 0.75, -h - 16, r * 1.5, 60, c, 6), 'opacity=".7"')
	);
};

export const teapot = (k: Kit, { c, speckles }: Glaze, wood = "#8a5c3c"): string => {
	const shape: Point[] = [
		[84, -300],
		[150, -272],
		[226, -200],
		[246, -120],
		[212, -38],
		[140, 0]
	];
	const body = turned(shape);
	const lid = turned([
		[20, -350],
		[52, -340],
		[92, -304],
		[96, -296]
	]);
	const spout =
		"M-196 -176C-258 -186 -284 -236 -318 -302Q-340 -312 -352 -294C-330 -214 -300 -92 -200 -80Z";
	return (
		cast(k, 165, 2.2) +
		tube(k, "M190 -238C360 -330 390 -60 214 -66", 36, c) +
		soft(k, spout, c, 46) +
		path("M-318 -302Q-340 -312 -352 -294Q-334 -288 -318 -302Z", dark(c, 0.6)) +
		solid(k, body, c, 0.6, speckles ? spots(shape, c, 6) : "") +
		oval(0, -298, 98, 15, dark(c, 0.5)) +
		solid(k, lid, c, 0.55) +
		at(
			0,
			-350,
			solid(
				k,
				turned([
					[22, -44],
					[30, -30],
					[16, -8],
					[15, 4]
				]),
				wood,
				0.4
			) + oval(0, -44, 22, 5, light(wood, 0.4))
		)
	);
};

export const kettle = (k: Kit, c: string, wood = "#8a5c3c"): string => {
	const body = turned([
		[104, -290],
		[122, -262],
		[184, -60],
		[192, 0]
	]);
	return (
		cast(k, 190, 1.6) +
		tube(k, "M-150 -62C-262 -54 -232 -214 -262 -292Q-278 -336 -336 -338", 30, c, 0.8) +
		tube(k, "M100 -266C196 -352 330 -330 322 -236Q318 -186 300 -122", 26, dark(c, 0.25), 0.6) +
		tube(k, "M321 -246Q319 -186 300 -122", 42, wood, 0.3) +
		solid(
			k,
			body,
			c,
			0.8,
			line("M-192 -24A192 33 0 0 0 192 -24", dark(c, 0.45), 5, 'opacity=".6"')
		) +
		oval(0, -290, 106, 18, light(c, 0.35)) +
		solid(
			k,
			turned([
				[30, -318],
				[80, -308],
				[96, -290]
			]),
			c,
			0.7
		) +
		at(
			0,
			-318,
			solid(
				k,
				turned([
					[22, -40],
					[28, -26],
					[14, -6],
					[14, 2]
				]),
				wood,
				0.4
			) + oval(0, -40, 22, 5, light(wood, 0.4))
		)
	);
};

export const mill = (k: Kit, c: string, h = 470): string => {
	const s = h / 470;
	const shape: Point[] = [
		[26, -380],
		[50, -350],
		[62, -300],
		[46, -236],
		[52, -150],
		[76, -60],
		[82, -20],
		[82, 0]
	];
	const body = turned(shape.map(([r, y]): Point => [r * s, y * s]));
	const head = turned([
		[14 * s, -470 * s],
		[48 * s, -450 * s],
		[60 * s, -420 * s],
		[44 * s, -390 * s],
		[30 * s, -378 * s]
	]);
	return (
		cast(k, 84 * s, 2.4) +
		solid(
			k,
			body,
			c,
			0.45,
			grain(4, -90, -390 * s, 180, 400 * s, c, 14, true) +
				line(
					`M${-64 * s} ${-298 * s}A64 10 0 0 0 ${64 * s} ${-298 * s}`,
					dark(c, 0.6),
					3,
					'opacity=".5"'
				)
		) +
		path(
			band(
				turned([
					[33 * s, -386 * s],
					[33 * s, -374 * s]
				]),
				-386 * s,
				-374 * s
			),
			round(k, "#b9b4ab", 0.9)
		) +
		solid(k, head, c, 0.5) +
		at(
			0,
			-470 * s,
			solid(
				k,
				turned([
					[8, -22],
					[13, -12],
					[9, 2]
				]),
				"#c7c2b8",
				1
			) + oval(0, -22, 8, 3, "#f4f0e6")
		)
	);
};

const VASES: Record<string, Point[]> = {
	bottle: [
		[44, -520],
		[36, -490],
		[36, -380],
		[60, -320],
		[142, -230],
		[162, -130],
		[140, -40],
		[110, 0]
	],
	urn: [
		[110, -420],
		[92, -395],
		[100, -360],
		[170, -270],
		[186, -180],
		[150, -60],
		[100, 0]
	],
	column: [
		[96, -460],
		[100, -420],
		[104, -200],
		[100, -20],
		[92, 0]
	],
	bud: [
		[30, -300],
		[24, -280],
		[26, -240],
		[90, -160],
		[112, -90],
		[90, -20],
		[66, 0]
	]
};
export const vase = (
	k: Kit,
	kind: "bottle" | "urn" | "column" | "bud",
	glaze: Glaze,
	stem: "none" | "olive" | "reed" | "bloom" = "none",
	fluted = false
): string => {
	const shape = VASES[kind]!;
	const { c, raw, speckles } = glaze;
	const body = turned(shape);
	const [r, top] = shape[0]!;
	const low = shape[shape.length - 1]![0];
	let flutes = "";
	if (fluted)
		for (let i = -5; i <= 5; i++) {
			const share = Math.sin((i * Math.PI) / 12);
			flutes += smooth(
				shape.map(([radius, y]): Point => [
					radius * share,
					y + radius * TILT * Math.cos((i * Math.PI) / 12)
				])
			);
		}
	let plant = "";
	if (stem === "olive")
		plant =
			at(4, top, twig(k, "#7b8a62", 330, 90, 6)) +
			at(-6, top, twig(k, "#8a966d", 240, -110, 5, 0.85));
	if (stem === "reed") plant = at(0, top, reeds(k));
	if (stem === "bloom") plant = at(0, top, blooms(k, "#d9826b"));
	return (
		cast(k, low * 1.25, 2.2) +
		oval(0, top, r, r * TILT, dark(c, 0.5)) +
		solid(
			k,
			body,
			c,
			raw ? 0.25 : 0.55,
			(speckles ? spots(shape, c, 8) : "") +
				(raw ? path(band(body, top * 0.36, 40), round(k, raw, 0.1)) : "") +
				(fluted
					? line(flutes, dark(c, 0.6), 5, 'opacity=".3"') +
						g(line(flutes, light(c, 0.8), 3, 'opacity=".35"'), 'transform="translate(6 0)"')
					: "")
		) +
		mouth(k, top, r, c, dark(c, 0.2), Math.max(5, r * 0.09)) +
		plant
	);
};
const reeds = (k: Kit): string => {
	const pick = random(21);
	let out = "";
	for (let i = 0; i < 5; i++) {
		const x = -130 + i * 64 + pick(-14, 14);
		const y = -pick(260, 400);
		out += line(`M0 10Q${n(x * 0.2)} ${n(y * 0.6)} ${n(x)} ${n(y)}`, "#b8986a", 4);
		out += at(
			x,
			y + 30,
			path(
				"M0 0C-26 -40 -20 -120 4 -150C24 -116 26 -40 0 0Z",
				k.lin([
					[0, "#ecdcbc"],
					[1, "#b8946a"]
				])
			) + line("M-6 -30L2 -134M6 -20L4 -110M-12 -60L0 -120", "#9a7a54", 2, 'opacity=".5"'),
			1,
			x * 0.16
		);
	}
	return out;
};
const blooms = (k: Kit, c: string): string => {
	let out = "";
	for (const [x, y, s, colour] of [
		[-96, -190, 0.8, light(c, 0.35)],
		[84, -240, 0.9, dark(c, 0.1)],
		[-6, -300, 1.05, c]
	] as const) {
		out += line(`M0 6Q${n(x * 0.1)} ${n(y * 0.6)} ${x} ${y}`, "#6f7d55", 6);
		out += leaf(k, 110, 30, "#7b8a5e", x * 0.5, y * 0.55, x < 0 ? -64 : 58);
		let petals = "";
		for (let i = 0; i < 9; i++)
			petals += leaf(k, 78, 30, i % 2 ? colour : light(colour, 0.14), 0, 0, i * 40);
		for (let i = 0; i < 7; i++) petals += leaf(k, 46, 22, dark(colour, 0.08), 0, 0, i * 51 + 14);
		out += at(
			x,
			y,
			petals +
				oval(
					0,
					0,
					17,
					16,
					k.rad(
						[
							[0, "#e9c46a"],
							[1, "#9c6b2c"]
						],
						0.4,
						0.35,
						0.6
					)
				),
			s
		);
	}
	return out;
};

export const flame = (k: Kit): string =>
	oval(
		0,
		-40,
		120,
		120,
		k.rad([
			[0, "#ffe2a0", 0.75],
			[1, "#ffe2a0", 0]
		])
	) +
	line("M0 2V-20", "#3a2a22", 5) +
	path(
		"M0 -14C-22 -30 -14 -58 0 -88C14 -58 22 -30 0 -14Z",
		k.lin(
			[
				[0, "#fff3c4"],
				[0.6, "#ffc65c"],
				[1, "#f08a3c"]
			],
			0,
			0,
			0,
			1
		)
	) +
	path("M0 -16C-9 -26 -6 -40 0 -54C6 -40 9 -26 0 -16Z", "#fffbe6");

/** A marker of our own on labels: no lettering, a drawn sign. */
export type Sign = "sun" | "hill" | "moon" | "leaf" | "bee" | "wave" | "fig";
export const sign = (kind: Sign, c: string): string => {
	switch (kind) {
		case "sun": {
			let rays = "";
			for (let i = 0; i < 12; i++) rays += at(0, 0, path("M-4 -44L0 -66L4 -44Z", c), 1, i * 30);
			return `<circle r="32" fill="${c}"/>${rays}`;
		}
		case "hill":
			return (
				path("M-70 40Q-34 -30 0 8Q30 -44 72 40Z", c) +
				`<circle cx="-20" cy="-36" r="16" fill="${c}"/>`
			);
		case "moon":
			return path("M14 -56A58 58 0 1 0 54 26A46 46 0 0 1 14 -56Z", c);
		case "leaf":
			return (
				line("M-6 62Q6 0 -2 -40", c, 6) +
				[
					[-3, -34, 4],
					[2, -2, -52],
					[2, 6, 56],
					[-1, 30, -60],
					[-1, 36, 60]
				]
					.map(([x, y, turn]) =>
						at(x!, y!, path("M0 0C-18 -16 -14 -40 0 -52C14 -40 18 -16 0 0Z", c), 1, turn)
					)
					.join("")
			);
		case "bee":
			return (
				oval(-26, -26, 36, 20, c, 'opacity=".5" transform="rotate(30 -26 -26)"') +
				oval(26, -26, 36, 20, c, 'opacity=".5" transform="rotate(-30 26 -26)"') +
				path("M0 -36C30 -36 32 30 0 58C-32 30 -30 -36 0 -36Z", c) +
				line("M-20 -6H20M-21 14H21M-14 34H14", "#f6ecd6", 7)
			);
		case "wave":
			return line(
				"M-70 -20q17 -26 35 0t35 0t35 0t35 0M-70 14q17 -26 35 0t35 0t35 0t35 0M-36 46q17 -26 35 0t35 0",
				c,
				9
			);
		case "fig":
			return (
				path("M0 -62C6 -40 54 -20 50 20C46 60 -46 60 -50 20C-54 -20 -6 -40 0 -62Z", c) +
				line(
					"M-24 30Q-34 0 -10 -22M0 40V-20M24 30Q34 0 10 -22",
					c.startsWith("#f") ? "#5a3a40" : "#f6ecd6",
					5,
					'opacity=".45"'
				)
			);
	}
};
/** Lines that stand for small print. */
export const print = (x: number, y: number, width: number, c: string, rows = 2): string => {
	let d = "";
	for (let i = 0; i < rows; i++)
		d += `M${n(x - (width / 2) * (1 - i * 0.28))} ${y + i * 15}h${n(width * (1 - i * 0.28))}`;
	return line(d, c, 5, 'opacity=".65"');
};

export const candle = (k: Kit, c: string, mark: Sign, ink: string, lit = true): string => {
	const r = 140;
	const body = turned([
		[r, -270],
		[r, -60],
		[r * 0.985, 0]
	]);
	const label = `M-84 -196Q0 -176 84 -196V-66Q0 -44 -84 -66Z`;
	return (
		cast(k, r, 1.8) +
		solid(
			k,
			body,
			c,
			0.5,
			path(
				label,
				k.lin(
					[
						[0, "#f3eadb"],
						[0.4, "#fbf5ea"],
						[1, "#d9cdbb"]
					],
					0,
					0,
					1,
					0
				)
			) +
				at(0, -136, sign(mark, ink), 0.6) +
				print(0, -84, 84, ink, 1)
		) +
		mouth(k, -270, r, c, dark(c, 0.05), 9, "#f5e9d2") +
		(lit ? at(0, -250, flame(k)) : line("M0 -246V-276", "#3a2a22", 5))
	);
};
export const pillar = (k: Kit, c: string, h: number, r = 78, lit = true): string => {
	const body = turned([
		[r, -h],
		[r, -20],
		[r, 0]
	]);
	return (
		cast(k, r, 2.2) +
		solid(
			k,
			body,
			c,
			0.3,
			lit
				? path(
						band(body, -h, -h * 0.55),
						k.lin(
							[
								[0, "#ffe6a8", 0.55],
								[1, "#ffe6a8", 0]
							],
							0,
							0,
							0,
							1
						)
					)
				: ""
		) +
		oval(0, -h, r, r * TILT, light(c, 0.35)) +
		oval(
			0,
			-h + 2,
			r * 0.7,
			r * TILT * 0.62,
			k.lin([
				[0, dark(c, 0.16)],
				[1, light(c, 0.5)]
			])
		) +
		(lit ? at(0, -h + 4, flame(k), 0.8) : line(`M0 ${-h + 4}V${-h - 26}`, "#3a2a22", 5))
	);
};

export const pot = (
	k: Kit,
	c: string,
	plant: "none" | "rubber" | "snake" | "herb",
	glazed = false,
	tray = true
): string => {
	const body = turned(
		glazed
			? [
					[170, -270],
					[172, -200],
					[160, -90],
					[130, -14],
					[118, 0]
				]
			: [
					[158, -206],
					[122, 0]
				]
	);
	const rim = turned([
		[180, -268],
		[180, -210],
		[172, -200]
	]);
	const top = glazed ? -270 : -268;
	const r = glazed ? 170 : 180;
	return (
		cast(k, 150, 1.8) +
		(tray
			? solid(
					k,
					turned([
						[166, -30],
						[150, 0]
					]),
					c,
					0.2
				) + oval(0, -30, 166, 26, dark(c, 0.3))
			: "") +
		at(
			0,
			tray ? -16 : 0,
			solid(
				k,
				body,
				c,
				glazed ? 0.6 : 0.12,
				speckle(12, glazed ? 10 : 50, -170, -260, 340, 260, glazed ? dark(c, 0.3) : light(c, 0.6))
			) +
				(glazed
					? ""
					: path(
							band(
								turned([
									[166, -212],
									[158, -178]
								]),
								-212,
								-178
							),
							"#221a26",
							'opacity=".28"'
						) + solid(k, rim, c, 0.12)) +
				mouth(k, top, r, c, dark(c, 0.3), 14, "#4a372c") +
				at(0, top + 6, FOLIAGE[plant](k))
		)
	);
};
const FOLIAGE: Record<"none" | "rubber" | "snake" | "herb", (k: Kit) => string> = {
	none: () => "",
	rubber: k => {
		let out =
			line("M0 8Q-10 -170 6 -330", "#6b5540", 13) + line("M0 -60Q60 -140 74 -220", "#6b5540", 10);
		for (const [x, y, turn, s, c] of [
			[-4, -90, -82, 1, "#3f5c48"],
			[2, -150, 74, 1.05, "#46664e"],
			[-4, -200, -58, 1.1, "#547558"],
			[70, -210, 82, 0.85, "#3f5c48"],
			[74, -216, 26, 0.9, "#5d8062"],
			[2, -270, 48, 1, "#4b6d53"],
			[2, -300, -40, 1.05, "#648a67"],
			[6, -326, 6, 1.1, "#73996f"]
		] as const)
			out += leaf(k, 190 * s, 62 * s, c, x, y, turn);
		return out;
	},
	snake: k => {
		let out = "";
		for (const [x, h, lean] of [
			[-70, 330, -14],
			[66, 350, 13],
			[-30, 440, -5],
			[30, 480, 4],
			[-4, 300, -1],
			[92, 230, 22],
			[-96, 220, -24]
		] as const) {
			const d = `M-26 0C-44 ${-h * 0.4} -36 ${-h * 0.75} 0 ${-h}C36 ${-h * 0.75} 44 ${-h * 0.4} 26 0Z`;
			let bars = "";
			for (let y = -20; y > -h; y -= 34) bars += `M-44 ${y}q20 -14 44 -2t44 -6`;
			out += at(
				x,
				6,
				path(
					d,
					k.lin(
						[
							[0, "#d8cf8a"],
							[0.16, "#6f9070"],
							[0.55, "#4b6b54"],
							[0.86, "#38523f"],
							[1, "#b9b06c"]
						],
						0,
						0,
						1,
						0
					)
				) + k.clip(d, line(bars, "#a9c09a", 7, 'opacity=".4"')),
				1,
				lean
			);
		}
		return out;
	},
	herb: k =>
		[
			[-70, 210, -90],
			[-30, 290, -40],
			[20, 320, 30],
			[64, 240, 84],
			[0, 230, 6]
		]
			.map(([x, h, lean], i) =>
				at(x! * 0.6, 6, twig(k, i % 2 ? "#6f8a58" : "#819b66", h!, lean!, 5, 0.95))
			)
			.join("")
};

export const bottle = (k: Kit, c: string, h = 520, cup = false): string => {
	const r = 112;
	const body = turned([
		[62, -h + 66],
		[70, -h + 84],
		[r - 4, -h + 140],
		[r, -h + 190],
		[r, -60],
		[r - 2, 0]
	]);
	const lidC = cup ? "#c9c4bb" : "#b98a58";
	const lid = cup
		? turned([
				[76, -h - 40],
				[82, -h - 26],
				[84, -h + 70],
				[82, -h + 76]
			])
		: turned([
				[64, -h],
				[66, -h + 8],
				[66, -h + 62]
			]);
	return (
		cast(k, r, 2.1) +
		path(
			turned([
				[62, -h + 56],
				[62, -h + 74]
			]).d,
			round(k, "#b9b7b2", 1)
		) +
		solid(
			k,
			body,
			c,
			0.42,
			speckle(17, 60, -r, -h, r * 2, h, light(c, 0.5)) +
				path(band(body, -22, 30), round(k, "#bdbbb5", 1)) +
				at(0, -h * 0.42, sign(cup ? "hill" : "wave", light(c, 0.55)), 0.5)
		) +
		solid(k, lid, lidC, cup ? 0.9 : 0.3, cup ? "" : grain(6, -70, -h, 140, 70, lidC, 7)) +
		oval(0, cup ? -h - 40 : -h, cup ? 76 : 64, (cup ? 76 : 64) * TILT, light(lidC, 0.4)) +
		(cup
			? ""
			: tube(k, `M-38 ${-h - 2}C-38 ${-h - 74} 38 ${-h - 74} 38 ${-h - 2}`, 15, "#4a3a35", 0.4))
	);
};

export const jar = (
	k: Kit,
	honey: string,
	mark: Sign,
	lid: "wood" | "tin" | "cloth" = "wood",
	h = 300
): string => {
	const r = 138;
	const glass = turned([
		[112, -h],
		[114, -h + 18],
		[r, -h + 62],
		[r, -60],
		[r - 3, 0]
	]);
	const inside = turned([
		[r - 24, -h + 42],
		[r - 11, -h + 76],
		[r - 9, -60],
		[r - 11, -12]
	]);
	const lidC = lid === "wood" ? "#b98a58" : lid === "tin" ? "#d8c07a" : "#e9dcc4";
	const cap = turned([
		[118, -h - 24],
		[122, -h - 18],
		[122, -h + 28]
	]);
	const label = `M-92 ${-h * 0.66}Q0 ${-h * 0.66 + 22} 92 ${-h * 0.66}V${-h * 0.2}Q0 ${-h * 0.2 + 24} -92 ${-h * 0.2}Z`;
	return (
		cast(k, r, 1.6) +
		oval(r * 0.95, 8, r * 0.8, 22, honey, `opacity=".5" ${k.blur(16)}`) +
		path(glass.d, "#f7f1e2", 'opacity=".55"') +
		path(
			inside.d,
			k.lin(
				[
					[0, dark(honey, 0.28)],
					[0.2, honey],
					[0.45, light(honey, 0.25)],
					[0.75, mix(honey, "#f7b733", 0.4)],
					[1, dark(honey, 0.4)]
				],
				0,
				0,
				1,
				0
			)
		) +
		k.clip(
			inside.d,
			path(
				inside.d,
				k.lin(
					[
						[0, "#fff", 0.12],
						[0.5, "#fff", 0],
						[1, "#4a1f08", 0.35]
					],
					0,
					0,
					0,
					1
				)
			) + oval(50, -50, 80, 60, light(honey, 0.6), `opacity=".5" ${k.blur(20)}`)
		) +
		oval(0, -h + 42, r - 24, (r - 24) * TILT, light(honey, 0.3)) +
		path(glass.d, "none", `stroke="${dark(honey, 0.3)}" stroke-opacity=".3" stroke-width="5"`) +
		path(glass.d, "none", `stroke="#fffaf0" stroke-opacity=".7" stroke-width="2.5"`) +
		path(
			label,
			k.lin(
				[
					[0, "#ded0b8"],
					[0.3, "#fbf5e8"],
					[0.65, "#f3e9d7"],
					[1, "#c9b99f"]
				],
				0,
				0,
				1,
				0
			)
		) +
		line(
			`M-80 ${-h * 0.66 + 14}Q0 ${-h * 0.66 + 33} 80 ${-h * 0.66 + 14}M-80 ${-h * 0.2 - 8}Q0 ${-h * 0.2 + 12} 80 ${-h * 0.2 - 8}`,
			dark(honey, 0.35),
			2.5,
			'opacity=".6"'
		) +
		at(0, -h * 0.42, sign(mark, dark(honey, 0.4)), 0.62) +
		print(0, -h * 0.24, 76, dark(honey, 0.45), 1) +
		line(`M-112 ${-h + 92}V-60`, "#fff", 11, `opacity=".65" ${k.haze(3)}`) +
		solid(
			k,
			cap,
			lidC,
			lid === "tin" ? 0.9 : 0.25,
			lid === "wood" ? grain(7, -122, -h - 24, 244, 60, lidC, 6) : ""
		) +
		oval(
			0,
			-h - 24,
			118,
			118 * TILT,
			k.lin([
				[0, light(lidC, 0.5)],
				[1, light(lidC, 0.1)]
			])
		) +
		(lid === "wood"
			? g(
					line(
						`M-84 ${-h - 24}Q0 ${-h - 32} 84 ${-h - 24}M-60 ${-h - 16}Q0 ${-h - 22} 60 ${-h - 16}`,
						dark(lidC, 0.5),
						2,
						'opacity=".4"'
					)
				)
			: "")
	);
};
export const dipper = (k: Kit, c = "#b98a58"): string => {
	let out = tube(k, "M0 0L0 -330", 17, c, 0.3);
	for (let i = 0; i < 6; i++)
		out += box(
			-34 + Math.abs(2.5 - i) * 5,
			4 + i * 17,
			68 - Math.abs(2.5 - i) * 10,
			13,
			k.lin(
				[
					[0, light(c, 0.3)],
					[0.4, c],
					[1, dark(c, 0.4)]
				],
				0,
				0,
				1,
				0
			),
			6
		);
	return out;
};

export const wateringCan = (k: Kit, c: string, trim = "#c79b4b"): string => {
	const body = turned([
		[118, -270],
		[126, -250],
		[165, -30],
		[164, 0]
	]);
	return (
		cast(k, 170, 1.8) +
		tube(k, "M-128 -60C-230 -80 -240 -220 -380 -330", 28, c, 0.6) +
		at(
			-384,
			-334,
			path(
				"M-46 26L-20 -44L34 10L8 34Z",
				k.lin([
					[0, light(trim, 0.5)],
					[1, dark(trim, 0.3)]
				])
			) + oval(-34, -8, 12, 40, light(trim, 0.35), 'transform="rotate(20 -34 -8)"')
		) +
		tube(k, "M116 -246C300 -290 310 -70 160 -60", 24, c, 0.6) +
		tube(k, "M-92 -262C-80 -400 120 -400 96 -262", 20, trim, 0.7) +
		solid(
			k,
			body,
			c,
			0.6,
			path(band(body, -24, 30), dark(c, 0.25), 'opacity=".5"') +
				path(band(body, -266, -250), round(k, trim, 0.8))
		) +
		mouth(k, -270, 118, c, dark(c, 0.3), 7)
	);
};
