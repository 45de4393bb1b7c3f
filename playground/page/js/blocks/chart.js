/** Draws `data_visualization`: line, area, bar and pie charts as SVG, with the figures in each shape's tooltip. */

import { h, s } from "../dom.js";

const WIDTH = 560;
const HEIGHT = 220;
const PAD = { left: 44, right: 12, top: 12, bottom: 40 };
const TICKS = 4;

const tip = (words) => s("title", {}, words);
const tone = (index) => `tone-${index % 8}`;
const number = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 2 });

/** @param {{title: string, chart: object}} block */
export function chart(block) {
  const plot = block.chart ?? {};
  const picture = plot.type === "pie" ? pie(plot) : axes(plot);
  const names = plot.type === "pie" ? plot.segments.map((one) => one.label) : plot.series.map((one) => one.name);
  const figure = h("figure.data.chart", {}, h("figcaption.data-title", {}, h("strong", {}, block.title)), picture);
  if (names.length > 1 || plot.type === "pie") figure.append(legend(names));
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", `${block.title}: ${plot.type} chart of ${names.join(", ")}`);
  return figure;
}

function legend(names) {
  return h("div.legend", {}, names.map((name, at) => h("span", {}, h("i.dot", { class: tone(at) }), name)));
}

/** Round outward to steps that people count in. */
function scale(values) {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values) || 1;
  const rough = (high - low) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((one) => one * power >= rough) * power;
  const from = Math.floor(low / step) * step;
  const to = Math.ceil(high / step) * step;
  const y = (value) => PAD.top + (HEIGHT - PAD.top - PAD.bottom) * (1 - (value - from) / (to - from));
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, at) => from + at * step);
  return { y, ticks };
}

function axes(plot) {
  const series = plot.series ?? [];
  const categories = plot.axis_config?.categories ?? series[0]?.data.map((one) => one.label) ?? [];
  const at = (one, label) => one.data.find((point) => point.label === label)?.value ?? 0;
  const { y, ticks } = scale(series.flatMap((one) => one.data.map((point) => point.value)));
  const height = plot.axis_config?.x_label ? HEIGHT : HEIGHT - 16;
  const band = (WIDTH - PAD.left - PAD.right) / Math.max(1, categories.length);
  const frame = { y, band, categories, at, x: (index) => PAD.left + band * (index + 0.5) };
  const draw = plot.type === "bar" ? bars : plot.type === "area" ? areas : lines;
  return s(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${height}`, class: "plot" },
    ticks.map((tick) => [
      s("line", { x1: PAD.left, x2: WIDTH - PAD.right, y1: y(tick), y2: y(tick), class: tick === 0 ? "axis" : "grid" }),
      s("text", { x: PAD.left - 8, y: y(tick) + 4, class: "tick end" }, number(tick)),
    ]),
    labels(frame, plot.axis_config ?? {}),
    draw(series, frame),
  );
}

function labels({ categories, x, band }, { x_label: xLabel, y_label: yLabel }) {
  // A label takes about six units a letter; where they would touch, only each n-th is shown.
  const longest = Math.max(1, ...categories.map((one) => one.length));
  const every = Math.max(1, Math.ceil((longest * 6 + 8) / band));
  const names = categories.map((name, index) =>
    index % every === 0 && s("text", { x: x(index), y: HEIGHT - PAD.bottom + 16, class: "tick middle" }, name),
  );
  const middle = PAD.left + (WIDTH - PAD.left - PAD.right) / 2;
  return [
    names,
    xLabel && s("text", { x: middle, y: HEIGHT - 6, class: "tick middle title" }, xLabel),
    yLabel && s("text", { x: 10, y: HEIGHT / 2 - 14, class: "tick middle title", transform: `rotate(-90 10 ${HEIGHT / 2 - 14})` }, yLabel),
  ];
}

function bars(series, { y, x, band, categories, at }) {
  const width = Math.min(36, (band * 0.7) / series.length);
  return series.map((one, index) =>
    categories.map((name, column) => {
      const value = at(one, name);
      const left = x(column) + (index - series.length / 2) * width;
      const box = { x: left + 1, y: Math.min(y(value), y(0)), width: Math.max(1, width - 2), height: Math.max(1, Math.abs(y(value) - y(0))) };
      return s("rect", { ...box, rx: 2, class: `bar ${tone(index)}` }, tip(`${one.name}, ${name}: ${number(value)}`));
    }),
  );
}

function lines(series, frame) {
  return series.map((one, index) => {
    const points = frame.categories.map((name, column) => [frame.x(column), frame.y(frame.at(one, name))]);
    const dots = points.map(([cx, cy], column) => {
      const name = frame.categories[column];
      return s("circle", { cx, cy, r: 3.5, class: `point ${tone(index)}` }, tip(`${one.name}, ${name}: ${number(frame.at(one, name))}`));
    });
    return [s("polyline", { points: points.join(" "), class: `line ${tone(index)}` }), dots];
  });
}

function areas(series, frame) {
  const ground = frame.y(0);
  return series.map((one, index) => {
    const points = frame.categories.map((name, column) => `${frame.x(column)},${frame.y(frame.at(one, name))}`);
    const closed = [`${frame.x(0)},${ground}`, ...points, `${frame.x(points.length - 1)},${ground}`].join(" ");
    return [s("polygon", { points: closed, class: `area ${tone(index)}` }), lines([one], frame).map((parts) => recolour(parts, index))];
  });
}

function recolour(parts, index) {
  for (const node of parts.flat()) node.classList.replace(tone(0), tone(index));
  return parts;
}

function pie(plot) {
  const total = plot.segments.reduce((sum, one) => sum + one.value, 0) || 1;
  const centre = HEIGHT / 2;
  const radius = HEIGHT / 2 - 10;
  let turn = -Math.PI / 2;
  const slices = plot.segments.map((one, index) => {
    const words = tip(`${one.label}: ${number(one.value)} (${Math.round((one.value / total) * 100)} %)`);
    if (one.value >= total) return s("circle", { cx: centre, cy: centre, r: radius, class: `slice ${tone(index)}` }, words);
    const from = turn;
    turn += (one.value / total) * Math.PI * 2;
    const point = (angle) => `${centre + radius * Math.cos(angle)} ${centre + radius * Math.sin(angle)}`;
    const large = turn - from > Math.PI ? 1 : 0;
    const d = `M${centre} ${centre}L${point(from)}A${radius} ${radius} 0 ${large} 1 ${point(turn)}Z`;
    return s("path", { d, class: `slice ${tone(index)}` }, words);
  });
  return s("svg", { viewBox: `0 0 ${HEIGHT} ${HEIGHT}`, class: "plot pie" }, slices);
}
