// Light, seats, tools of the kitchen, soap. Standing things stand on (0, 0), lying ones are centred there.
import {
	at,
	box,
	cast,
	dark,
	drop,
	g,
	grain,
	type Kit,
	light,
	line,
	mix,
	n,
	oval,
	path,
	type Point,
	rest,
	roundBox,
	soft,
	solid,
	TILT,
	tube,
	turned,
	weave
} from "./kit";
import { print, type Sign, sign } from "./vessels";

export const glow = (k: Kit, x: number, y: number, r: number, strength = 0.6): string =>
	oval(
		x,
		y,
		r,
		r,
		k.rad([
			[0, "#ffe6ae", strength],
			[0.5, "#ffdf9c", strength * 0.35],
			[1, "#ffdf9c", 0]
		])
	);

export const mushroomLamp = (k: Kit, c: string, lit = true): string => {
	const foot = turned([
		[42, -300],
		[45, -200],
		[60, -100],
		[98, -34],
		[116, 0]
	]);
	const shade = turned([
		[35, -518],
		[99, -503],
		[163, -470],
		[212, -424],
		[243, -368],
		[254, -306]
	]);
	return (
		cast(k, 120, 2.4) +
		(lit ? glow(k, 0, -200, 420, 0.5) : "") +
		solid(
			k,
			foot,
			c,
			0.55,
			lit
				? path(
						foot.d,
						k.lin(
							[
								[0, "#fff0c2", 0.85],
								[0.5, "#fff0c2", 0]
							],
							0,
							0,
							0,
							1
						)
					)
				: ""
		) +
		oval(
			0,
			-306,
			252,
			42,
			lit
				? k.rad([
						[0, "#fffbe6"],
						[0.5, "#ffe3a0"],
						[1, "#e8b765"]
					])
				: dark(c, 0.5)
		) +
		solid(
			k,
			shade,
			c,
			0.55,
			lit
				? path(
						shade.d,
						k.lin(
							[
								[0.6, "#ffe2b0", 0],
								[1, "#ffe2b0", 0.16]
							],
							0,
							0,
							0,
							1
						)
					)
				: ""
		) +
		(lit ? oval(0, 0, 420, 70, "#ffe6ae", `opacity=".28" ${k.blur(26)}`) : "")
	);
};

/** Hangs from y = -600; the shade's rim is at 0. */
export const pendant = (
	k: Kit,
	c: string,
	shape: "dome" | "cone" = "dome",
	inner = "#f6e7c4"
): string => {
	const points: Point[] =
		shape === "dome"
			? [
					[26, -250],
					[60, -238],
					[160, -190],
					[232, -96],
					[250, -10],
					[250, 0]
				]
			: [
					[34, -290],
					[44, -260],
					[70, -200],
					[240, -20],
					[246, 0]
				];
	const r = points[points.length - 1]![0];
	const shade = turned(points);
	const tall = points[0]![1];
	return (
		path(
			`M${-r} 10L${-r * 1.9} 760H${r * 1.9}L${r} 10Z`,
			k.lin(
				[
					[0, "#ffe6ae", 0.5],
					[1, "#ffe6ae", 0]
				],
				0,
				0,
				0,
				1
			),
			k.blur(24)
		) +
		line(`M0 -900V${tall - 60}`, "#3a332f", 7) +
		solid(
			k,
			turned([
				[18, tall - 74],
				[24, tall - 60],
				[26, tall + 6]
			]),
			"#c79b4b",
			0.9
		) +
		oval(
			0,
			0,
			r,
			r * TILT,
			k.rad(
				[
					[0, "#fffdf2"],
					[0.35, "#ffeab8"],
					[1, dark(inner, 0.22)]
				],
				0.5,
				0.5,
				0.5
			)
		) +
		solid(k, shade, c, 0.6) +
		line(`M${-r} 0A${r} ${n(r * TILT)} 0 0 0 ${r} 0`, light(c, 0.4), 6) +
		oval(0, r * TILT * 0.6, 62, 30, "#fffdf2") +
		glow(k, 0, 34, 190, 0.75)
	);
};

export const taskLamp = (k: Kit, c: string): string =>
	cast(k, 150, 2) +
	solid(
		k,
		turned([
			[132, -34],
			[140, -24],
			[142, 0]
		]),
		c,
		0.5
	) +
	oval(0, -34, 132, 132 * TILT, light(c, 0.25)) +
	tube(k, "M0 -40L-96 -350", 17, c) +
	tube(k, "M18 -44L-78 -354", 9, "#c79b4b", 0.9) +
	tube(k, "M-92 -350L150 -560", 17, c) +
	tube(k, "M-84 -330L158 -540", 9, "#c79b4b", 0.9) +
	oval(
		-90,
		-350,
		26,
		26,
		k.rad(
			[
				[0, "#f7e2a8"],
				[0.6, "#c79b4b"],
				[1, "#7a5a24"]
			],
			0.35,
			0.3,
			0.7
		)
	) +
	g(
		path(
			"M-90 128L-190 560H300L110 128Z",
			k.lin(
				[
					[0, "#ffe6ae", 0.6],
					[1, "#ffe6ae", 0]
				],
				0,
				0,
				0,
				1
			),
			k.blur(16)
		) +
			at(
				0,
				120,
				oval(
					0,
					0,
					120,
					22,
					k.rad([
						[0, "#fffdf2"],
						[0.5, "#ffe6ae"],
						[1, "#d9a95a"]
					])
				) +
					solid(
						k,
						turned([
							[26, -170],
							[40, -160],
							[56, -110],
							[112, -30],
							[120, 0]
						]),
						c,
						0.6
					)
			) +
			solid(
				k,
				turned([
					[16, -70],
					[22, -60],
					[26, -44]
				]),
				"#c79b4b",
				0.9
			),
		'transform="translate(162 -574) rotate(-14)"'
	) +
	oval(
		152,
		-562,
		20,
		20,
		k.rad(
			[
				[0, "#f7e2a8"],
				[0.6, "#c79b4b"],
				[1, "#7a5a24"]
			],
			0.35,
			0.3,
			0.7
		)
	);

export const lantern = (k: Kit, c: string): string => {
	const shape: Point[] = [
		[70, -500],
		[160, -462],
		[236, -372],
		[258, -280],
		[236, -180],
		[160, -94],
		[72, -62]
	];
	const body = turned(shape, 0.12);
	let hoops = "";
	for (let y = -478; y < -66; y += 26) {
		const r = body.radius(y);
		hoops += `M${n(-r)} ${y}A${n(r)} ${n(r * 0.1)} 0 0 0 ${n(r)} ${y}`;
	}
	return (
		glow(k, 0, -280, 470, 0.6) +
		cast(k, 150, 1.4) +
		tube(k, "M-110 -6L-60 -96", 15, "#8a5c3c") +
		tube(k, "M110 -6L60 -96", 15, "#8a5c3c") +
		tube(k, "M0 10L0 -80", 15, "#8a5c3c") +
		path(
			body.d,
			k.rad(
				[
					[0, "#fffdf0"],
					[0.4, "#fff0c9"],
					[0.8, c],
					[1, dark(c, 0.26)]
				],
				0.45,
				0.5,
				0.62
			)
		) +
		k.clip(
			body.d,
			line(hoops, dark(c, 0.55), 3, 'opacity=".35"') +
				g(line(hoops, "#fff", 3, 'opacity=".5"'), 'transform="translate(0 4)"')
		) +
		oval(
			0,
			-500,
			70,
			11,
			k.lin(
				[
					[0, "#5b4230"],
					[1, "#8a5c3c"]
				],
				0,
				0,
				1,
				0
			)
		) +
		oval(0, -501, 58, 8, "#ffe9b4")
	);
};

export const chair = (k: Kit, wood: string, seat: string): string => {
	const leg = (d: string, w = 26): string => tube(k, d, w, wood, 0.35);
	const pad =
		"M-196 -318Q-180 -356 -140 -358H150Q186 -356 206 -322L236 -266Q240 -238 206 -236H-206Q-242 -238 -236 -268Z";
	const rail =
		"M-190 -700Q0 -742 190 -700Q204 -696 204 -676L200 -610Q196 -596 180 -598Q0 -634 -180 -598Q-196 -596 -200 -610L-204 -676Q-204 -696 -190 -700Z";
	const rail2 = "M-170 -520Q0 -550 170 -520L168 -470Q0 -500 -168 -470Z";
	return (
		cast(k, 236, 0.9, 0.55) +
		leg("M-150 -330L-176 -50") +
		leg("M150 -330L184 -50") +
		line("M-168 -130H174", dark(wood, 0.4), 15) +
		line("M-168 -133H174", wood, 9) +
		leg("M-150 -330Q-178 -520 -184 -690", 28) +
		leg("M160 -330Q180 -520 184 -690", 28) +
		soft(k, rail2, wood, 22, grain(2, -180, -560, 360, 100, wood, 7)) +
		soft(k, rail, wood, 32, grain(3, -210, -740, 420, 150, wood, 10)) +
		path("M-226 -250H222L196 -200H-198Z", dark(wood, 0.5)) +
		leg("M-208 -246L-226 6", 30) +
		leg("M212 -246L236 6", 30) +
		line("M-216 -96H224", dark(wood, 0.42), 18) +
		line("M-216 -99H222", light(wood, 0.1), 10) +
		box(
			-222,
			-252,
			444,
			34,
			k.lin(
				[
					[0, light(wood, 0.25)],
					[1, dark(wood, 0.2)]
				],
				0,
				0,
				0,
				1
			),
			8
		) +
		soft(
			k,
			pad,
			seat,
			34,
			path(
				pad,
				k.tile(
					26,
					26,
					`<path d="M0 6.5H13M13 19.5H26" stroke="${dark(seat, 0.5)}" stroke-opacity=".4" stroke-width="9"/><path d="M6.5 13V26M19.5 0V13" stroke="${light(seat, 0.6)}" stroke-opacity=".5" stroke-width="9"/>`
				)
			)
		)
	);
};

export const stool = (k: Kit, wood: string, top = wood): string => {
	const seat = turned(
		[
			[210, -462],
			[214, -446],
			[206, -412],
			[196, -406]
		],
		0.2
	);
	return (
		cast(k, 205, 1.1, 0.55) +
		tube(k, "M30 -420L44 -30", 30, dark(wood, 0.14), 0.3) +
		tube(k, "M-170 -150Q40 -110 178 -150", 17, dark(wood, 0.08), 0.3) +
		tube(k, "M-130 -410L-202 4", 34, wood, 0.4) +
		tube(k, "M136 -410L212 4", 34, wood, 0.4) +
		oval(0, -398, 190, 34, "#221a26", `opacity=".3" ${k.blur(10)}`) +
		solid(k, seat, top, 0.3, grain(6, -220, -470, 440, 110, top, 9)) +
		oval(
			0,
			-462,
			210,
			42,
			k.lin([
				[0, light(top, 0.5)],
				[0.6, light(top, 0.12)],
				[1, dark(top, 0.1)]
			])
		) +
		k.clip(
			"M-210 -462A210 42 0 1 0 210 -462A210 42 0 1 0 -210 -462Z",
			grain(9, -210, -506, 420, 90, top, 11)
		) +
		oval(0, -456, 150, 26, dark(top, 0.3), `opacity=".2" ${k.blur(10)}`)
	);
};

export const board = (k: Kit, c: string, long = 700, wide = 400): string => {
	const w = wide / 2;
	const h = long / 2;
	const d = `M${-w + 40} ${-h * 0.62}Q${-46} ${-h * 0.64} -46 ${-h * 0.78}V${-h + 46}Q-46 ${-h} 0 ${-h}Q46 ${-h} 46 ${-h + 46}V${-h * 0.78}Q46 ${-h * 0.64} ${w - 40} ${-h * 0.62}Q${w} ${-h * 0.62} ${w} ${-h * 0.5}V${h - 44}Q${w} ${h} ${w - 44} ${h}H${-w + 44}Q${-w} ${h} ${-w} ${h - 44}V${-h * 0.5}Q${-w} ${-h * 0.62} ${-w + 40} ${-h * 0.62}Z`;
	const groove = roundBox(-w + 34, -h * 0.46, wide - 68, h * 1.46 - 34, 30);
	return (
		drop(k, d, 30) +
		at(6, 12, path(d, dark(c, 0.42))) +
		path(
			d,
			k.lin([
				[0, light(c, 0.28)],
				[0.5, c],
				[1, dark(c, 0.16)]
			])
		) +
		k.clip(
			d,
			grain(11, -w, -h, wide, long, c, 26, true) +
				box(-w * 0.3, -h, w * 0.55, long, light(c, 0.5), 0, 'opacity=".14"') +
				box(w * 0.5, -h, w * 0.5, long, dark(c, 0.4), 0, 'opacity=".12"')
		) +
		line(groove, dark(c, 0.5), 9, 'opacity=".35"') +
		g(line(groove, light(c, 0.7), 4, 'opacity=".6"'), 'transform="translate(4 4)"') +
		line(d, light(c, 0.6), 4, 'opacity=".5"') +
		`<circle cx="0" cy="${n(-h + 52)}" r="19" fill="${dark(c, 0.72)}"/><path d="M-16 ${n(-h + 62)}a19 19 0 0 0 32 0" fill="none" stroke="${light(c, 0.5)}" stroke-width="4"/>`
	);
};

/** Lies along the vertical, tip up. */
export const knife = (k: Kit, wood: string, long = 440): string => {
	const blade = `M-40 20V${-long * 0.2}C-44 ${-long * 0.6} -30 ${-long * 0.9} 22 ${-long}C48 ${-long * 0.7} 46 ${-long * 0.3} 46 20Z`;
	const handle = "M-36 22H44Q52 130 40 250Q30 306 -6 300Q-34 290 -34 240Q-24 130 -36 22Z";
	return (
		drop(k, blade, 16) +
		drop(k, handle, 20) +
		path(
			blade,
			k.lin(
				[
					[0, "#eef1f1"],
					[0.42, "#c3cacc"],
					[0.5, "#f8fafa"],
					[0.62, "#aeb7ba"],
					[1, "#7f898d"]
				],
				0,
				0,
				1,
				0.12
			)
		) +
		k.clip(
			blade,
			path(
				`M-50 20V${-long * 0.2}C-48 ${-long * 0.6} -34 ${-long * 0.9} 22 ${-long}L30 ${-long * 0.9}C-10 ${-long * 0.8} -22 ${-long * 0.4} -20 20Z`,
				"#fff",
				'opacity=".55"'
			) +
				line(
					`M-20 20C-22 ${-long * 0.4} -10 ${-long * 0.8} 24 ${-long * 0.94}`,
					"#7f898d",
					2,
					'opacity=".6"'
				)
		) +
		box(
			-40,
			8,
			88,
			26,
			k.lin(
				[
					[0, "#f4e2b2"],
					[0.4, "#c79b4b"],
					[1, "#7a5a24"]
				],
				0,
				0,
				1,
				0
			),
			4
		) +
		soft(k, handle, wood, 24, grain(4, -50, 20, 110, 300, wood, 9, true)) +
		[90, 160, 230]
			.map(y =>
				oval(
					4,
					y,
					9,
					9,
					k.rad(
						[
							[0, "#f7e6b8"],
							[1, "#9c7630"]
						],
						0.35,
						0.3,
						0.7
					)
				)
			)
			.join("")
	);
};

export const spoon = (k: Kit, c: string, kind: "spoon" | "spatula" | "slotted"): string => {
	const stick =
		"M-15 -130C-12 60 -22 200 -24 320Q-22 352 0 354Q22 352 24 320C22 200 12 60 15 -130Z";
	const head =
		kind === "spatula"
			? "M-64 -352Q0 -372 64 -352Q76 -346 74 -320L46 -150Q34 -116 0 -116Q-34 -116 -46 -150L-74 -320Q-76 -346 -64 -352Z"
			: "M0 -370C62 -370 84 -300 76 -236C68 -170 34 -116 0 -116C-34 -116 -68 -170 -76 -236C-84 -300 -62 -370 0 -370Z";
	return (
		drop(k, stick, 16) +
		drop(k, head, 20) +
		soft(k, stick, c, 16, grain(3, -30, -130, 60, 500, c, 6, true)) +
		soft(k, head, c, 28, grain(5, -80, -370, 160, 270, c, 11, true)) +
		(kind === "spoon"
			? oval(
					0,
					-246,
					54,
					96,
					k.lin([
						[0, dark(c, 0.42)],
						[0.6, c],
						[1, light(c, 0.4)]
					])
				)
			: "") +
		(kind === "slotted"
			? [-26, 0, 26].map(x => box(x - 6, -320, 12, 140, dark(c, 0.75), 6)).join("")
			: "")
	);
};

/** Seen from above. */
export const plate = (k: Kit, c: string, r = 330, ripple = true, inner = c): string => {
	const circle = (radius: number, fill: string, more = "") =>
		`<circle r="${n(radius)}" fill="${fill}" ${more}/>`;
	const outline = `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`;
	let rings = "";
	if (ripple)
		for (let i = 0; i < 6; i++)
			rings += circle(
				r * (0.7 + i * 0.045),
				"none",
				`stroke="${i % 2 ? light(c, 0.7) : dark(c, 0.4)}" stroke-opacity=".35" stroke-width="5"`
			);
	return (
		drop(k, outline, 30) +
		circle(
			r,
			k.lin([
				[0, light(c, 0.55)],
				[0.5, c],
				[1, dark(c, 0.3)]
			])
		) +
		circle(
			r - 7,
			k.lin([
				[0, light(c, 0.25)],
				[0.5, c],
				[1, dark(c, 0.08)]
			])
		) +
		rings +
		circle(
			r * 0.66,
			k.lin([
				[0, dark(inner, 0.26)],
				[0.5, inner],
				[1, light(inner, 0.5)]
			])
		) +
		circle(
			r * 0.63,
			k.lin([
				[0, dark(inner, 0.04)],
				[0.5, light(inner, 0.1)],
				[1, light(inner, 0.24)]
			])
		) +
		line(
			`M${n(-r * 0.8)} ${n(-r * 0.42)}A${n(r * 0.9)} ${n(r * 0.9)} 0 0 1 ${n(-r * 0.3)} ${n(-r * 0.85)}`,
			"#fff",
			14,
			`opacity=".55" ${k.haze(7)}`
		)
	);
};

export const soap = (k: Kit, c: string, mark: Sign, wrap = "", ground = 1): string => {
	const top =
		"M-190 -150Q-176 -190 -120 -192H150Q204 -190 214 -150L232 -84Q236 -60 210 -58H-204Q-232 -60 -226 -86Z";
	const front =
		"M-228 -90Q-232 -58 -204 -58H210Q236 -58 233 -90V-28Q232 0 200 2H-196Q-228 0 -228 -28Z";
	return (
		(ground ? rest(k, 222) : oval(0, 0, 216, 12, "#2a1c2b", `opacity=".45" ${k.blur(6)}`)) +
		path(
			front,
			k.lin([
				[0, dark(c, 0.06)],
				[0.4, dark(c, 0.12)],
				[1, dark(c, 0.34)]
			])
		) +
		soft(k, top, light(c, 0.08), 26) +
		at(
			2,
			-122,
			g(at(4, 5, sign(mark, light(c, 0.6))) + sign(mark, dark(c, 0.3)), 'opacity=".75"'),
			0.62
		).replace("scale(0.62)", "scale(0.9 0.5)") +
		(wrap
			? path(
					"M-64 -192H86L100 -58H-80Z",
					k.lin([
						[0, light(wrap, 0.3)],
						[1, wrap]
					])
				) +
				path("M-80 -58H100V2H-78Z", dark(wrap, 0.14)) +
				at(8, -128, g(sign(mark, dark(wrap, 0.65)), 'transform="scale(.6 .36)"')) +
				print(10, -92, 74, dark(wrap, 0.6), 1)
			: "") +
		line("M-196 -150Q-178 -184 -120 -186H100", "#fff", 7, `opacity=".6" ${k.haze(3)}`)
	);
};

export const prints: Record<"dunes" | "lake" | "fruit", (k: Kit) => string> = {
	dunes: (k: Kit): string =>
		box(
			-220,
			-300,
			440,
			600,
			k.lin(
				[
					[0, "#f3d9b8"],
					[0.6, "#f0bf9a"],
					[1, "#e39f7c"]
				],
				0,
				0,
				0,
				1
			)
		) +
		`<circle cx="70" cy="-130" r="78" fill="#d9663f"/>` +
		path("M-220 20Q-90 -70 40 10T220 -20V300H-220Z", "#d98d5f") +
		path("M-220 110Q-60 20 70 110T220 90V300H-220Z", "#b8624a") +
		path("M-220 200Q-100 130 30 190T220 170V300H-220Z", "#7d3f3f") +
		path("M-60 66Q10 90 30 132Q-40 96 -120 104Z", "#e8a878", 'opacity=".7"'),
	lake: (k: Kit): string =>
		box(
			-220,
			-300,
			440,
			600,
			k.lin(
				[
					[0, "#d6e0de"],
					[1, "#f0e6d3"]
				],
				0,
				0,
				0,
				1
			)
		) +
		`<circle cx="-80" cy="-150" r="52" fill="#f6f0dc"/>` +
		path("M-220 -10L-110 -140L-40 -40L60 -190L220 0V60H-220Z", "#7f9ba0") +
		path("M-220 30L-140 -40L-10 40L110 -60L220 40V90H-220Z", "#4d6f78") +
		box(
			-220,
			60,
			440,
			240,
			k.lin(
				[
					[0, "#9fb8b8"],
					[1, "#2f4f5c"]
				],
				0,
				0,
				0,
				1
			)
		) +
		path("M-220 62L-110 170L-40 90L60 210L220 70Z", "#2f4f5c", 'opacity=".35"') +
		line(
			"M-180 130h120M-40 170h160M-150 220h220M20 110h130M-90 260h250",
			"#e3ece8",
			5,
			'opacity=".55"'
		) +
		path("M60 96h80q-12 26 -40 26t-40 -26ZM98 90V26L134 84Z", "#a9502f"),
	fruit: () =>
		box(-220, -300, 440, 600, "#efe3cb") +
		box(-220, 90, 440, 210, "#7d9c8a") +
		path("M-150 150Q0 190 150 150Q130 250 0 252Q-130 250 -150 150Z", "#2f4554") +
		`<circle cx="-70" cy="110" r="64" fill="#d9763f"/><circle cx="62" cy="104" r="70" fill="#c4503c"/><circle cx="-2" cy="66" r="60" fill="#e3a63f"/>` +
		path("M-150 150Q0 190 150 150L146 170Q0 208 -146 170Z", "#3d5a6b") +
		path(
			"M0 8Q-6 -40 10 -70M10 -70Q60 -110 96 -70Q54 -40 10 -70Z",
			"#4b6d53",
			'stroke="#4b6d53" stroke-width="7"'
		) +
		path("M-220 -300H-60L-220 -120Z", "#e8b79c") +
		`<circle cx="-30" cy="44" r="12" fill="#f3cf8a"/><circle cx="40" cy="76" r="13" fill="#d9786a"/><circle cx="-92" cy="86" r="12" fill="#eba374"/>`
};
export const framed = (k: Kit, art: keyof typeof prints, wood: string): string => {
	const outer = "M-306 -396H306V396H-306Z";
	return (
		drop(k, outer, 44) +
		path(
			outer,
			k.lin([
				[0, light(wood, 0.3)],
				[0.5, wood],
				[1, dark(wood, 0.35)]
			])
		) +
		k.clip(
			outer,
			grain(4, -306, -396, 26, 792, wood, 4, true) + grain(6, 280, -396, 26, 792, wood, 4, true)
		) +
		path(
			"M-306 -396L-280 -370V370L-306 396ZM306 396L280 370V-370L306 -396Z",
			"#221a26",
			'opacity=".16"'
		) +
		box(-280, -370, 560, 740, "#f8f3e8") +
		path("M-280 -370H280V-350H-258V370H-280Z", "#2a1c2b", `opacity=".3" ${k.blur(6)}`) +
		k.clip("M-220 -300H220V300H-220Z", prints[art](k)) +
		line("M-220 -300H220V300H-220Z", "#2a1c2b", 2, 'opacity=".2"') +
		path("M-280 -370H40L-280 180Z", "#fff", 'opacity=".12"')
	);
};
/** The bare sheet, curling at a corner. */
export const sheet = (k: Kit, art: keyof typeof prints): string => {
	const d = "M-280 -370H280V370H-280Z";
	return (
		drop(k, d, 22) +
		path(d, "#f8f3e8") +
		path(d, k.tile(4, 4, '<path d="M0 1H4" stroke="#8a7a60" stroke-opacity=".06"/>')) +
		k.clip("M-220 -300H220V300H-220Z", prints[art](k)) +
		path(
			"M280 250L160 370Q176 300 200 292Q236 286 280 250Z",
			k.lin([
				[0, "#d5c9b2"],
				[0.5, "#fffaf0"],
				[1, "#e2d6c0"]
			])
		) +
		path("M280 252V370H160Z", mix("#dccab0", "#efe4d2", 0.5))
	);
};

export const linenCloth = (k: Kit, c: string, w = 640, h = 300): string => {
	const d = `M${-w / 2} ${-h / 2}Q${-w * 0.2} ${-h / 2 - 16} 0 ${-h / 2 + 6}T${w / 2} ${-h / 2 + 10}Q${w / 2 + 14} 0 ${w / 2 - 4} ${h / 2}Q${w * 0.2} ${h / 2 - 14} 0 ${h / 2 + 4}T${-w / 2 + 6} ${h / 2}Q${-w / 2 - 12} 0 ${-w / 2} ${-h / 2}Z`;
	return (
		drop(k, d, 12, 0.7) +
		soft(
			k,
			d,
			c,
			20,
			path(d, weave(k, c, 7)) +
				line(
					`M${-w * 0.3} ${-h / 2}Q${-w * 0.2} 0 ${-w * 0.34} ${h / 2}M${w * 0.1} ${-h / 2}Q${w * 0.22} 0 ${w * 0.06} ${h / 2}`,
					dark(c, 0.5),
					12,
					`opacity=".2" ${k.haze(7)}`
				),
			0.6
		)
	);
};
