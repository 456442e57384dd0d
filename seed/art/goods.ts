// Paper, sound, travel, play. Standing things stand on (0, 0), lying ones are centred there.
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
	oval,
	path,
	random,
	rest,
	ribs,
	roundBox,
	soft,
	solid,
	speckle,
	TILT,
	tube,
	turned,
	weave
} from "./kit";
import { print, type Sign, sign } from "./vessels";

const metal = (k: Kit, c: string): string =>
	k.rad(
		[
			[0, light(c, 0.8)],
			[0.45, c],
			[1, dark(c, 0.5)]
		],
		0.35,
		0.3,
		0.75
	);

export const coffeeBag = (k: Kit, c: string, ink: string, mark: Sign, h = 560): string => {
	const d = `M-170 ${-h + 60}H170Q196 ${-h * 0.5} 200 -40Q200 -4 184 0H-184Q-200 -4 -200 -40Q-196 ${-h * 0.5} -170 ${-h + 60}Z`;
	const fold = `M-172 ${-h + 66}L-168 ${-h}H168L172 ${-h + 66}Z`;
	const paper = roundBox(-128, -h + 150, 256, h - 240, 6);
	return (
		rest(k, 192) +
		soft(
			k,
			d,
			c,
			70,
			path(
				`M-200 0L-150 ${-h * 0.25}L-164 ${-h + 60}H-220ZM200 0L150 ${-h * 0.25}L164 ${-h + 60}H220Z`,
				dark(c, 0.5),
				'opacity=".2"'
			) +
				path(`M-150 0Q0 -44 150 0Z`, dark(c, 0.5), 'opacity=".3"') +
				line(
					`M-150 ${-h + 70}Q-120 ${-h * 0.6} -160 -120M140 ${-h + 70}Q120 ${-h * 0.7} 158 ${-h * 0.3}M-60 ${-h + 70}L-40 ${-h + 130}M70 ${-h + 70}L50 ${-h + 136}`,
					dark(c, 0.7),
					12,
					`opacity=".25" ${k.haze(6)}`
				)
		) +
		path(
			paper,
			k.lin([
				[0, "#fffaf0"],
				[0.5, "#f6eedf"],
				[1, "#dccfb8"]
			])
		) +
		k.clip(
			paper,
			box(-128, -h * 0.46, 256, h, ink) +
				at(
					0,
					-h * 0.46,
					`<circle r="78" fill="${mix(ink, "#f6ecd6", 0.25)}"/>` + sign(mark, "#f8efdc"),
					0.95
				)
		) +
		print(0, -h + 186, 150, ink, 2) +
		print(0, -150, 120, "#f8efdc", 2) +
		path(
			fold,
			k.lin([
				[0, light(c, 0.22)],
				[0.5, c],
				[1, dark(c, 0.25)]
			])
		) +
		line(`M-168 ${-h + 30}H168`, dark(c, 0.5), 4, 'opacity=".4"') +
		path(
			`M-190 ${-h + 52}H190V${-h + 74}H-190Z`,
			k.lin(
				[
					[0, "#f4e2b2"],
					[0.3, "#c79b4b"],
					[1, "#8a6526"]
				],
				0,
				0,
				0.4,
				1
			)
		) +
		path(`M-190 ${-h + 74}H190V${-h + 86}H-190Z`, "#221a26", `opacity=".25" ${k.blur(4)}`) +
		oval(92, -h + 114, 15, 15, dark(c, 0.3)) +
		oval(92, -h + 114, 9, 9, light(c, 0.1))
	);
};
export const beans = (k: Kit, count: number, width: number, height: number, seed = 4): string => {
	const pick = random(seed);
	const spots: [number, number, number][] = [];
	for (let i = 0; i < count; i++)
		spots.push([pick(-width, width) * pick(0.3, 1), pick(-height, height), pick(0, 180)]);
	spots.sort((a, b) => a[1] - b[1]);
	return spots
		.map(
			([x, y, turn]) =>
				oval(x + 7, y + 9, 26, 16, "#2a1c2b", 'opacity=".3"') +
				at(
					x,
					y,
					k.share(
						oval(
							0,
							0,
							27,
							18,
							k.rad(
								[
									[0, "#9a6240"],
									[0.6, "#6a3d24"],
									[1, "#3f2316"]
								],
								0.35,
								0.3,
								0.75
							)
						) + line("M-24 2Q-8 -7 2 0T24 -2", "#2b160d", 3.4)
					),
					1,
					turn
				)
		)
		.join("");
};

export const notebook = (k: Kit, c: string, accent: string, mark: Sign = "moon"): string => {
	const cover = roundBox(-230, -320, 460, 640, 16);
	return (
		drop(k, cover, 34) +
		at(10, 12, path(cover, dark(c, 0.5))) +
		box(-214, -312, 450, 640, "#efe6d2", 8) +
		line("M236 -296V324M232 -300V326", "#c9bb9d", 2) +
		line("M-206 328H234", "#c9bb9d", 3) +
		soft(
			k,
			cover,
			c,
			22,
			path(cover, weave(k, c, 5)) +
				box(-230, -320, 62, 640, dark(c, 0.3), 0, 'opacity=".35"') +
				line("M-166 -320V320", dark(c, 0.7), 5, 'opacity=".4"') +
				line("M-161 -320V320", light(c, 0.6), 3, 'opacity=".4"')
		) +
		at(32, -70, g(at(2, 3, sign(mark, light(c, 0.5))) + sign(mark, accent)), 1.15) +
		box(
			170,
			-322,
			20,
			646,
			k.lin(
				[
					[0, light(accent, 0.25)],
					[0.5, accent],
					[1, dark(accent, 0.3)]
				],
				0,
				0,
				1,
				0
			),
			3
		) +
		box(190, -320, 9, 640, "#221a26", 3, 'opacity=".22"') +
		path("M-60 324L-60 388L-48 374L-36 388V324Z", accent)
	);
};
export const openBook = (k: Kit, c: string, accent: string): string => {
	const left = "M0 -290Q-200 -330 -420 -296V300Q-200 268 0 306Z";
	const right = "M0 -290Q200 -330 420 -296V300Q200 268 0 306Z";
	let rules = "";
	for (let y = -220; y < 250; y += 42)
		rules += `M-380 ${y}Q-200 ${y - 24} -40 ${y + 6}M40 ${y + 6}Q200 ${y - 24} 380 ${y}`;
	return (
		drop(k, "M-440 -310H440V318H-440Z", 30) +
		box(-440, -308, 880, 626, c, 14) +
		at(0, 8, path(left, "#e2d6bc") + path(right, "#d6c8ac")) +
		path(
			left,
			k.lin(
				[
					[0, "#fffaf0"],
					[0.8, "#f6ecd8"],
					[1, "#cdbd9f"]
				],
				0,
				0,
				1,
				0
			)
		) +
		path(
			right,
			k.lin(
				[
					[0, "#cbbb9c"],
					[0.14, "#f3e8d2"],
					[1, "#fbf4e4"]
				],
				0,
				0,
				1,
				0
			)
		) +
		line(rules, "#8aa0a8", 2, 'opacity=".45"') +
		line(
			"M-374 -206q30 -20 60 0t60 0t50 -6M-374 -164q40 -20 80 0t90 -4t60 2M-374 -122q26 -16 60 0t60 -4",
			"#3d4656",
			4,
			'opacity=".75"'
		) +
		line("M120 60q60 -150 130 -40t90 -60M110 110q120 -30 240 0", "#3d4656", 4, 'opacity=".7"') +
		path("M10 -290L24 360L34 340L46 358L22 -290Z", accent)
	);
};
export const pencil = (k: Kit, c: string): string =>
	drop(k, "M-12 -240H12V240H-12Z", 12) +
	box(
		-13,
		-220,
		26,
		400,
		k.lin(
			[
				[0, light(c, 0.4)],
				[0.34, light(c, 0.15)],
				[0.36, c],
				[0.66, c],
				[0.68, dark(c, 0.3)],
				[1, dark(c, 0.4)]
			],
			0,
			0,
			1,
			0
		)
	) +
	path("M-13 -220L0 -286L13 -220Q6 -228 0 -220Q-6 -228 -13 -220Z", "#e3c79a") +
	path("M-4.500 -264L0 -286L4.500 -264Z", "#2b2a2e") +
	box(-13, 180, 26, 34, "#c9b36a") +
	box(-12, 212, 24, 34, "#d9897c", 6);
export const pocketBook = (k: Kit, c: string, accent: string): string => {
	const cover = roundBox(-160, -240, 320, 480, 18);
	return (
		drop(k, cover, 18) +
		at(5, 6, path(cover, "#e9dfc9")) +
		soft(
			k,
			cover,
			c,
			14,
			`<circle cx="60" cy="90" r="190" fill="${accent}" opacity=".85"/>` +
				`<circle cx="60" cy="90" r="120" fill="${c}"/><circle cx="60" cy="90" r="60" fill="${accent}"/>` +
				path(cover, k.tile(5, 5, '<path d="M0 1H5" stroke="#fff" stroke-opacity=".06"/>'))
		) +
		box(-120, -200, 150, 54, "#f8f1e0", 4) +
		print(-45, -182, 104, "#6b5844", 2) +
		line("M-156 -130h9M-156 0h9M-156 130h9", "#c9c2b2", 4)
	);
};

export const headphones = (k: Kit, c: string, pad: string): string => {
	const cup = (side: number): string =>
		g(
			tube(k, "M-206 -330Q-250 -290 -246 -230", 18, "#b9b4ab", 0.9) +
				soft(
					k,
					"M-150 -300Q-106 -296 -104 -180Q-106 -64 -150 -60Q-182 -62 -184 -180Q-182 -298 -150 -300Z",
					pad,
					26,
					line("M-128 -280Q-112 -180 -128 -80", dark(pad, 0.6), 4, 'opacity=".5"')
				) +
				soft(
					k,
					"M-176 -306Q-262 -290 -270 -180Q-262 -70 -176 -54Q-160 -60 -158 -180Q-160 -300 -176 -306Z",
					c,
					40
				) +
				oval(
					-222,
					-180,
					26,
					74,
					k.lin([
						[0, light(c, 0.4)],
						[1, dark(c, 0.3)]
					])
				) +
				oval(-220, -180, 20, 66, dark(c, 0.12)) +
				line("M-222 -216V-144", "#d9b866", 5),
			side > 0 ? 'transform="scale(-1 1)"' : ""
		);
	return (
		at(-186, -10, cast(k, 66, 2.2)) +
		at(182, -10, cast(k, 66, 2.2)) +
		at(
			0,
			52,
			line("M-212 -310C-220 -640 220 -640 212 -310", dark(c, 0.5), 50) +
				line("M-214 -314C-222 -640 216 -640 208 -314", c, 38) +
				line(
					"M-205 -390C-180 -596 120 -600 180 -480",
					light(c, 0.5),
					8,
					`opacity=".8" ${k.haze(4)}`
				) +
				line("M-120 -508C-60 -556 60 -556 120 -508", pad, 44) +
				line(
					"M-120 -514C-60 -560 60 -560 118 -514",
					light(pad, 0.25),
					22,
					`opacity=".6" ${k.haze(6)}`
				) +
				line(
					"M-120 -494C-60 -540 60 -540 120 -494",
					dark(pad, 0.5),
					4,
					'opacity=".5" stroke-dasharray="9 7"'
				) +
				cup(-1) +
				cup(1)
		)
	);
};

export const speaker = (k: Kit, wood: string, cloth: string): string => {
	const d = roundBox(-180, -520, 360, 520, 40);
	const face = roundBox(-150, -400, 300, 370, 26);
	return (
		rest(k, 190, 1.4) +
		path(
			"M150 -512L226 -486Q240 -478 240 -460V-44Q238 -20 220 -16L150 -6Z",
			k.lin([
				[0, dark(wood, 0.36)],
				[1, dark(wood, 0.55)]
			])
		) +
		soft(k, d, wood, 36, grain(3, -180, -520, 360, 520, wood, 20, true)) +
		soft(
			k,
			face,
			cloth,
			30,
			path(
				face,
				k.tile(
					9,
					9,
					`<path d="M0 2.200H9M2.200 0V9" stroke="${dark(cloth, 0.6)}" stroke-opacity=".35" stroke-width="3"/><circle cx="6.500" cy="6.500" r="1.800" fill="${light(cloth, 0.7)}" fill-opacity=".35"/>`
				)
			) +
				`<circle cx="0" cy="-170" r="104" fill="none" stroke="${dark(cloth, 0.6)}" stroke-opacity=".22" stroke-width="22"/><circle cx="0" cy="-334" r="40" fill="none" stroke="${dark(cloth, 0.6)}" stroke-opacity=".2" stroke-width="12"/>`
		) +
		oval(0, -460, 40, 40, dark(wood, 0.6), `opacity=".5" ${k.blur(6)}`) +
		oval(-2, -463, 36, 36, metal(k, "#c79b4b")) +
		oval(-2, -463, 27, 27, metal(k, "#d9b866")) +
		line("M-2 -484V-470", "#5b4420", 5) +
		oval(110, -460, 6, 6, "#9fd08a")
	);
};

export const radio = (k: Kit, c: string, wood: string): string => {
	const d = roundBox(-310, -330, 620, 330, 60);
	const grille = roundBox(-270, -280, 300, 230, 34);
	let ticks = "";
	for (let i = -7; i <= 7; i++)
		ticks += at(
			158,
			-196,
			`<path d="M0 -92V${i % 2 ? -80 : -72}" stroke="#6b5844" stroke-width="4"/>`,
			1,
			i * 12
		);
	return (
		rest(k, 292) +
		tube(k, "M-200 -326C-200 -450 200 -450 200 -326", 24, wood, 0.5) +
		box(-240, -14, 60, 24, dark(wood, 0.3), 8) +
		box(180, -14, 60, 24, dark(wood, 0.3), 8) +
		soft(k, d, c, 52) +
		soft(k, grille, light(c, 0.5), 20, path(grille, ribs(k, light(c, 0.2), 18)), 0.8) +
		`<circle cx="158" cy="-196" r="106" fill="${dark(c, 0.3)}"/>` +
		oval(
			157,
			-197,
			101,
			101,
			k.lin([
				[0, "#fffaf0"],
				[1, "#e3d6bd"]
			])
		) +
		ticks +
		oval(162, -190, 44, 44, "#2a1c2b", `opacity=".35" ${k.blur(6)}`) +
		oval(158, -196, 42, 42, metal(k, "#c79b4b")) +
		line("M158 -232V-206", "#5b4420", 6) +
		line("M158 -196L206 -262", "#c4503c", 4) +
		[96, 158, 220]
			.map(
				x =>
					oval(x + 2, -50, 20, 20, dark(c, 0.5), 'opacity=".5"') +
					oval(x, -53, 19, 19, metal(k, "#d8cfc0"))
			)
			.join("")
	);
};

export const watch = (k: Kit, strap: string, dial: string): string => {
	const d =
		"M-78 -150L-66 -470Q-64 -500 -40 -502H40Q64 -500 66 -470L78 -150V150L66 440Q50 520 0 524Q-50 520 -66 440L-78 150Z";
	const pale = Number.parseInt(dial.slice(1, 3), 16) > 180;
	const hand = pale ? "#3a3f4a" : "#f6ecd6";
	let marks = "";
	for (let i = 0; i < 12; i++)
		marks += at(
			0,
			0,
			box(-4, -126, 8, i % 3 ? 20 : 32, pale ? "#6b5844" : i % 3 ? light(dial, 0.7) : "#e3c678", 3),
			1,
			i * 30
		);
	return (
		drop(k, d, 26) +
		soft(
			k,
			d,
			strap,
			30,
			line(
				"M-62 -480L-66 -160M62 -480L66 -160M-66 160L-54 440Q-40 504 0 508Q40 504 54 440L66 160",
				light(strap, 0.5),
				3.5,
				'opacity=".7" stroke-dasharray="10 8"'
			)
		) +
		[290, 340, 390, 440].map(y => oval(0, y, 9, 13, dark(strap, 0.75))).join("") +
		`<rect x="-56" y="-520" width="112" height="44" rx="10" fill="none" stroke="#8d8a84" stroke-width="15"/><rect x="-57" y="-522" width="112" height="44" rx="10" fill="none" stroke="#d4d1ca" stroke-width="9"/>` +
		path(
			"M-96 -150H96L84 -186H-84ZM-96 150H96L84 186H-84Z",
			k.lin(
				[
					[0, "#e9e6df"],
					[0.5, "#b9b5ad"],
					[1, "#807c76"]
				],
				0,
				0,
				1,
				0
			)
		) +
		box(168, -26, 34, 52, metal(k, "#b9b5ad"), 8) +
		oval(14, 18, 184, 184, "#2a1c2b", `opacity=".35" ${k.blur(14)}`) +
		oval(
			0,
			0,
			180,
			180,
			k.lin([
				[0, "#fbfaf6"],
				[0.45, "#b9b5ad"],
				[0.6, "#dedbd4"],
				[1, "#77736d"]
			])
		) +
		oval(
			0,
			0,
			158,
			158,
			k.lin([
				[0, "#77736d"],
				[1, "#f4f2ec"]
			])
		) +
		oval(
			0,
			0,
			148,
			148,
			k.rad(
				[
					[0, light(dial, 0.14)],
					[0.7, dial],
					[1, dark(dial, 0.35)]
				],
				0.4,
				0.35,
				0.7
			)
		) +
		marks +
		`<circle cx="0" cy="62" r="32" fill="${dark(dial, pale ? 0.08 : 0.2)}" stroke="${pale ? dark(dial, 0.4) : light(dial, 0.5)}" stroke-width="2.5"/><path d="M0 62L16 46" stroke="#e3c678" stroke-width="4"/>` +
		line("M4 6L-56 -44M4 6L68 -72", "#221a26", 13, 'opacity=".3"') +
		line("M0 0L-60 -50", hand, 13) +
		line("M0 0L64 -78", hand, 9) +
		oval(0, 0, 11, 11, "#e3c678") +
		path("M-120 -88A148 148 0 0 1 60 -136L-60 120A148 148 0 0 1 -120 -88Z", "#fff", 'opacity=".1"')
	);
};

export const hills = (k: Kit, night = false): string =>
	box(
		0,
		0,
		1200,
		1200,
		night
			? k.lin(
					[
						[0, "#27324a"],
						[0.45, "#51607a"],
						[0.7, "#c9a08c"],
						[1, "#e3b995"]
					],
					0,
					0,
					0,
					0.62
				)
			: k.lin(
					[
						[0, "#cfe0e3"],
						[0.6, "#f3e6d0"],
						[1, "#f3e6d0"]
					],
					0,
					0,
					0,
					0.7
				)
	) +
	`<circle cx="${night ? 900 : 300}" cy="${night ? 220 : 300}" r="${night ? 52 : 78}" fill="${night ? "#f4ecd2" : "#fbf0cf"}"/>` +
	(night ? speckle(31, 60, 0, 20, 1200, 420, "#fff7e0") : "") +
	path(
		"M0 620L220 400L360 520L590 320L830 560L980 450L1200 600V900H0Z",
		night ? "#5d6b80" : "#a9bfc0"
	) +
	path("M0 700Q200 560 420 660T840 620T1200 690V1000H0Z", night ? "#43546a" : "#86a59b") +
	path("M0 790Q260 680 560 770T1200 760V1200H0Z", night ? "#2f4350" : "#7b9874") +
	path(
		"M0 890Q360 800 720 860T1200 850V1200H0Z",
		night
			? k.lin(
					[
						[0, "#2b3f45"],
						[1, "#1c2c33"]
					],
					0,
					0,
					0,
					1
				)
			: k.lin(
					[
						[0, "#93a878"],
						[1, "#6d8659"]
					],
					0,
					0,
					0,
					1
				)
	) +
	[
		[90, 760, 1.1],
		[170, 790, 0.8],
		[1040, 770, 1.2],
		[1120, 800, 0.9],
		[960, 790, 0.7]
	]
		.map(([x, y, s]) =>
			at(
				x!,
				y!,
				box(-7, -20, 14, 34, "#4a3a30") +
					path(
						"M0 -210L-48 -110H-26L-66 -16H66L26 -110H48Z",
						night
							? "#1f333a"
							: k.lin(
									[
										[0, "#6f9070"],
										[1, "#3f5c48"]
									],
									0,
									0,
									1,
									0
								)
					),
				s!
			)
		)
		.join("");
export const tent = (k: Kit, c: string, lit = false): string => {
	const left = "M-60 -400Q-250 -200 -430 0L-40 20Q-70 -200 -60 -400Z";
	const right = "M-60 -400Q140 -360 250 -330Q380 -160 470 -20L-40 20Q-70 -200 -60 -400Z";
	const door = "M-62 -330Q-170 -150 -236 8L-44 18Q-70 -160 -62 -330Z";
	return (
		oval(40, 14, 540, 44, "#1a1420", `opacity=".35" ${k.blur(20)}`) +
		line("M-430 0L-520 40M470 -20L560 24M250 -330L520 -30", "#efe3cb", 3, 'opacity=".8"') +
		line("M-522 30V52M560 12V36M520 -40V-16", "#8a5c3c", 8) +
		path(
			right,
			lit
				? k.lin([
						[0, "#ffe3a0"],
						[0.4, mix(c, "#f6b85a", 0.6)],
						[1, dark(c, 0.3)]
					])
				: k.lin([
						[0, dark(c, 0.05)],
						[0.6, dark(c, 0.2)],
						[1, dark(c, 0.4)]
					])
		) +
		k.clip(
			right,
			line(
				"M-60 -400Q60 -200 120 6M60 -384Q220 -200 330 -4M250 -330Q120 -180 -40 20",
				dark(c, 0.7),
				3,
				'opacity=".3"'
			) +
				path(
					"M-60 -400Q140 -360 250 -330L470 -20L440 -18Q200 -340 -60 -380Z",
					"#fff",
					'opacity=".18"'
				)
		) +
		path(
			left,
			lit
				? k.lin([
						[0, "#fff0c4"],
						[0.5, mix(c, "#f6c066", 0.5)],
						[1, c]
					])
				: k.lin([
						[0, light(c, 0.35)],
						[1, light(c, 0.04)]
					])
		) +
		path(
			door,
			lit
				? k.lin(
						[
							[0, "#fff6d8"],
							[1, "#f0b75e"]
						],
						0,
						0,
						0,
						1
					)
				: k.lin(
						[
							[0, dark(c, 0.78)],
							[1, dark(c, 0.55)]
						],
						0,
						0,
						0,
						1
					)
		) +
		path("M-62 -330Q-90 -160 -58 18L-44 18Q-70 -160 -62 -330Z", light(c, 0.2)) +
		path("M-62 -330Q-170 -150 -236 8L-290 4Q-190 -160 -62 -330Z", light(c, 0.18)) +
		line("M-62 -330Q-170 -150 -236 8", "#efe3cb", 4, 'opacity=".7"') +
		path("M-236 -40q-30 -30 -10 -70q30 20 30 60z", dark(c, 0.1)) +
		line("M-60 -404Q-70 -200 -40 20M-62 -402Q140 -364 252 -332", dark(c, 0.45), 6) +
		path("M-430 0L-40 20L470 -20L470 -8L-40 34L-430 12Z", dark(c, 0.6)) +
		(lit ? oval(-120, 20, 220, 40, "#ffd98a", `opacity=".45" ${k.blur(22)}`) : "")
	);
};

export const bell = (k: Kit, c: string): string =>
	tube(k, "M-620 130C-300 130 -200 120 0 120S400 140 700 60", 64, "#4a4a4e", 0.9) +
	box(
		-60,
		78,
		120,
		92,
		k.lin(
			[
				[0, "#dedbd4"],
				[0.5, "#8d8a84"],
				[1, "#55524e"]
			],
			0,
			0,
			0,
			1
		),
		12
	) +
	oval(0, 124, 13, 13, "#4a4744") +
	solid(
		k,
		turned([
			[30, 40],
			[30, 90]
		]),
		"#8d8a84",
		0.9
	) +
	oval(20, 70, 200, 34, "#221a26", `opacity=".35" ${k.blur(14)}`) +
	solid(
		k,
		turned([
			[22, -160],
			[90, -146],
			[164, -88],
			[194, 0],
			[200, 40],
			[206, 52]
		]),
		c,
		1
	) +
	path("M-120 -70Q-90 -130 -20 -140Q-70 -96 -84 -20Z", "#fff", `opacity=".7" ${k.blur(6)}`) +
	line("M-205 54A206 35 0 0 0 205 54", light(c, 0.6), 6) +
	line("M-196 14A198 34 0 0 0 196 14", dark(c, 0.4), 3, 'opacity=".4"') +
	solid(
		k,
		turned([
			[8, -190],
			[16, -182],
			[18, -160]
		]),
		"#8d8a84",
		0.9
	) +
	tube(k, "M190 96Q260 80 300 10", 22, "#8d8a84", 0.9) +
	oval(304, 0, 27, 27, metal(k, "#2b2a2e"));

export const toyCar = (k: Kit, c: string, wood: string): string => {
	const d =
		"M-300 -70Q-310 -150 -250 -166L-150 -180Q-110 -290 -10 -296H60Q150 -290 196 -180L260 -168Q306 -156 304 -90Q302 -56 270 -54H-266Q-298 -54 -300 -70Z";
	const wheel = (x: number): string =>
		oval(x + 8, -54, 82, 82, "#221a26", 'opacity=".35"') +
		oval(
			x,
			-58,
			80,
			80,
			k.lin([
				[0, light(wood, 0.4)],
				[0.5, wood],
				[1, dark(wood, 0.45)]
			])
		) +
		k.clip(
			`M${x - 80} -58a80 80 0 1 0 160 0a80 80 0 1 0 -160 0Z`,
			grain(Math.abs(x), x - 80, -138, 160, 160, wood, 9)
		) +
		oval(
			x,
			-58,
			52,
			52,
			"none",
			`stroke="${dark(wood, 0.45)}" stroke-opacity=".4" stroke-width="5"`
		) +
		oval(x, -58, 18, 18, metal(k, c));
	return (
		at(0, 22, rest(k, 270)) +
		soft(k, d, c, 46, grain(6, -310, -300, 620, 250, c, 9)) +
		path(
			"M-110 -184Q-80 -256 -20 -260H10V-184Z",
			k.lin([
				[0, dark(wood, 0.4)],
				[1, wood]
			])
		) +
		path(
			"M40 -184V-260H56Q116 -254 150 -184Z",
			k.lin([
				[0, dark(wood, 0.4)],
				[1, wood]
			])
		) +
		oval(284, -128, 15, 22, "#f6e2ac") +
		line("M-290 -112H-200M190 -112H250", light(c, 0.5), 6, 'opacity=".5"') +
		wheel(-176) +
		wheel(180)
	);
};

export const rings = (k: Kit, colours: readonly string[], wood: string): string => {
	let out =
		cast(k, 210, 1.3) +
		solid(
			k,
			turned([
				[206, -46],
				[212, -36],
				[212, -8],
				[206, 0]
			]),
			wood,
			0.3,
			grain(4, -212, -50, 424, 70, wood, 6)
		) +
		oval(0, -46, 206, 206 * TILT, light(wood, 0.35));
	let y = -44;
	colours.forEach((c, i) => {
		const r = 176 - i * 22;
		out += oval(10, y + 6, r * 0.94, r * TILT, "#221a26", `opacity=".3" ${k.blur(7)}`);
		out +=
			solid(
				k,
				turned([
					[r * 0.82, y - 78],
					[r * 0.96, y - 66],
					[r, y - 38],
					[r * 0.95, y - 10],
					[r * 0.8, y]
				]),
				c,
				0.6
			) + oval(0, y - 78, r * 0.82, r * 0.82 * TILT, light(c, 0.25));
		y -= 78;
	});
	return (
		out +
		solid(
			k,
			turned([
				[24, y - 70],
				[34, y - 56],
				[38, y - 36],
				[26, y - 14],
				[16, y - 2],
				[16, y + 4]
			]),
			wood,
			0.5
		)
	);
};

export const boat = (k: Kit, hull: string, sail: string, wood: string): string =>
	rest(k, 185) +
	soft(
		k,
		"M-290 -140H300Q286 -30 190 0H-170Q-262 -30 -290 -140Z",
		hull,
		44,
		path("M-300 -60H310V20H-300Z", wood) + grain(5, -300, -150, 600, 150, hull, 8)
	) +
	path("M-290 -140L-240 -164H260L300 -140Z", light(wood, 0.3)) +
	tube(k, "M-10 -150V-560", 20, wood, 0.4) +
	soft(
		k,
		"M12 -540Q190 -360 240 -196H12Z",
		sail,
		26,
		path("M12 -300H240V-250H12Z", hull, 'opacity=".85"') +
			path("M0 -560H300V-190H0Z", weave(k, sail, 7))
	) +
	soft(
		k,
		"M-30 -500Q-150 -340 -196 -196H-30Z",
		light(sail, 0.25),
		22,
		path("M-240 -560H0V-190H-240Z", weave(k, sail, 7))
	) +
	path("M-10 -560L64 -584L-10 -606Z", hull);

const PIECE =
	"M-50 -50H-16C-24 -84 24 -84 16 -50H50V-16C84 -24 84 24 50 16V50H16C24 22 -24 22 -16 50H-50V16C-24 24 -24 -24 -50 -16Z";
export const piece = (k: Kit, c: string, turn = 0): string =>
	at(0, 0, drop(k, PIECE, 9) + at(2, 4, path(PIECE, "#b59a72")) + soft(k, PIECE, c, 9), 1, turn);
export const puzzleBox = (k: Kit, art: (k: Kit) => string, c: string): string => {
	const d = roundBox(-260, -340, 520, 680, 8);
	return (
		drop(k, d, 40) +
		at(16, 20, path(d, dark(c, 0.45))) +
		at(8, 10, path(d, dark(c, 0.25))) +
		path(d, c) +
		k.clip("M-222 -302H222V190H-222Z", at(0, -56, art(k), 1.02)) +
		line("M-222 -302H222V190H-222Z", "#fffaf0", 6) +
		print(-90, 240, 240, "#fffaf0", 2) +
		at(180, 254, path(PIECE, "#fffaf0"), 0.6) +
		path(
			d,
			k.lin([
				[0, "#fff", 0.2],
				[0.5, "#fff", 0],
				[1, "#221a26", 0.18]
			])
		) +
		line("M-254 336V-332H252", "#fff", 3, 'opacity=".4"')
	);
};
export const tangram = (k: Kit, colours: readonly string[], solved: boolean): string => {
	const parts: [string, number, number, number][] = solved
		? [
				["M-300 -300L300 -300L0 0Z", 0, 0, 0],
				["M-300 -300L0 0L-300 300Z", 0, 0, 0],
				["M300 -300V0L150 -150Z", 0, 0, 0],
				["M150 -150L300 0L150 150L0 0Z", 0, 0, 0],
				["M0 0L150 150L-150 150Z", 0, 0, 0],
				["M-150 150H150L0 300H-300Z", 0, 0, 0],
				["M300 0V300H0Z", 0, 0, 0]
			]
		: [
				["M-212 0H212L0 -212Z", -120, 130, 0],
				["M-212 0H212L0 -212Z", -120, -40, 0],
				["M-105 0H105L0 -105Z", -120, -216, 0],
				["M-75 -75H75V75H-75Z", -120, 214, 0],
				["M-105 0H105L0 -105Z", 300, -216, 0],
				["M-52 -52H158L52 52H-158Z", 240, 236, 0],
				["M-148 0H148L0 -148Z", 262, 172, 0]
			];
	const tray = roundBox(-350, -350, 700, 700, 30);
	const base = "#b98a58";
	return (
		(solved
			? drop(k, tray, 34) +
				soft(k, tray, base, 26, grain(4, -350, -350, 700, 700, base, 14)) +
				box(-312, -312, 624, 624, dark(base, 0.5), 6)
			: "") +
		parts
			.map(([d, x, y, turn], i) => {
				const c = colours[i % colours.length]!;
				return at(
					x,
					y,
					drop(k, d, solved ? 5 : 14) +
						soft(k, d, c, 14, g(grain(3, -320, -320, 640, 640, "#8a5c3c", 16), 'opacity=".8"')),
					solved ? 0.985 : 1,
					turn
				);
			})
			.join("")
	);
};

export const blocks = (k: Kit, colours: readonly string[]): string => {
	const cube = (x: number, y: number, c: string, mark: string): string =>
		at(
			x,
			y,
			path(
				"M-80 -160H80V0H-80Z",
				k.lin([
					[0, light(c, 0.25)],
					[1, dark(c, 0.08)]
				])
			) +
				path("M80 -160L118 -190V-34L80 0Z", dark(c, 0.34)) +
				path("M-80 -160L-40 -190H118L80 -160Z", light(c, 0.5)) +
				k.clip("M-80 -160H80V0H-80Z", grain(Math.abs(x) + 2, -80, -160, 160, 160, c, 8)) +
				mark
		);
	const white = "#fbf3e2";
	return (
		rest(k, 280) +
		cube(-180, 0, colours[0]!, path("M-40 -44L0 -120L40 -44Z", white)) +
		cube(10, 6, colours[1]!, `<circle cy="-80" r="42" fill="${white}"/>`) +
		cube(200, 0, colours[2]!, box(-38, -118, 76, 76, white)) +
		cube(-90, -162, colours[3]!, path("M0 -124L38 -80L0 -36L-38 -80Z", white)) +
		cube(100, -160, colours[4]!, path("M-44 -60A44 44 0 0 1 44 -60Z", white)) +
		cube(8, -322, colours[5]!, line("M-40 -80H40M0 -120V-40", white, 20)) +
		path(
			"M-70 -484L8 -600L100 -484Z",
			k.lin([
				[0, light(colours[6]!, 0.3)],
				[1, colours[6]!]
			])
		) +
		path("M100 -484L132 -512L8 -600Z", dark(colours[6]!, 0.35))
	);
};
