// Charts as SVG, in the house's colours: blue, green and vermilion lines, the base grey, stacked
// areas by lab.
const ink = "#20242b",
  grey = "#5f6774",
  hairline = "#e3e6ea",
  blue = "#0072b2",
  green = "#007a59",
  vermilion = "#b04e00",
  purple = "#9b5b80";
const escapeText = (s) =>
  String(s).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

const minus = (text) => text.replace("-", "−");
const number = (v, digits = 3) => new Intl.NumberFormat(language, { maximumSignificantDigits: digits }).format(v);
const power = (v) =>
  "10" + String(Math.round(Math.log10(v))).replace(/[-\d]/g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]));
const short = (v) => v == null ? "–" : minus(plainShort(v));
const plainShort = (v) =>
  v > 0 && v < 0.001 && Math.abs(Math.log10(v) - Math.round(Math.log10(v))) < 1e-9
    ? power(v)
    : new Intl.NumberFormat(language, {
        notation: Math.abs(v) >= 1e5 ? "compact" : "standard",
        maximumSignificantDigits: Math.abs(v) >= 1000 && Math.abs(v) < 1e5 ? 4 : 3,
      }).format(v);
const monthOf = (iso) => t("months").split(" ")[Number(iso.slice(5, 7)) - 1] + " " + iso.slice(0, 4);

// frame lays a chart out; the page scales it.
const frame = (spec, width) => {
  const narrow = width < 480, height = printing ? 230 : spec.wide && !narrow ? 330 : 280;
  const title = folded(spec.title, width / (narrow ? 8 : 9)), about = folded(spec.about, width / (narrow ? 5.6 : 6.1));
  const m = { left: 46, right: narrow ? 96 : 150, top: 27 + 18 * title.length + 13 * about.length, bottom: 30 };
  const n = spec.dates.length;
  const x = (i) => m.left + i / Math.max(1, n - 1) * (width - m.left - m.right);
  return { width, height, m, x, narrow, title, about };
};

const axis = (low, high, log) => {
  if (log) {
    const out = [];
    for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++) out.push(10 ** e);
    const all = out.filter((v) => v >= low / 1.0001 && v <= high * 1.0001), every = Math.ceil(all.length / 6);
    return all.filter((_, i) => i % every === 0);
  }
  let step = 10 ** Math.floor(Math.log10(high - low || 1));
  while ((high - low) / step > 6) step *= 2;
  while ((high - low) / step < 3) step /= 2;
  const out = [];
  for (let v = Math.ceil(low / step) * step; v <= high + step * 1e-6; v += step) out.push(v);
  return out;
};

const lineChart = (spec, width) => {
  const f = frame(spec, width), { m, height, x } = f;
  const values = spec.lines
    .flatMap((l) => [
      ...l.values,
      ...(l.low ?? []),
      ...(l.high ?? []),
      ...(l.outer?.low ?? []),
      ...(l.outer?.high ?? []),
    ])
    .filter((v) => v != null && (!spec.log || v > 0));
  let low = spec.log ? Math.min(...values) : Math.min(0, ...values), high = Math.max(spec.least ?? 0, ...values);
  if (!values.length) { low = spec.log ? 1 : 0; high = 10; }
  if (spec.log) {
    low = 10 ** Math.floor(Math.log10(low));
    high = 10 ** Math.ceil(Math.log10(high));
    if (low === high) high *= 10;
  } else {
    const room = (high - low) * 0.04 || 1;
    high += room;
    if (low < 0) low -= room;
  }
  const scale = (v) => spec.log ? Math.log10(Math.max(v, low)) : v;
  const y = (v) => m.top + (1 - (scale(v) - scale(low)) / (scale(high) - scale(low))) * (height - m.top - m.bottom);
  const parts = [head(spec, f)];
  for (const v of axis(low, high, spec.log))
    parts.push(
      `<line x1="${m.left}" x2="${width - m.right}" y1="${y(v)}" y2="${y(v)}" ` +
      `stroke="${v === 0 && low < 0 ? grey : hairline}"/><text x="${m.left - 6}" y="${y(v) + 4}" text-anchor="end" ` +
      `font-size="11" fill="${grey}">${escapeText(short(v))}</text>`,
    );
  parts.push(years(spec, f), marks(spec, f));
  const bandOf = (low, high, colour, opacity) => {
    const at = low.map((_, i) => i).filter((i) => low[i] != null && high[i] != null);
    return at.length
      ? `<polygon points="${at.map((i) => x(i) + "," + y(high[i])).join(" ")} ${at
          .reverse()
          .map((i) => x(i) + "," + y(low[i]))
          .join(" ")}" fill="${colour}" fill-opacity="${opacity}"/>`
      : "";
  };
  for (const l of spec.lines) {
    if (l.outer) parts.push(bandOf(l.outer.low, l.outer.high, l.colour, 0.1));
    if (l.low) parts.push(bandOf(l.low, l.high, l.colour, l.outer ? 0.3 : 0.13));
    let d = "", pen = "M";
    l.values.forEach((v, i) => {
      if (v == null || (spec.log && v <= 0)) {
        pen = "M";
        return;
      }
      d += pen + x(i).toFixed(1) + "," + y(v).toFixed(1);
      pen = "L";
    });
    if (d)
      parts.push(
        `<path d="${d}" fill="none" stroke="${l.colour}" ` +
        `stroke-width="${l.thin ? 1.2 : 2}"${l.dash ? ` stroke-dasharray="${l.dash}"` : ""}/>`,
      );
  }
  const ends = spec.lines
    .filter((l) => l.name)
    .map((l) => {
      const i = l.values.findLastIndex((v) => v != null);
      return { ...l, i, at: i < 0 ? NaN : y(l.values[i]) };
    })
    .filter((l) => l.i >= 0)
    .sort((a, b) => a.at - b.at);
  spread(ends, height - m.bottom, f);
  for (const e of ends) parts.push(endLabel(e, width - m.right + 6, f));
  return wrap(spec, f, parts);
};

// spread moves labels apart that would touch; a name that does not fit beside the chart takes two
// lines.
const spread = (ends, bottom, f) => {
  for (const e of ends) e.words = folded(e.name, f.narrow ? 14 : 20);
  const gap = (a, b) => (f.narrow ? 12 : 14) + 5.5 * (a.words.length + b.words.length - 2);
  for (let i = 1; i < ends.length; i++) ends[i].at = Math.max(ends[i].at, ends[i - 1].at + gap(ends[i - 1], ends[i]));
  for (let i = ends.length - 1; i >= 0; i--)
    ends[i].at = Math.min(ends[i].at, i === ends.length - 1 ? bottom : ends[i + 1].at - gap(ends[i], ends[i + 1]));
};

const endLabel = (e, x, f) => {
  const words = e.words;
  const lines = words.map((w, i) =>
    `<tspan x="${x}" dy="${i ? 11 : -5.5 * (words.length - 1)}">${escapeText(w)}</tspan>`);
  return `<text x="${x}" y="${e.at + 4}" font-size="${f.narrow ? 10.5 : 12}" fill="${e.colour}" ` +
    `font-weight="600">${lines.join("")}</text>`;
};

// areaChart stacks shares that add up to a hundred at most.
const areaChart = (spec, width) => {
  const f = frame(spec, width), { m, height, x } = f;
  const y = (v) => m.top + (1 - v / 100) * (height - m.top - m.bottom);
  const parts = [head(spec, f)], ends = [];
  const below = spec.dates.map(() => 0);
  for (const l of spec.lines) {
    const above = below.map((b, i) => b + (l.values[i] ?? 0));
    parts.push(
      `<polygon points="${above.map((v, i) => x(i).toFixed(1) + "," + y(v).toFixed(1)).join(" ")} ${below
        .map((v, i) => x(i).toFixed(1) + "," + y(v).toFixed(1))
        .reverse()
        .join(" ")}" fill="${l.colour}" stroke="#fff" stroke-width=".6"/>`,
    );
    const last = above.length - 1, share = above[last] - below[last];
    if (share >= 2.5 || l.followed)
      ends.push({
        name: `${l.name} ${number(share, 2)}`,
        colour: dark(l.colour),
        at: y((above[last] + below[last]) / 2),
      });
    below.splice(0, below.length, ...above);
  }
  for (const v of [0, 25, 50, 75, 100])
    parts.push(`<text x="${m.left - 6}" y="${y(v) + 4}" text-anchor="end" font-size="11" fill="${grey}">${v}</text>`);
  parts.push(years(spec, f), marks(spec, f));
  ends.sort((a, b) => a.at - b.at);
  spread(ends, height - m.bottom, f);
  for (const e of ends) parts.push(endLabel(e, width - m.right + 6, f));
  return wrap(spec, f, parts);
};

// dark makes a colour readable as text on white.
const dark = (hex) => {
  let c = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  const lum = () =>
    c
      .map((v) => {
        v /= 255;
        return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
      })
      .reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
  while (1.05 / (lum() + 0.05) < 4.5) c = c.map((v) => Math.floor(v * 0.95));
  return "#" + c.map((v) => v.toString(16).padStart(2, "0")).join("");
};

const head = (spec, f) =>
  f.title
    .map(
      (s, i) =>
        `<text x="0" y="${17 + 18 * i}" font-size="${f.narrow ? 14 : 16}" font-weight="600" ` +
        `fill="${ink}">${escapeText(s)}</text>`,
    )
    .join("") +
  f.about
    .map(
      (s, i) =>
        `<text x="0" y="${16 + 18 * f.title.length + 13 * i}" font-size="${f.narrow ? 10.5 : 12}" ` +
        `fill="${grey}">${escapeText(s)}</text>`,
    )
    .join("");

// folded breaks a text into lines of at most so many characters, and a word that is longer than a
// line.
const folded = (text, most) =>
  text
    .split(" ")
    .flatMap((word) => (word.length > most + 2 ? word.match(new RegExp(`.{1,${Math.floor(most)}}`, "gsu")) : word))
    .reduce((lines, word) => {
      const last = lines.length - 1;
      if (last >= 0 && (lines[last] + " " + word).length <= most) lines[last] += " " + word;
      else lines.push(word);
      return lines;
    }, []);

const years = (spec, f) => {
  const every = f.narrow ? 4 : 2;
  return spec.dates
    .map((d, i) =>
      d.slice(5, 7) === "12" && (Number(d.slice(0, 4)) - Number(spec.dates[0].slice(0, 4))) % every === 0
        ? `<text x="${f.x(i)}" y="${f.height - f.m.bottom + 18}" text-anchor="middle" font-size="11" ` +
          `fill="${grey}">${Number(d.slice(0, 4)) + 1}</text>`
        : "",
    )
    .join("");
};

const marks = (spec, f) => {
  let level = 0, before = -1e9;
  return (spec.markers ?? []).map((mark) => {
    const i = spec.dates.findIndex((d) => d >= mark.date);
    if (i < 0) return "";
    const from = i && Date.parse(spec.dates[i - 1]),
      at = f.x(i ? i - 1 + (Date.parse(mark.date) - from) / (Date.parse(spec.dates[i]) - from) : 0);
    level = at - before < 120 ? level + 1 : 0;
    before = at;
    return (
      `<line x1="${at}" x2="${at}" y1="${f.m.top}" y2="${f.height - f.m.bottom}" stroke="${grey}" ` +
      `stroke-dasharray="2 3"/>` +
      (spec.labels && level < 4
        ? `<text x="${at + 4}" y="${f.m.top + 10 + 12 * level}" font-size="10.5" ` +
          `fill="${grey}">${escapeText(called(mark.label))}</text>`
        : "")
    );
  }).join("");
};

// readAloud says where each line begins and ends.
const readAloud = (spec) => spec.title + ". " + spec.lines.filter((l) => l.name).slice(0, 8).map((l) => {
  const a = l.values.findIndex((v) => v != null), b = l.values.findLastIndex((v) => v != null);
  return a < 0
    ? ""
    : t("chart.reads", {
        line: l.name,
        from: short(l.values[a]),
        begin: monthOf(spec.dates[a]),
        to: short(l.values[b]),
        end: monthOf(spec.dates[b]),
      });
}).filter(Boolean).join("; ") + ".";

const wrap = (spec, f, parts) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${f.width} ${f.height}" width="${f.width}" ` +
  `height="${f.height}" role="img" aria-label="${escapeText(readAloud(spec))}" font-family="Inter, system-ui, ` +
  `-apple-system, 'Segoe UI', sans-serif">${parts.join("")}</svg>`;
