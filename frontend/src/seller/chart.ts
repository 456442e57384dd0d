import { BarChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsCoreOption } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, GridComponent, TooltipComponent, CanvasRenderer]);

export interface Bar {
	name: string;
	value: number;
	/** What was taken away from it: stands below the line. */
	minus?: number;
	label: string;
}
/** Columns go up, a step of time each; rows go to the right, the first on top. */
export type Shape = "columns" | "rows";

/** The page's own colours, whichever theme it has. */
function colours(element: HTMLElement) {
	const style = getComputedStyle(element);
	const of = (name: string) => style.getPropertyValue(name).trim();
	return {
		bar: of("--ui-primary"),
		minus: of("--ui-error"),
		text: of("--ui-text-muted"),
		strong: of("--ui-text-highlighted"),
		line: of("--ui-border-muted"),
		ground: of("--ui-bg-elevated"),
		border: of("--ui-border"),
		font: style.fontFamily
	};
}
type Look = ReturnType<typeof colours>;
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function optionOf(
	bars: readonly Bar[],
	shape: Shape,
	rough: (value: number) => string,
	look: Look
): EChartsCoreOption {
	const up = shape === "columns";
	const text = { color: look.text, fontFamily: look.font, fontSize: 12 };
	const names = {
		type: "category",
		data: bars.map(({ name }) => name),
		inverse: !up,
		axisLabel: { ...text, hideOverlap: up, ...(!up && { width: 110, overflow: "truncate" }) },
		axisLine: { show: up, lineStyle: { color: look.border }, onZero: true },
		axisTick: { show: false }
	};
	const minus = bars.map(({ minus = 0 }) => -minus);
	const isBelow = minus.some(value => value < 0);
	const values = {
		type: "value",
		show: up,
		// no further down than the lowest bar, which needs no figure at the edge
		min: ({ min }: { min: number }) => Math.min(0, min),
		splitNumber: 3,
		minInterval: 1,
		axisLabel: {
			...text,
			hideOverlap: true,
			showMinLabel: !isBelow,
			formatter: (value: number) => rough(value)
		},
		splitLine: { lineStyle: { color: look.line } }
	};
	const series = (data: number[], color: string, radius: number | number[]) => ({
		type: "bar",
		stack: "all",
		data,
		barMaxWidth: up ? 28 : 16,
		barCategoryGap: bars.length > 60 ? "8%" : "28%",
		itemStyle: { color, borderRadius: radius },
		// rows have their figures beside them, columns an axis
		label: {
			show: !up,
			...{ ...text, color: look.strong, fontWeight: 600 },
			position: "right",
			formatter: ({ value }: { value: number }) => rough(value)
		}
	});
	return {
		animationDuration: still() ? 0 : 300,
		animationDurationUpdate: still() ? 0 : 300,
		grid: { left: 4, right: up ? 8 : 64, top: up ? 12 : 0, bottom: 0, containLabel: true },
		tooltip: {
			trigger: "axis",
			renderMode: "richText",
			confine: true,
			axisPointer: { type: "shadow", shadowStyle: { color: look.line, opacity: 0.6 } },
			backgroundColor: look.ground,
			borderColor: look.border,
			textStyle: { ...text, color: look.strong },
			formatter: (points: { dataIndex: number }[]) => {
				const bar = bars[points[0]?.dataIndex ?? -1];
				return bar ? `${bar.name}\n${bar.label}` : "";
			}
		},
		xAxis: up ? names : values,
		yAxis: up ? values : names,
		series: [
			series(
				bars.map(({ value }) => value),
				look.bar,
				up ? [4, 4, 0, 0] : 4
			),
			...(isBelow ? [series(minus, look.minus, [0, 0, 4, 4])] : [])
		]
	};
}

/** Bars in an element, as wide as it is; `show` changes them in place. */
export function barsIn(element: HTMLElement, shape: Shape, rough: (value: number) => string) {
	const chart = init(element);
	const sized = new ResizeObserver(() => chart.resize());
	sized.observe(element);
	return {
		show: (bars: readonly Bar[]) =>
			chart.setOption(optionOf(bars, shape, rough, colours(element)), { replaceMerge: ["series"] }),
		stop() {
			sized.disconnect();
			chart.dispose();
		}
	};
}
