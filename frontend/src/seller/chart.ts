import { BarChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsCoreOption } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, GridComponent, TooltipComponent, CanvasRenderer]);

export interface Bar {
	name: string;
	value: number;
	label: string;
}

/** The page's own colours, whichever theme it has. */
function colours(element: HTMLElement) {
	const style = getComputedStyle(element);
	const of = (name: string) => style.getPropertyValue(name).trim();
	return {
		bar: of("--ui-primary"),
		text: of("--ui-text-muted"),
		strong: of("--ui-text-highlighted"),
		line: of("--ui-border-muted"),
		ground: of("--ui-bg-elevated"),
		border: of("--ui-border"),
		font: style.fontFamily
	};
}

function optionOf(
	bars: readonly Bar[],
	rough: (value: number) => string,
	look: ReturnType<typeof colours>
) {
	const text = { color: look.text, fontFamily: look.font, fontSize: 12 };
	return {
		animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300,
		animationDurationUpdate: 300,
		grid: { left: 4, right: 8, top: 16, bottom: 0, containLabel: true },
		tooltip: {
			trigger: "axis",
			renderMode: "richText",
			axisPointer: { type: "shadow", shadowStyle: { color: look.line, opacity: 0.6 } },
			backgroundColor: look.ground,
			borderColor: look.border,
			textStyle: { ...text, color: look.strong },
			formatter: (points: { dataIndex: number }[]) => {
				const bar = bars[points[0]?.dataIndex ?? -1];
				return bar ? `${bar.name}\n${bar.label}` : "";
			}
		},
		xAxis: {
			type: "category",
			data: bars.map(({ name }) => name),
			axisLabel: { ...text, hideOverlap: true },
			axisLine: { lineStyle: { color: look.border } },
			axisTick: { show: false }
		},
		yAxis: {
			type: "value",
			splitNumber: 3,
			minInterval: 100,
			axisLabel: { ...text, formatter: (value: number) => rough(value) },
			splitLine: { lineStyle: { color: look.line } }
		},
		series: [
			{
				type: "bar",
				data: bars.map(({ value }) => value),
				barMaxWidth: 28,
				barCategoryGap: "28%",
				itemStyle: { color: look.bar, borderRadius: [4, 4, 0, 0] }
			}
		]
	} satisfies EChartsCoreOption;
}

/** Bars in an element, as wide as it is; `show` changes them in place. */
export function barsIn(element: HTMLElement, rough: (value: number) => string) {
	const chart = init(element);
	const sized = new ResizeObserver(() => chart.resize());
	sized.observe(element);
	return {
		show: (bars: readonly Bar[]) => chart.setOption(optionOf(bars, rough, colours(element))),
		stop() {
			sized.disconnect();
			chart.dispose();
		}
	};
}
