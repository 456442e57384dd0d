// Cloth and leather. Lying things are centred on (0, 0); bags stand on it.
import {
	at,
	box,
	dark,
	drop,
	g,
	type Kit,
	knit,
	light,
	line,
	mix,
	n,
	oval,
	path,
	random,
	rest,
	ribs,
	roundBox,
	soft,
	weave
} from "./kit";

const seam = (d: string, c: string, width = 2.6): string =>
	line(d, dark(c, 0.5), width, 'opacity=".55" stroke-dasharray="7 6"');
/** Folds: soft shade with a lit ridge to its left. */
const folds = (k: Kit, d: string, c: string, width = 16): string =>
	line(d, dark(c, 0.6), width, `opacity=".26" ${k.haze(Math.round(width * 0.45))}`) +
	g(
		line(d, light(c, 0.7), width * 0.8, `opacity=".26" ${k.haze(Math.round(width * 0.5))}`),
		`transform="translate(${-width} 0)"`
	);

const BODY =
	"M-120 -372C-180 -352 -226 -338 -252 -318L-206 -60C-214 120 -214 260 -210 372Q0 396 210 372C214 260 214 120 206 -60L252 -318C226 -338 180 -352 120 -372Q0 -330 -120 -372Z";
const SLEEVE = {
	short: "M-238 -326C-300 -280 -350 -180 -386 -92L-262 -34Q-226 -60 -200 -110L-206 -300Z",
	long: "M-238 -326C-320 -270 -352 -120 -392 190Q-404 290 -398 352L-300 366C-280 250 -240 100 -204 -60L-206 -300Z"
};
const both = (k: Kit, left: string): string => {
	const half = k.share(left);
	return half + g(half, 'transform="scale(-1 1)"');
};

export interface Garment {
	c: string;
	kind: "shirt" | "overshirt" | "tee" | "sweater";
	stripe?: string | undefined;
}
export const garment = (k: Kit, { c, kind, stripe }: Garment): string => {
	const sleeve = SLEEVE[kind === "tee" ? "short" : "long"];
	const surface =
		kind === "sweater"
			? knit(k, c, 17)
			: kind === "tee"
				? weave(k, c, 4)
				: weave(k, c, kind === "overshirt" ? 9 : 6);
	const cloth = (d: string): string => path(d, surface);
	const cuff =
		kind === "tee"
			? ""
			: kind === "sweater"
				? "M-404 300L-296 314L-302 372L-398 358Z"
				: "M-402 296L-292 312L-300 368L-398 354Z";
	const bandsOf = stripe
		? [-230, -150, -70, 10, 90, 170, 250, 330].map(y => `M-260 ${y}Q0 ${y + 16} 260 ${y}`).join("")
		: "";
	const arm =
		soft(
			k,
			sleeve,
			c,
			34,
			cloth(sleeve) +
				folds(
					k,
					kind === "tee"
						? "M-330 -90Q-280 -150 -250 -240"
						: "M-350 250Q-320 40 -276 -120M-318 300Q-290 120 -262 0",
					c
				) +
				(kind === "sweater"
					? path(cuff, ribs(k, c, 12)) + line("M-402 298L-296 314", dark(c, 0.6), 4, 'opacity=".4"')
					: "") +
				(kind === "tee" ? seam("M-376 -104L-256 -48", c) : "")
		) +
		(cuff && kind !== "sweater"
			? soft(k, cuff, c, 16, cloth(cuff) + seam("M-398 306L-298 320", c))
			: "");
	let detail = "";
	if (kind === "tee")
		detail =
			path("M-112 -376Q0 -344 112 -376Q84 -300 0 -296Q-84 -300 -112 -376Z", dark(c, 0.45)) +
			line("M-118 -374C-94 -286 94 -286 118 -374", c, 26, 'stroke-linecap="butt"') +
			line(
				"M-118 -374C-94 -286 94 -286 118 -374",
				ribsInk(c),
				26,
				'stroke-dasharray="3 7" stroke-linecap="butt" opacity=".35"'
			) +
			seam("M-104 -354C-76 -276 76 -276 104 -354", c) +
			seam("M-210 356Q0 380 210 356", c);
	if (kind === "sweater")
		detail =
			path("M-108 -378Q0 -340 108 -378Q84 -304 0 -300Q-84 -304 -108 -378Z", dark(c, 0.5)) +
			line("M-114 -374C-94 -280 94 -280 114 -374", dark(c, 0.12), 42, 'stroke-linecap="butt"') +
			line(
				"M-114 -374C-94 -280 94 -280 114 -374",
				dark(c, 0.5),
				40,
				'stroke-dasharray="4 8" stroke-linecap="butt" opacity=".35"'
			);
	if (kind === "shirt" || kind === "overshirt") {
		const placket = "M-24 -330L24 -330L26 384L-26 384Z";
		const collar = "M-122 -384C-80 -398 -30 -396 0 -392L-10 -318L-76 -236L-146 -344Z";
		const flap = roundBox(-168, -190, 112, kind === "overshirt" ? 140 : 128, 12);
		const pocket =
			soft(k, flap, c, 12, cloth(flap), 0.7) +
			seam(roundBox(-162, -184, 100, kind === "overshirt" ? 128 : 116, 10), c, 2) +
			(kind === "overshirt"
				? line("M-168 -148H-56", dark(c, 0.6), 4, 'opacity=".4"') + button(k, -112, -164, c)
				: "");
		detail =
			path("M-112 -384Q0 -400 112 -384L60 -322Q0 -336 -60 -322Z", dark(c, 0.4)) +
			soft(k, placket, c, 10, cloth(placket), 0.8) +
			seam("M-18 -316V380M18 -316V380", c, 2) +
			(kind === "overshirt" ? both(k, pocket) : pocket) +
			both(
				k,
				path(collar, "#2a1c2b", `opacity=".3" transform="translate(8 12)" ${k.blur(7)}`) +
					soft(k, collar, c, 16, cloth(collar), 0.8) +
					seam("M-134 -346L-76 -250L-20 -322", c, 2)
			) +
			[-270, -160, -50, 60, 170, 280].map(y => button(k, 0, y, c)).join("") +
			seam("M-208 352Q0 376 208 352", c);
	}
	const hem = kind === "sweater" ? "M-214 316Q0 340 214 316L212 378Q0 400 -212 378Z" : "";
	return (
		drop(k, BODY, 26) +
		both(k, drop(k, sleeve, 22, 0.8) + arm) +
		soft(
			k,
			BODY,
			c,
			46,
			cloth(BODY) +
				(stripe ? line(bandsOf, stripe, 22, 'stroke-linecap="butt"') + cloth(BODY) : "") +
				folds(
					k,
					"M-150 -40Q-120 140 -160 330M120 -120Q150 60 96 320M-70 60Q-40 200 -76 372M60 120Q50 240 70 372M-190 -200Q-150 -120 -150 -40",
					c,
					20
				) +
				(hem
					? path(hem, c) +
						path(hem, ribs(k, c, 13)) +
						line("M-214 316Q0 340 214 316", dark(c, 0.6), 4, 'opacity=".4"')
					: "")
		) +
		(kind === "shirt" || kind === "overshirt"
			? line("M-250 -318C-228 -250 -212 -150 -206 -60", dark(c, 0.6), 3, 'opacity=".4"') +
				line("M250 -318C228 -250 212 -150 206 -60", dark(c, 0.6), 3, 'opacity=".4"')
			: "") +
		detail
	);
};
const ribsInk = (c: string): string => dark(c, 0.5);
const button = (k: Kit, x: number, y: number, c: string): string =>
	at(
		x,
		y,
		k.share(
			oval(2, 3, 11, 11, dark(c, 0.6), 'opacity=".5"') +
				oval(
					0,
					0,
					11,
					11,
					k.lin([
						[0, "#fff7e8"],
						[1, "#c4b196"]
					])
				) +
				oval(-3, 0, 1.8, 1.8, "#6b5844") +
				oval(3, 0, 1.8, 1.8, "#6b5844")
		)
	);

export const scarf = (k: Kit, c: string, stripe: string): string => {
	const fall = "M-150 -120C-180 60 -160 240 -176 400L-16 410C-10 240 10 60 -10 -120Z";
	const second = "M20 -120C-10 40 40 200 30 330L176 316C190 190 140 20 150 -130Z";
	const loop =
		"M-236 -200C-250 -360 -110 -420 10 -416C150 -412 262 -340 240 -196C226 -90 120 -50 0 -52C-120 -54 -226 -90 -236 -200ZM-110 -240C-90 -180 90 -180 112 -240C90 -300 -90 -300 -110 -240Z";
	const fringe = (x: number, y: number, width: number): string => {
		let d = "";
		const pick = random(Math.round(x + 900));
		for (let i = 0; i <= width; i += 13)
			d += `M${n(x + i)} ${y}q${n(pick(-9, 9))} 30 ${n(pick(-8, 8))} 62`;
		return line(d, dark(c, 0.3), 7) + g(line(d, light(c, 0.15), 4), 'transform="translate(-2 -1)"');
	};
	const bars = (x: number, y: number): string =>
		[0, 46, 92].map(dy => `M${x - 20} ${y + dy}h230`).join("");
	return (
		drop(k, second, 24) +
		drop(k, fall, 24) +
		fringe(38, 322, 130) +
		soft(
			k,
			second,
			c,
			40,
			path(second, knit(k, c, 14, 3)) +
				line(bars(20, 200), stripe, 22) +
				path(second, knit(k, c, 14, 3)) +
				folds(k, "M70 -80Q60 100 84 330M120 -60Q110 100 140 300", c, 14)
		) +
		fringe(-168, 400, 150) +
		soft(
			k,
			fall,
			c,
			40,
			line(bars(-180, 270), stripe, 22) +
				path(fall, knit(k, c, 14, -2)) +
				folds(k, "M-110 -80Q-130 160 -120 400M-60 -80Q-70 120 -60 400", c, 14)
		) +
		path(
			loop,
			"#2a1c2b",
			`fill-rule="evenodd" opacity=".3" transform="translate(16 22)" ${k.blur(16)}`
		) +
		soft(
			k,
			loop,
			c,
			50,
			path(loop, knit(k, c, 14, 20)) +
				folds(
					k,
					"M-190 -200C-180 -340 100 -390 196 -230M-170 -140C-60 -80 120 -90 190 -170M-150 -300C-60 -370 80 -370 150 -310",
					c,
					18
				)
		).replace(/fill="url\(#(\w+)\)" \/>/, 'fill="url(#$1)" fill-rule="evenodd" />')
	);
};

export const sock = (k: Kit, c: string, accent: string, striped: boolean): string => {
	const d =
		"M-70 -330Q0 -344 70 -330C72 -200 66 -60 74 40C90 90 190 130 230 190C262 246 220 296 150 290C60 280 -20 220 -66 150C-92 100 -70 -100 -70 -330Z";
	const toe = "M150 100C210 130 290 220 250 300L120 320C170 260 190 170 150 100Z";
	const heel = "M-120 60C-40 50 20 80 20 130C10 190 -40 220 -90 230Z";
	const bars = striped ? [-230, -180, -130, -80, -30, 20].map(y => `M-100 ${y}H110`).join("") : "";
	return (
		drop(k, d, 20) +
		soft(
			k,
			d,
			c,
			36,
			line(bars, accent, 22, 'stroke-linecap="butt"') +
				path(toe, accent) +
				path(heel, accent) +
				path(d, ribs(k, c, 12, 2)) +
				path("M-80 -350H90V-262H-80Z", striped ? accent : dark(c, 0.1)) +
				path("M-80 -350H90V-262H-80Z", ribs(k, c, 15)) +
				folds(k, "M-50 60Q10 40 60 -10M-40 120Q40 90 76 50", c, 13)
		)
	);
};
export const socks = (k: Kit, c: string, accent: string, striped = false): string =>
	at(70, -20, sock(k, dark(c, 0.06), accent, striped), 0.98, 8) +
	at(-90, 10, sock(k, c, accent, striped), 1, -4);

export const beanie = (k: Kit, c: string): string => {
	const crown = "M-236 110C-250 -120 -140 -300 0 -304C140 -300 250 -120 236 110Z";
	const brim =
		"M-262 70Q0 120 262 70Q276 76 274 100L266 210Q262 232 240 238Q0 284 -240 238Q-262 232 -266 210L-274 100Q-276 76 -262 70Z";
	let wedge = "";
	for (const x of [-190, -114, -38, 38, 114, 190])
		wedge += `M${x * 0.1} -298Q${x * 1.1} -160 ${x * 1.15} 120`;
	return (
		drop(k, crown, 24) +
		drop(k, brim, 28) +
		soft(
			k,
			crown,
			c,
			60,
			line(wedge, dark(c, 0.55), 7, `opacity=".3" ${k.haze(3)}`) + path(crown, ribs(k, c, 17))
		) +
		path(brim, "#2a1c2b", `opacity=".3" transform="translate(0 -10)" ${k.blur(9)}`) +
		soft(k, brim, light(c, 0.04), 44, path(brim, ribs(k, c, 21))) +
		box(
			150,
			132,
			62,
			54,
			k.lin([
				[0, "#d2a06c"],
				[1, "#9c6a3e"]
			]),
			5
		) +
		seam(roundBox(156, 138, 50, 42, 3), "#8a5c3c", 2)
	);
};

/** Folded cloth in a pile: rounded fold edges to the front. */
export const pile = (
	k: Kit,
	colours: readonly string[],
	surface: "waffle" | "wool" | "linen",
	width = 520
): string => {
	let out = rest(k, width * 0.5);
	let y = 0;
	colours.forEach((c, index) => {
		const h = surface === "wool" ? 108 : 84;
		const w = width - index * 14;
		const x = -w / 2 + (index % 2 ? 8 : -4);
		const d = `M${x + 40} ${y - h}Q${x} ${y - h} ${x} ${y - h / 2}Q${x} ${y} ${x + 40} ${y}H${x + w - 14}Q${x + w} ${y - h * 0.5} ${x + w - 14} ${y - h}Z`;
		const tile =
			surface === "waffle"
				? k.tile(
						20,
						20,
						`<rect width="20" height="20" fill="none" stroke="${dark(c, 0.5)}" stroke-opacity=".25" stroke-width="3"/><rect x="2" y="2" width="8" height="8" fill="${light(c, 0.8)}" fill-opacity=".3"/>`
					)
				: surface === "wool"
					? knit(k, c, 13, 90)
					: weave(k, c, 7);
		const check =
			surface === "wool" && index === 0
				? line(
						`M${x + w * 0.16} ${y - h}v${h}M${x + w * 0.24} ${y - h}v${h}M${x + w * 0.7} ${y - h}v${h}M${x + w * 0.78} ${y - h}v${h}`,
						light(c, 0.6),
						15,
						'opacity=".7"'
					)
				: "";
		out += soft(
			k,
			d,
			c,
			34,
			check +
				path(d, tile) +
				line(
					`M${x + w} ${y - h * 0.34}H${x + 46}Q${x + 24} ${y - h * 0.5} ${x + 46} ${y - h * 0.66}H${x + w}`,
					dark(c, 0.65),
					4,
					'opacity=".55"'
				) +
				line(`M${x + w} ${y - h * 0.34 + 5}H${x + 50}`, light(c, 0.5), 3, 'opacity=".6"')
		);
		y -= h - 3;
	});
	const top = colours[colours.length - 1] ?? "#fff";
	const w = width - (colours.length - 1) * 14;
	const lid = `M${-w / 2 + 30} ${y + 1}Q${-w / 2 + 70} ${y - 30} ${-w / 2 + 120} ${y - 32}H${w / 2 - 70}Q${w / 2 - 24} ${y - 30} ${w / 2 - 8} ${y + 1}Z`;
	return (
		out +
		path(
			lid,
			k.lin(
				[
					[0, light(top, 0.45)],
					[1, light(top, 0.05)]
				],
				0,
				0,
				1,
				0.4
			)
		) +
		path(lid, surface === "wool" ? knit(k, top, 13) : weave(k, top, 9))
	);
};

export const cushion = (
	k: Kit,
	c: string,
	accent: string,
	pattern: "plain" | "arc" | "grid"
): string => {
	const d =
		"M-270 -270Q0 -226 270 -270Q292 -268 288 -246Q240 0 288 246Q290 268 270 270Q0 232 -270 270Q-292 268 -288 246Q-240 0 -288 -246Q-290 -268 -270 -270Z";
	let art = "";
	if (pattern === "arc")
		art =
			[210, 150, 90, 34]
				.map((r, i) => `<circle cx="-40" cy="120" r="${r}" fill="${i % 2 ? c : accent}"/>`)
				.join("") +
			box(-300, 120, 600, 200, c) +
			box(-300, 128, 600, 26, accent);
	if (pattern === "grid")
		art = line(
			"M-300 -130H300M-300 0H300M-300 130H300M-130 -300V300M0 -300V300M130 -300V300",
			accent,
			9
		);
	return (
		drop(k, d, 36) +
		soft(
			k,
			d,
			c,
			90,
			art +
				path(d, weave(k, c, 8)) +
				folds(
					k,
					"M-250 -250Q-190 -190 -150 -170M250 -250Q200 -190 160 -170M-250 250Q-190 190 -150 180M250 250Q190 200 150 180",
					c,
					20
				)
		) +
		line(d, dark(c, 0.28), 7) +
		g(line(d, light(c, 0.3), 3), 'transform="translate(-2 -2)"')
	);
};

export const tote = (k: Kit, c: string, ink: string): string => {
	const d =
		"M-222 -440Q0 -424 222 -440C236 -260 250 -120 244 -20Q240 0 214 2Q0 16 -214 2Q-240 0 -244 -20C-250 -120 -236 -260 -222 -440Z";
	const mark =
		`<circle cx="0" cy="-226" r="92" fill="${ink}"/>` +
		path("M-130 -150Q-60 -230 0 -176Q60 -240 130 -150V-90H-130Z", mix(ink, c, 0.35)) +
		path("M-130 -120Q-40 -176 130 -110V-70H-130Z", dark(ink, 0.2));
	return (
		rest(k, 232) +
		tube2("M-112 -420C-112 -720 112 -720 112 -420", 30, dark(c, 0.2)) +
		soft(
			k,
			d,
			c,
			50,
			k.clip("M-130 -330H130V-96H-130Z", mark) +
				path(d, weave(k, c, 8)) +
				folds(
					k,
					"M-160 -400Q-180 -200 -150 -20M150 -380Q190 -180 170 -30M-60 -60Q-70 -30 -64 -8",
					c,
					18
				)
		) +
		line("M-222 -404Q0 -388 222 -404", dark(c, 0.5), 3, 'opacity=".5" stroke-dasharray="8 6"') +
		tube2("M-112 -380C-116 -640 116 -640 112 -380", 30, c) +
		[-112, 112]
			.map(
				x =>
					box(x - 17, -412, 34, 54, c, 3) +
					seam(`M${x - 11} -404h22v40h-22zl22 40M${x + 11} -404l-22 40`, c, 2.4)
			)
			.join("")
	);
};
const tube2 = (d: string, width: number, c: string): string =>
	line(d, dark(c, 0.35), width, 'stroke-linecap="butt"') +
	g(line(d, c, width - 7, 'stroke-linecap="butt"'), 'transform="translate(-2 -2)"') +
	line(d, light(c, 0.5), 3, 'opacity=".5" stroke-dasharray="9 7"');

export const backpack = (k: Kit, c: string, leather = "#9c6a3e"): string => {
	const body =
		"M-186 -500Q0 -520 186 -500C224 -420 232 -120 218 -40Q210 0 160 4Q0 18 -160 4Q-210 0 -218 -40C-232 -120 -224 -420 -186 -500Z";
	const roll =
		"M-206 -560Q-214 -640 -180 -650Q0 -664 180 -650Q214 -640 206 -560Q200 -500 186 -486Q0 -500 -186 -486Q-200 -500 -206 -560Z";
	const pocket =
		"M-150 -246Q0 -258 150 -246Q164 -120 152 -52Q146 -30 120 -28Q0 -20 -120 -28Q-146 -30 -152 -52Q-164 -120 -150 -246Z";
	const strap = (x: number, to: number): string =>
		box(
			x - 17,
			-640,
			34,
			to,
			k.lin(
				[
					[0, light(leather, 0.25)],
					[0.5, leather],
					[1, dark(leather, 0.25)]
				],
				0,
				0,
				1,
				0
			),
			4
		) + seam(`M${x - 11} -632v${to - 12}M${x + 11} -632v${to - 12}`, leather, 2);
	const buckle = (x: number, y: number): string =>
		`<rect x="${x - 26}" y="${y}" width="52" height="40" rx="8" fill="none" stroke="#6f5a2c" stroke-width="11"/><rect x="${x - 27}" y="${y - 1}" width="52" height="40" rx="8" fill="none" stroke="#d9b866" stroke-width="7"/>`;
	return (
		rest(k, 214) +
		line(
			"M-190 -440C-290 -380 -290 -140 -208 -60M190 -440C290 -380 290 -140 208 -60",
			dark(c, 0.5),
			34
		) +
		line(
			"M-196 -440C-294 -380 -294 -140 -212 -64M186 -440C284 -380 284 -140 204 -64",
			dark(c, 0.25),
			24
		) +
		line("M-46 -640C-50 -710 50 -710 46 -640", dark(leather, 0.3), 20) +
		line("M-49 -642C-52 -712 47 -712 43 -642", leather, 13) +
		soft(
			k,
			body,
			c,
			70,
			path(body, weave(k, c, 7)) +
				folds(
					k,
					"M-150 -440Q-190 -300 -180 -120M150 -440Q190 -280 182 -100M-60 -460Q-40 -400 -70 -300",
					c,
					18
				)
		) +
		path(pocket, "#2a1c2b", `opacity=".35" transform="translate(8 12)" ${k.blur(9)}`) +
		soft(k, pocket, light(c, 0.05), 40, path(pocket, weave(k, c, 7))) +
		line("M-138 -214Q0 -226 138 -214", dark(c, 0.7), 8) +
		line("M-138 -217Q0 -229 138 -217", "#d9b866", 3) +
		line("M-96 -218L-100 -178", leather, 10) +
		path(roll, "#2a1c2b", `opacity=".4" transform="translate(4 18)" ${k.blur(10)}`) +
		soft(
			k,
			roll,
			c,
			56,
			path(roll, weave(k, c, 7)) +
				line(
					"M-204 -590Q0 -606 206 -590M-206 -540Q0 -556 200 -540",
					dark(c, 0.7),
					6,
					'opacity=".5"'
				)
		) +
		strap(-96, 250) +
		strap(96, 250) +
		buckle(-96, -452) +
		buckle(96, -452)
	);
};
