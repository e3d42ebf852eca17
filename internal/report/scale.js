"use strict";
// Numbers, dates and axes of the charts of a report: functions of their arguments alone.
// Numbers as the tables write them.
function scaled(v) {
  const a = Math.abs(v);
  for (const [size, name] of [
    [1e12, "T"],
    [1e9, "B"],
    [1e6, "M"],
  ])
    if (a >= size * 0.9995 && a < 1e15) return three(a / size) + name;
  if (a !== 0 && (a >= 1e15 || a < 1e-3)) return power(a);
  return a >= 999.5 ? Math.round(a).toLocaleString("en-US") : three(a);
}
function power(a) {
  const [mantissa, exponent] = a.toExponential(2).split("e");
  return (
    (Number(mantissa) === 1 ? "10" : three(Number(mantissa)) + "×10") +
    exponent.replace("+", "").replace(/./g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]))
  );
}
const three = (a) => String(Number(a.toPrecision(3)));
function write(v, unit) {
  if (v === null || v === undefined || Number.isNaN(v)) return "–";
  return (v < 0 ? "−" : "") + (/^USD/.test(unit) ? "$" : "") + scaled(v);
}
const axisUnit = (v) => v.unit ? `${v.title} [${v.unit}]` : v.title;
const day = (iso) => new Date(iso + "T00:00:00Z");
const named = (date) => date.toISOString().slice(0, 10);

const sameWord = (v) => v.title.toLowerCase() === v.name.replaceAll("_", " ");
const variableItems = (all) =>
  all.map((v) => ({ value: v.name, text: sameWord(v) ? v.title : `${v.title} (${v.name})` }));

const widthOf = (place) => Math.max(300, Math.min(900, place.clientWidth || 700));
const heightOf = (width) => Math.round(Math.max(270, Math.min(430, width * 0.52)));

// extent is the range of what is drawn.
function extent(rows, fields, log) {
  const range = (some) =>
    d3.extent(
      some.flatMap((r) => fields.map((f) => r[f])).filter((v) => v !== null && Number.isFinite(v) && (!log || v > 0)),
    );
  const chosen = range(rows);
  if (chosen[0] === undefined) return undefined;
  if (chosen[0] === chosen[1]) return log ? [chosen[0] / 2, chosen[1] * 2] : [Math.min(0, chosen[0]), chosen[1] || 1];
  if (log) {
    const factor = (chosen[1] / chosen[0]) ** 0.03;
    return [chosen[0] / factor, chosen[1] * factor];
  }
  // An axis whose lower end lies near zero begins there, as in figures: the height of a line is
  // then its value.
  const low = chosen[0] > 0 && chosen[0] < 0.6 * chosen[1] ? 0 : chosen[0],
    high = chosen[1] < 0 && chosen[1] > 0.6 * chosen[0] ? 0 : chosen[1];
  const edge = (high - low) * 0.03;
  return [low === 0 ? 0 : low >= 0 && low - edge < 0 ? 0 : low - edge, high === 0 ? 0 : high + edge];
}

// cut says that an axis leaves zero out.
function cut(domain, log, unit) {
  if (log || !domain || domain[0] <= 0 && domain[1] >= 0) return "";
  const end = write(domain[0] > 0 ? domain[0] : domain[1], unit);
  return ` The axis ${domain[0] > 0 ? "begins" : "ends"} at ${end}, not at 0.`;
}

// apart moves the labels at the ends of lines so that they do not cover each other in a chart of
// a height in pixels.
function apart(ends, domain, log, height) {
  if (!domain) return [];
  const place = (v) => log ? Math.log(v) : v, back = (p) => log ? Math.exp(p) : p;
  const least = (place(domain[1]) - place(domain[0])) * 13.5 / height;
  const sorted = d3
    .sort(ends, (r) => r.mid)
    .map((r) => ({ ...r, p: Math.min(place(domain[1]), Math.max(place(domain[0]), place(r.mid))) }));
  for (let i = 1; i < sorted.length; i++) sorted[i].p = Math.max(sorted[i].p, sorted[i - 1].p + least);
  for (let i = sorted.length - 1, top = place(domain[1]); i >= 0; i--, top -= least)
    sorted[i].p = Math.min(sorted[i].p, top);
  return sorted.map((r) => ({ ...r, at: back(r.p), date: d3.max(ends, (e) => e.date) }));
}
