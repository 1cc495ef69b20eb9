/* The charts of statistics. They hold no colour that grey does not tell apart: lines differ by dashes and marks, and bars by hatching. */

import type { BarSeriesOption, EChartsOption, LineSeriesOption } from 'echarts';
import type { Language } from '../domain/basics/language';
import { linesOfCounts, linesOfRanks, namesAtTheEnd, type Lines, type NameAtTheEnd } from './chartLines';
import { barsOfCounts, barsOfRanks, type Bar } from './chartBars';
import { daysOf, type Days } from './chartDays';
import { lookOf, roundStep } from './chartLooks';
import { footOf, headOf } from './chartWords';
import type { StatisticView } from './view';
import { someWords, unitNames } from './words';

/** A chart, and the room that it takes. */
export interface Chart {
  readonly option: EChartsOption;
  readonly width: number;
  readonly height: number;
}

const width = 960;
const black = '#000';
const text = { color: black, fontSize: 13, fontFamily: 'sans-serif' };
/** The room above for the title, and below for the axis and the foot. */
const [above, below] = [96, 84];
const barHeight = 26;

export function chartOf(view: StatisticView, language: Language): Chart {
  if ('periods' in view)
    return view.periods.length === 1
      ? barChart(view, barsOfRanks(view), language)
      : lineChart(view, linesOfRanks(view, language), language);
  if (view.unit === 'days') return daysChart(view, daysOf(view), language);
  const isOneColumn = view.table !== 'offers' && view.columns.length === 1;
  return isOneColumn || view.rows.length === 0
    ? barChart(view, barsOfCounts(view), language)
    : lineChart(view, linesOfCounts(view), language);
}

function barChart(view: StatisticView, bars: readonly Bar[], language: Language): Chart {
  const most = Math.max(10, ...bars.map(({ count }) => count ?? 0));
  const data = bars.map(({ count, isBeside }) =>
    count === null
      ? { value: most / 4, ...hatched, label: { formatter: someWords.hidden[language] } }
      : { value: count, itemStyle: { color: isBeside ? '#fff' : '#4878a8', borderColor: black, borderWidth: 0.5 } },
  );
  const series: BarSeriesOption = { ...plain, type: 'bar', data, barWidth: '62%', label: { ...text, show: true, position: 'right' } };
  return lying(view, language, {
    names: bars.map(({ name }) => name),
    ...{ series: [series], most, hides: bars.some(({ count }) => count === null) },
  });
}

/** The middle half of the persons as a box, and the median as a mark in it. */
function daysChart(view: StatisticView, days: readonly Days[], language: Language): Chart {
  const most = Math.max(10, ...days.map(({ upper }) => upper ?? 0));
  const before: BarSeriesOption = {
    ...plain,
    type: 'bar',
    stack: 'days',
    data: days.map(({ lower }) => lower ?? 0),
    itemStyle: { color: 'transparent' },
  };
  const box: BarSeriesOption = {
    ...plain,
    ...{ type: 'bar', stack: 'days', barWidth: '50%' },
    data: days.map(({ lower, upper }) =>
      lower === null || upper === null
        ? { value: most / 4, ...hatched, label: { ...text, show: true, position: 'right', formatter: someWords.hidden[language] } }
        : { value: upper - lower, itemStyle: { color: '#b9cde2', borderColor: black, borderWidth: 1 } },
    ),
  };
  const rest: BarSeriesOption = {
    ...plain,
    ...{ type: 'bar', stack: 'days' },
    data: days.map(({ inWords }) => ({
      value: 0,
      label: { ...text, show: inWords !== null, position: 'right', formatter: inWords ?? '' },
    })),
  };
  const medians = days.flatMap(({ median }, place) => (median === null ? [] : [[median, place]]));
  const mark = {
    ...plain,
    type: 'scatter' as const,
    symbol: 'rect',
    symbolSize: [4, 22] as [number, number],
    data: medians,
    itemStyle: { color: black },
    z: 5,
  };
  const chart = lying(view, language, {
    names: days.map(({ name }) => name),
    ...{ series: [before, box, rest], most, hides: days.some(({ median }) => median === null) },
  });
  return { ...chart, option: { ...chart.option, series: [before, box, rest, mark] } };
}

function lineChart(view: StatisticView, shown: Lines, language: Language): Chart {
  const { names, lines, hidden } = shown;
  const height = 460;
  const box = { left: 60, right: 260, top: above, bottom: below };
  const step = roundStep(Math.max(10, ...lines.flatMap(({ points }) => points.map((point) => point ?? 0))));
  const most = 5 * step;
  const series = lines.map(({ points }, place): LineSeriesOption => {
    const { dash, symbol, color } = lookOf(place);
    const lineStyle = { type: dash, width: 2, color };
    return { ...plain, type: 'line', symbol, symbolSize: names.length > 40 ? 4 : 8, itemStyle: { color }, lineStyle, data: [...points] };
  });
  // A gap in a line says nothing. A hatched box says that a number is hidden there.
  const gaps: BarSeriesOption = {
    ...plain,
    type: 'bar',
    barWidth: '40%',
    z: 0,
    data: hidden.map((isHidden) => (isHidden ? { value: 10, ...hatched } : null)),
  };
  const { graphic, ...frame } = framed(view, language, hidden.includes(true), height);
  const area = { left: box.left, top: box.top, width: width - box.left - box.right, height: height - box.top - box.bottom };
  return {
    width,
    height,
    option: {
      ...frame,
      graphic: [...[graphic ?? []].flat(), ...namesAtTheEnd(shown, most, area).map(withLook)],
      grid: { ...box, containLabel: false },
      xAxis: {
        type: 'category',
        data: [...names],
        axisLabel: text,
        axisLine,
        axisTick: { alignWithLabel: true, lineStyle: { color: black } },
      },
      yAxis: { type: 'value', ...named(view, language), interval: step, max: most, axisLabel: text, splitLine },
      series: [gaps, ...series],
    },
  };
}

/** A name, and the thin line that leads to it from the end of its own. */
function withLook({ name, from, to }: NameAtTheEnd) {
  const leader = {
    type: 'line' as const,
    shape: { x1: from.x + 6, y1: from.y, x2: to.x - 4, y2: to.y },
    style: { stroke: '#777', lineWidth: 0.7 },
  };
  const label = {
    type: 'text' as const,
    left: to.x,
    top: to.y - 7,
    style: { text: name, fill: black, fontSize: 13, fontFamily: 'sans-serif' },
  };
  return { type: 'group' as const, children: [leader, label] };
}

interface Lying {
  readonly names: readonly string[];
  readonly series: BarSeriesOption[];
  /** The end of the longest bar. */
  readonly most: number;
  readonly hides: boolean;
}

/** Bars that lie, the first on top. */
function lying(view: StatisticView, language: Language, { names, series, most, hides }: Lying): Chart {
  const step = roundStep(most);
  const height = above + below + Math.max(1, names.length) * barHeight;
  return {
    width,
    height,
    option: {
      ...framed(view, language, hides, height),
      grid: { left: 280, right: 170, top: above, bottom: below, containLabel: false },
      xAxis: {
        type: 'value',
        ...named(view, language),
        nameLocation: 'middle',
        nameGap: 26,
        interval: step,
        max: 5 * step,
        axisLabel: text,
        splitLine,
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: [...names],
        axisLabel: { ...text, width: 262, overflow: 'truncate' },
        axisLine,
        axisTick: { show: false },
      },
      series,
    },
  };
}

function framed(view: StatisticView, language: Language, hides: boolean, height: number): EChartsOption {
  const { title, subtitle } = headOf(view, language);
  const foot = footOf(view, language, hides);
  return {
    backgroundColor: '#fff',
    animation: false,
    title: {
      ...{ text: title, subtext: subtitle, left: 16, top: 12 },
      textStyle: { ...text, fontSize: 20, fontWeight: 'bold' },
      subtextStyle: { ...text, width: width - 32, overflow: 'break' },
    },
    graphic: foot.map((line, place) => ({
      ...{ type: 'text' as const, left: 16, top: height - 18 * (foot.length - place) - 4 },
      style: { text: line, fill: black, fontSize: 12, fontFamily: 'sans-serif' },
    })),
  };
}

/** The name of an axis: what its numbers are. */
function named({ unit }: StatisticView, language: Language) {
  return { name: unitNames[unit][language], nameTextStyle: text };
}

/** Nothing moves and nothing lights up: a chart is a picture. */
const plain = { silent: true, emphasis: { disabled: true } } as const;
const hatched = {
  itemStyle: {
    ...{ color: '#fff', borderColor: black, borderWidth: 0.5 },
    decal: { symbol: 'rect', color: '#000', dashArrayX: [1, 0], dashArrayY: [1.2, 5], rotation: -Math.PI / 4 },
  },
};
const axisLine = { lineStyle: { color: black } };
const splitLine = { lineStyle: { color: '#ddd' } };
