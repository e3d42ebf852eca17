// The interactive charts of a report. What they draw comes from the element "data"; its texts
// become text nodes, never markup.
(async () => {
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  const unpack = (holder) => {
    const packed = Uint8Array.from(atob(holder.textContent.trim().replaceAll("-", "+").replaceAll("_", "/")), (c) =>
      c.charCodeAt(0),
    );
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  };

  // A file that the page carries is saved from the text that stands below its link.
  for (const place of document.querySelectorAll("p.save")) {
    const link = place.querySelector("a"), text = place.nextElementSibling.textContent;
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    place.hidden = false;
  }

  // Figures that a page has no room for as elements: drawings of this program, as trusted as the
  // rest of the page.
  const drawings = document.getElementById("drawings");
  if (drawings) {
    const all = JSON.parse(await unpack(drawings));
    for (const place of document.querySelectorAll("[data-drawing]")) place.innerHTML = all[place.dataset.drawing - 1];
  }

  const holder = document.getElementById("data");
  if (!holder) return;
  // The page's policy lets D3 and Observable Plot run by the hashes of what is unpacked.
  for (const program of document.querySelectorAll("script.program")) {
    const script = document.createElement("script");
    script.textContent = await unpack(program);
    document.head.append(script);
  }
  const data = JSON.parse(await unpack(holder));
  const okabeIto = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
  const grey = "#5f6774", light = "#a9afb9";
  const mostFans = 3; // with more cases a chart shows means alone

  function fill(select, items, chosen) {
    for (const item of items)
      select.append(new Option(item.text, item.value, item.value === chosen, item.value === chosen));
  }
  // show draws into a chart's place and describes it for those who do not see it.
  function show(place, options, label) {
    const width = widthOf(place);
    const height = heightOf(width);
    const chart = Plot.plot({
      width,
      height,
      marginLeft: 64,
      marginBottom: 34,
      marginTop: 30,
      style: { fontSize: "13px", fontFamily: "inherit", color: "#20242b", background: "none" },
      ...options,
    });
    chart.setAttribute("aria-label", label);
    place.replaceChildren(chart);
  }

  const axis = (variable, log, domain) => ({
    label: axisUnit(variable),
    type: log ? "log" : "linear",
    domain,
    nice: !log,
    grid: true,
    labelAnchor: "top",
    labelArrow: "none",
    ticks: 5,
    tickFormat: (v) => (log && !/^[125]/.test(v.toExponential()) ? "" : write(v, variable.unit)),
  });

  function markers(cases) {
    const seen = new Map();
    for (const c of cases) for (const m of c.markers) seen.set(m.date + m.label, { date: day(m.date), label: m.label });
    return d3.sort(seen.values(), (m) => m.date).map((m, i) => ({ ...m, row: i % 3 }));
  }
  // Labels of neighbouring markers take turns in three rows above the data.
  const markerMarks = (list) => [
    Plot.ruleX(list, { x: "date", stroke: grey, strokeDasharray: "3,3" }),
    ...[0, 1, 2].map((row) =>
      Plot.text(
        list.filter((m) => m.row === row),
        {
          x: "date",
          text: "label",
          frameAnchor: "top",
          textAnchor: "start",
          lineAnchor: row ? "top" : "bottom",
          dx: 3,
          dy: row ? 13 * row - 10 : -3,
          fill: grey,
          fontSize: 12,
        },
      ),
    ),
  ];

  function metricChart() {
    const figure = document.getElementById("metric-chart");
    if (!figure) return;
    const form = figure.querySelector("form"),
      place = figure.querySelector(".plot"),
      caption = figure.querySelector("figcaption");
    const fields = form.elements, list = form.querySelector("fieldset");
    fill(fields.metric, variableItems(data.metrics), "hhi_sales");
    for (const c of data.cases) {
      const label = document.createElement("label"),
        box = document.createElement("input"),
        swatch = document.createElement("span");
      Object.assign(box, { type: "checkbox", name: "case", value: c.name, checked: true });
      swatch.className = "swatch";
      swatch.style.background = c.colour;
      label.append(box, swatch, c.label);
      list.append(label);
    }
    list.hidden = data.cases.length < 2;
    function draw() {
      const metric = data.metrics.find((m) => m.name === fields.metric.value);
      const differs = fields.show && fields.show.value === "differences";
      const log = fields.log.checked && !differs;
      const checked = new Set(Array.from(form.querySelectorAll("input[name=case]:checked"), (b) => b.value));
      const cases = data.cases.filter(
        (c) =>
          checked.has(c.name) &&
          (differs ? (data.differences[metric.name] || {})[c.name] : data.values[metric.name][c.name]),
      );
      const rows = [];
      for (const c of cases) {
        c.dates.forEach((iso, i) => {
          const row = { case: c.label, date: day(iso) };
          if (differs) {
            const d = data.differences[metric.name][c.name];
            const half = d.half[i];
            Object.assign(row, {
              mid: d.value[i],
              low: half === null ? null : d.value[i] - half,
              high: half === null ? null : d.value[i] + half,
            });
          } else {
            const v = data.values[metric.name][c.name],
              [low, from, median, to, high] = v.q.map((q) => (q === null ? null : q[i]));
            Object.assign(row, { mid: v.mean[i], low, high, from, to, median });
            if (c.added) row.drawnBand = false;
          }
          rows.push(row);
        });
      }
      const defined = rows.filter((r) => r.mid !== null && (!log || r.mid > 0));
      const banded =
        cases.length <= mostFans
          ? defined.filter((r) => r.drawnBand !== false && r.low !== null && r.high !== null && (!log || r.low > 0))
          : [];
      const bases = Array.from(new Set(cases.map((c) => c.base))),
        base = bases.length === 1 ? bases[0] : "the base of each";
      const quarters = rows.some((r) => r.from !== null && r.from !== undefined),
        bands = cases.length <= mostFans && rows.some((r) => r.low !== null);
      let domain = extent(rows, cases.length <= mostFans ? ["mid", "low", "high"] : ["mid"], log);
      if (differs && domain) domain = [Math.min(0, domain[0]), Math.max(0, domain[1])];
      const opacity = cases.filter((c) => !c.added).length > 1 ? 0.1 : 0.16;
      const range = (name, low, high) =>
        low === null ? "" : `\n${name} ${write(low, metric.unit)} to ${write(high, metric.unit)}`;
      const tip = (r) =>
        differs
          ? `${r.case}, ${named(r.date)}\ndifference ${write(r.mid, metric.unit)}\n95 % ` +
            `${write(r.low, metric.unit)} to ${write(r.high, metric.unit)}`
          : `${r.case}, ${named(r.date)}\nmean ` +
            `${write(r.mid, metric.unit)}${range("50 %", r.from, r.to)}${range("90 %", r.low, r.high)}` +
            `${r.median === null ? "" : `\nmedian ${write(r.median, metric.unit)}`}`;
      const between = (low, high, strength) =>
        Plot.areaY(banded, {
          x: "date",
          y1: low,
          y2: high,
          z: "case",
          fill: "case",
          fillOpacity: strength,
          clip: true,
        });
      show(
        place,
        {
          x: { label: null, type: "utc" },
          y: axis(
            differs
              ? { title: metric.title + ", difference from " + base, unit: /^\d/.test(metric.unit) ? "" : metric.unit }
              : metric,
            log,
            domain,
          ),
          color: { domain: data.cases.map((c) => c.label), range: data.cases.map((c) => c.colour) },
          marks: [
            Plot.axisX({ ticks: 6 }),
            between("low", "high", opacity),
            ...(differs ? [Plot.ruleY([0])] : quarters ? [between("from", "to", opacity * 1.6)] : []),
            Plot.lineY(defined, { x: "date", y: "mid", z: "case", stroke: "case", strokeWidth: 2.2, clip: true }),
            ...markerMarks(markers(cases)),
            Plot.ruleX(defined, Plot.pointerX({ x: "date", py: "mid", stroke: light })),
            Plot.dot(defined, Plot.pointerX({ x: "date", y: "mid", fill: "case", r: 4 })),
            Plot.tip(defined, Plot.pointerX({ x: "date", y: "mid", title: tip, fontSize: 12 })),
          ],
        },
        `${metric.title} over time in ${cases.map((c) => c.label).join(", ")}`,
      );
      const drawn = differs
        ? "Mean paired difference from " + base + " with its 95 % interval"
        : bands
          ? `Line: mean; ${quarters ? "bands: 50 % and" : "band:"} 90 % of the replications`
          : "Lines: means over the replications";
      caption.textContent = `${metric.title} (${metric.name}): ${metric.meaning}. ${drawn}. Dashed: events and ` +
        `policies.${cut(domain, log, metric.unit)} Hover to read values.`;
    }
    watch(form, place, draw);
  }

  function labChart() {
    const figure = document.getElementById("lab-chart");
    if (!figure) return;
    const form = figure.querySelector("form"),
      place = figure.querySelector(".plot"),
      caption = figure.querySelector("figcaption"),
      fields = form.elements;
    const cases = data.cases.filter((c) => data.labs.cases[c.name]);
    figure.hidden = cases.length === 0;
    if (figure.hidden) return;
    fill(fields.variable, variableItems(data.labs.variables), "capability");
    fill(fields.case, cases.map((c) => ({ value: c.name, text: c.label })), cases[cases.length - 1].name);
    fields.case.parentElement.hidden = cases.length < 2;
    function draw() {
      const variable = data.labs.variables.find((v) => v.name === fields.variable.value), log = fields.log.checked;
      const of = cases.find((c) => c.name === fields.case.value), dates = data.labs.dates[of.name].map(day);
      const labs = data.labs.cases[of.name].filter((l) => l.values[variable.name]);
      const rows = labs.flatMap((l) => dates.map((date, i) => {
        const [low, mid, high] = l.values[variable.name].map((q) => q[i]);
        return { lab: l.id, label: l.label, colour: l.named ? l.colour : light, named: l.named, date, low, mid, high };
      })).filter((r) => r.mid !== null && r.mid !== undefined && (!log || r.mid > 0));
      const ends = d3.groups(rows, (r) => r.lab).map(([, r]) => r[r.length - 1]).filter((r) => r.named);
      const domain = extent(rows, ["mid"], log);
      const letter = 6.6, longest = d3.max(ends, (r) => r.label.length) || 0;
      const room = Math.max(92, Math.min(.35 * widthOf(place), 10 + letter * longest));
      const most = Math.floor((room - 10) / letter);
      show(
        place,
        {
          marginRight: room,
          x: { label: null, type: "utc" },
          y: axis(variable, log, domain),
          marks: [
            Plot.axisX({ ticks: 6 }),
            Plot.lineY(
              rows.filter((r) => !r.named),
              { x: "date", y: "mid", z: "lab", stroke: light, strokeWidth: 1.2, clip: true },
            ),
            Plot.lineY(
              rows.filter((r) => r.named),
              { x: "date", y: "mid", z: "lab", stroke: (r) => r.colour, strokeWidth: 2, clip: true },
            ),
            Plot.text(apart(ends, domain, log, heightOf(widthOf(place)) - 64), {
              x: "date",
              y: "at",
              text: (r) => r.label.length > most ? r.label.slice(0, most - 1) + "…" : r.label,
              fill: (r) => r.colour,
              textAnchor: "start",
              dx: 6,
              fontSize: 12,
            }),
            ...markerMarks(markers([of])),
            Plot.dot(rows, Plot.pointer({ x: "date", y: "mid", fill: (r) => r.colour, r: 4 })),
            Plot.tip(
              rows,
              Plot.pointer({
                x: "date",
                y: "mid",
                fontSize: 12,
                title: (r) =>
                  `${r.label}, ${named(r.date)}\nmean ${write(r.mid, variable.unit)}` +
                  (r.low === undefined
                    ? ""
                    : `\n90 % ${write(r.low, variable.unit)} to ${write(r.high, variable.unit)}`),
              }),
            ),
          ],
          color: { type: "identity" },
        },
        `${variable.title} of each lab over time in ${of.label}`,
      );
      caption.textContent = `${variable.title} of each lab: ${variable.meaning}. Means over the replications in ` +
        `which the lab exists; grey: labs without a name at the line.${cut(domain, log, variable.unit)} Hover to ` +
      `read values.`;
    }
    watch(form, place, draw);
  }

  function pointChart() {
    const figure = document.getElementById("point-chart");
    if (!figure) return;
    const form = figure.querySelector("form"),
      place = figure.querySelector(".plot"),
      caption = figure.querySelector("figcaption"),
      fields = form.elements;
    const inputs = data.inputs.map((v) => ({ value: v.name, text: v.title }));
    fill(fields.metric, variableItems(data.metrics), "hhi_sales");
    fill(fields.input, inputs, data.inputs[0].name);
    fill(fields.colour, [{ value: "", text: "nothing" }, ...inputs], data.inputs.length > 1 ? data.inputs[1].name : "");
    fields.colour.parentElement.hidden = data.inputs.length < 2;
    function draw() {
      const metric = data.metrics.find((m) => m.name === fields.metric.value);
      const j = data.inputs.findIndex((v) => v.name === fields.input.value),
        k = data.inputs.findIndex((v) => v.name === fields.colour.value);
      const words = data.words[data.inputs[j].name];
      const rows = data.points
        .map((p) => ({
          x: words ? p.text[j] : p.input[j],
          shown: p.text[j],
          y: p.metric[metric.name],
          e: p.error[metric.name],
          group: k < 0 ? "" : p.text[k],
          order: k < 0 ? 0 : p.input[k],
          p,
        }))
        .filter((r) => r.y !== null);
      const groups = Array.from(new Set(d3.sort(rows, (r) => r.order).map((r) => r.group)));
      const few = groups.length <= okabeIto.length;
      const ticks = new Map(rows.map((r) => [r.x, r.shown])), listed = ticks.size <= 8;
      const tip = (r) =>
        `point ${r.p.id}\n` +
        data.inputs.map((v, i) => `${v.title} = ${r.p.text[i]}`).join("\n") +
        `\n${metric.title} ${write(r.y, metric.unit)} ± ${write(r.e, metric.unit)}`;
      const colour = few
        ? { domain: groups, range: okabeIto, legend: k >= 0, label: null }
        : { type: "linear", scheme: "viridis", legend: true, label: k < 0 ? null : axisUnit(data.inputs[k]) };
      const by = (r) => few ? r.group : r.order;
      const domain = extent(
        rows.flatMap((r) => [{ mid: r.y - (r.e || 0) }, { mid: r.y + (r.e || 0) }]),
        ["mid"],
        false,
      );
      show(
        place,
        {
          marginBottom: 44,
          x: {
            label: axisUnit(data.inputs[j]),
            labelAnchor: "center",
            labelArrow: "none",
            type: words ? "point" : "linear",
            inset: 20,
            ...(listed && !words ? { ticks: Array.from(ticks.keys()), tickFormat: (v) => ticks.get(v) } : {}),
          },
          y: axis(metric, false, domain),
          color: colour,
          marks: [
            Plot.ruleX(
              rows.filter((r) => r.e !== null),
              { x: "x", y1: (r) => r.y - r.e, y2: (r) => r.y + r.e, stroke: by },
            ),
            ...(few && listed && !words
              ? [
                  Plot.lineY(
                    d3.sort(rows, (r) => r.x),
                    { x: "x", y: "y", z: "group", stroke: by, strokeOpacity: data.inputs.length > 2 ? 0 : 0.6 },
                  ),
                ]
              : []),
            Plot.dot(rows, { x: "x", y: "y", fill: by, r: 4 }),
            Plot.tip(rows, Plot.pointer({ x: "x", y: "y", title: tip, fontSize: 12 })),
          ],
        },
        `${metric.title} against ${data.inputs[j].title}`,
      );
      const left = data.left > 0 ? ` The first ${data.points.length} points.` : "";
      caption.textContent = `${metric.title} (${metric.name}) at the end: ${metric.meaning}. A dot per point of ` +
        `the design: the mean over its replications with its standard error.${cut(domain, false, metric.unit)}${left}`;
    }
    watch(form, place, draw);
  }

  // watch draws at every choice and when the width changes.
  function watch(form, place, draw) {
    form.addEventListener("change", draw);
    form.addEventListener("submit", (e) => e.preventDefault());
    let width = 0;
    new ResizeObserver(() => {
      if (Math.abs(place.clientWidth - width) < 2) return;
      width = place.clientWidth;
      draw();
    }).observe(place);
    draw();
  }

  document.querySelectorAll(".charts").forEach((c) => { c.hidden = false; });
  metricChart();
  labChart();
  pointChart();
})();
