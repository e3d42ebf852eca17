// The page: moves, answers, charts, downloads.
let shown = { path: data.path, base: data.base, summary: data.summary, sentences: data.sentences, rows: data.rows };
let sliding = null;

// problem shows what the program says of a state, in its own words.
const problem = (text) => {
  const p = byId("problem");
  p.hidden = !text;
  p.replaceChildren(
    ...(text ? [t("problem"), " ", element("span", { lang: "en" }, text), " ", t("problem.before")] : []),
  );
};

// visit goes to the settings of an address; what is none is told and changes nothing.
const visit = async (text) => {
  const wrong = strange(text);
  if (!wrong) return move(read(text));
  const p = byId("problem");
  p.hidden = false;
  p.textContent = t("address.wrong", { part: wrong });
};

// remember writes the address; a frame without one of its own has nowhere to keep it.
const remember = (url) => { try { history.replaceState(null, "", url); } catch { /* about:srcdoc */ } };

// move takes the page to a state; the one before can be taken back.
const move = (next, { back = true } = {}) => {
  if (back) { leave(); past.push(state); future.length = 0; }
  state = next;
  remember(isEmpty(state) ? location.pathname + location.search : write());
  drawSteps();
  return answer();
};
const isEmpty = (s) => !s.scenario && !s.set.length && s.runs === data.pairs && s.form == null && s.program == null;

// answer asks for the expected path of the state, then its base, then the controls and the paired
// runs.
const answer = async ({ settled = true } = {}) => {
  const turn = ++sequence;
  const foreign =
    state.form != null || state.program != null
      ? { v: state.form ?? data.form, program: state.program ?? data.version }
      : {};
  const ask = { ...message(), ...foreign };
  const got = await front.ask({ do: "path", state: ask });
  if (turn !== sequence) return;
  if (got.error) { problem(got.error); return; }
  problem(null);
  const own = isEmpty(state);
  shown = {
    path: got.ok,
    base: own ? data.base : got.ok.same ? got.ok : shown.base,
    summary: own ? data.summary : null,
    sentences: own ? data.sentences : null,
    rows: own ? data.rows : null,
  };
  drawCharts();
  if (!got.ok.same) {
    const base = await front.ask({ do: "path", state: ask, base: true });
    if (turn !== sequence) return;
    if (base.ok) { shown.base = base.ok; drawCharts(); }
  }
  if (settled) await settle(turn);
};

// settle follows the last move with controls and paired runs.
const settle = async (turn = sequence) => {
  if (sliding) { await sliding; turn = sequence; }
  const got = await front.ask({ do: "controls", state: message() });
  if (turn !== sequence) return;
  if (got.error) { problem(got.error); return; }
  controls = got.ok;
  if (query.trim()) await search();
  if (turn !== sequence) return;
  drawControls();
  drawTitle();
  if (isEmpty(state)) { drawSentences(); return; }
  await runs(turn);
};

// runs makes the paired runs of the state in blocks of five, and shows what has come.
const runs = async (turn) => {
  let next = 1;
  const all = state.runs || data.pairs, m = message();
  const begun = await front.ask({ do: "gather", state: m, lang: language });
  if (turn !== sequence) return;
  if (begun.error) { problem(begun.error); return; }
  drawSentences();
  // blocks that come while others are gathered wait for the next time
  let come = [], gathering = null;
  const gather = async () => {
    for (let told = null; come.length || told !== language;) {
      const blocks = come, lang = language;
      come = [];
      const sum = await front.ask({ do: "gather", state: m, lang, blocks });
      if (turn !== sequence) return;
      if (sum.error) { problem(sum.error); return; }
      shown.summary = sum.ok;
      shown.sentences = { [lang]: sum.ok.sentences };
      shown.rows = { [lang]: sum.ok.rows };
      told = lang;
      drawSentences();
      drawCharts();
    }
  };
  const work = async (engine) => {
    while (next <= all && turn === sequence) {
      const from = next, n = Math.min(5, all - from + 1);
      next += n;
      const block = await engine.ask({ do: "block", state: m, from, n });
      if (turn !== sequence) return;
      if (block.error) { problem(block.error); return; }
      come.push(block.ok);
      gathering ??= gather().finally(() => { gathering = null; });
    }
  };
  await Promise.all(ensemble.map(work));
  await gathering;
};

// slide turns a knob while the pointer is down; what comes while an answer is on its way replaces
// what waits.
let waiting = null;
const slide = (path, at, output, input) => {
  waiting = { path, at, output, input };
  if (!sliding) sliding = (async () => {
    const start = state;
    while (waiting) {
      const w = waiting;
      waiting = null;
      const text = await front.ask({ do: "slide", state: message(), path: w.path, at: w.at });
      if (text.error) { problem(text.error); continue; }
      w.output.value = local(text.ok.slice(w.path.length + 1));
      w.input.setAttribute("aria-valuetext", w.output.value);
      if (state === start) { leave(); past.push(start); future.length = 0; drawSteps(); }
      state = withSetting(state, text.ok);
      remember(write());
      await answer({ settled: false });
    }
    sliding = null;
  })();
};

const back = () => { if (past.length) { leave(); future.push(state); move(past.pop(), { back: false }); } };
const forth = () => { if (future.length) { leave(); past.push(state); move(future.pop(), { back: false }); } };

// glossed is a text in which the first of each word of the glossary tells its meaning on hover or
// focus.
const glossed = (text) => {
  const words = Object.entries(data.texts[language])
    .filter(([k]) => k.startsWith("term."))
    .sort((a, b) => b[1].length - a[1].length);
  let parts = [text];
  for (const [key, word] of words) {
    const at = parts.findIndex((p) => typeof p === "string" && p.includes(word));
    if (at < 0) continue;
    const from = parts[at].indexOf(word), about = t("glossary." + key.slice(5));
    parts.splice(
      at,
      1,
      parts[at].slice(0, from),
      element("span", { class: "term", tabindex: 0, "data-about": about, "aria-description": about }, word),
      parts[at].slice(from + word.length),
    );
  }
  return parts;
};

// brief are settings, of whole parts their PATHs alone.
const brief = (set) => set.map((one) => /^[{[]/.test(one.slice(pathOf(one).length + 1).trim()) ? pathOf(one) : one);

const drawTitle = () => {
  const title = titleOf(controls.name, controls.title);
  byId("title").textContent = title;
  byId("description").replaceChildren(...glossed(said("description." + controls.name) ?? controls.description));
  document.title = title + " · simulate " + data.version;
  const parts = brief(state.set);
  byId("changed").hidden = !parts.length;
  byId("changed").textContent = t("changed", { settings: parts.join(", ") });
};

const drawSentences = () => {
  const said = shown.sentences?.[language] ?? [];
  byId("sentences").replaceChildren(
    ...(said.length ? said : [t("waiting")]).map((s) => element("p", {}, ...glossed(s))),
  );
  const rows = shown.rows?.[language] ?? [];
  byId("more").hidden = !rows.length;
  byId("rows").replaceChildren(...rows.map((r) => element("tr", {}, ...r.map((cell) => element("td", {}, cell)))));
  const sum = shown.summary, all = state.runs || data.pairs;
  drawCompared();
  byId("progress").textContent = sum ? t(shown.path.same ? "progress.alone" : "progress", { done: sum.n, all }) : "";
};

// the charts of the page
const metricLines = (names, spec) => names.flatMap((name, k) => {
  const colour = [blue, green, vermilion, purple][k], out = [];
  const band = spec.bands && k === 0 ? shown.summary?.runs?.[name] : null;
  if (!shown.path.same && shown.base && (k === 0 || spec.bases))
    out.push({ name: spec.named ? t("line.base") : "", values: shown.base.metrics[name], colour: grey, thin: true });
  out.push(...otherLines((one) => one.path.metrics[name], colour, spec.named && k === 0));
  out.push({ name: t("line." + name), values: shown.path.metrics[name], low: band?.low, high: band?.high, colour });
  return out;
});

const specs = () => {
  const p = shown.path, common = { dates: p.dates, markers: p.markers ?? [] };
  const whole = (key) => p.same || !shown.base ? "" : t(key, { what: what(p.measured) });
  const lags = [
    ...metricLines(
      ["lag_open_frontier_months", "lag_class_micro_months", "lag_class_small_months", "lag_class_large_months"],
      {},
    ),
    ...lagLines(),
  ];
  const one = (id, grey, more) => ({
    id,
    title: t("chart." + id),
    about: t("chart." + id + ".about") + (more.area ? "" : legend(grey)),
    ...common,
    ...more,
  });
  return [
    one("concentration", whole("legend.base"), {
      wide: true,
      labels: true,
      least: 2000,
      lines: metricLines(["hhi_sales", "hhi_sales_clouds", "hhi_sales_labs"], { bands: true, named: true }),
    }),
    one("sales", "", { area: true, lines: shares("sales") }),
    one("compute", "", { area: true, lines: shares("compute") }),
    one("lags", whole("legend.base.open"), { lines: lags }),
    one("prices", whole("legend.base"), {
      log: true,
      lines: metricLines(["price_of_threshold", "price_of_frontier"], { bases: true }),
    }),
    one("supplier", whole("legend.base"), {
      log: true,
      lines: metricLines(["supplier_revenue", "supplier_value"], { bases: true }),
    }),
  ];
};

// changeChart is what the events and policies change: the difference of the expected paths at once,
// then the mean of the
// pairs that have come.
const changeChart = () => {
  if (shown.path.same || !shown.base) return null;
  const sum = shown.summary, known = sum?.changes;
  const lines = ["hhi_sales", "hhi_sales_clouds", "hhi_sales_labs"].map((name, k) => {
    const c = known?.[name],
      expected = shown.path.metrics[name].map((v, i) =>
        v == null || shown.base.metrics[name][i] == null ? null : v - shown.base.metrics[name][i],
      );
    const line = { name: t("line." + name), values: c?.mean ?? expected, colour: [blue, green, vermilion][k] };
    return k || !c ? line : { ...line, low: c.low, high: c.high, outer: { low: c.low_spread, high: c.high_spread } };
  });
  lines.unshift(...otherLines((one) => one.summary?.changes?.hhi_sales?.mean ?? changeOf(one), blue, true));
  return {
    id: "change",
    title: t("chart.change", { what: what(shown.path.measured) }),
    about: (known ? t("chart.change.about", { n: number(sum.n) }) : t("chart.change.expected")) + legend(),
    dates: shown.path.dates,
    markers: shown.path.markers ?? [],
    wide: true,
    labels: true,
    lines,
  };
};

// On paper all charts stand in two columns of a sheet.
let printing = false;
const paperColumn = 420;
const drawCharts = () => {
  const change = changeChart();
  byId("change").hidden = !change;
  if (change)
    byId("change").innerHTML = lineChart(
      printing ? { ...change, wide: false } : change,
      printing ? paperColumn : Math.round(Math.max(300, byId("change").clientWidth)),
    );
  const column = printing ? paperColumn : Math.max(300, byId("charts").clientWidth);
  const each = column > 720 ? (column - 28) / 2 : column;
  for (const spec of specs()) {
    let figure = byId(spec.id);
    if (!figure) { figure = element("figure", { id: spec.id }); byId("charts").append(figure); }
    figure.innerHTML = (spec.area ? areaChart : lineChart)(
      printing ? { ...spec, wide: false } : spec,
      Math.round(spec.wide ? column : each),
    );
  }
};

const drawWords = () => {
  document.documentElement.lang = language;
  for (const e of document.querySelectorAll("[data-text]"))
    e.replaceChildren(...(/^P$/.test(e.tagName) ? glossed(t(e.dataset.text)) : [t(e.dataset.text)]));
  byId("validation").replaceChildren(
    ...glossed(
      t("validation.text", Object.fromEntries(Object.entries(data.scores).map(([k, v]) => [k, number(v, 2)]))),
    ),
  );
  byId("reference").textContent = t("reference.note", { n: data.reference });
  redraw(
    byId("languages"),
    Object.keys(data.texts)
      .sort()
      .map((code) =>
        element(
          "button",
          {
            type: "button",
            id: "l-" + code,
            lang: code,
            "aria-pressed": String(code === language),
            onclick: () => speak(code),
          },
          data.texts[code].language,
        ),
      ),
  );
};

const speak = async (code) => {
  language = code;
  if (query.trim()) await search();
  if (language !== code) return;
  drawWords(); drawTools(); drawControls(); drawTitle(); drawSame(); drawCharts();
  if (shown.summary && !shown.sentences?.[language]) {
    const got = await front.ask({ do: "gather", state: message(), lang: language, blocks: [] });
    if (got.ok) {
      shown.sentences = { ...shown.sentences, [language]: got.ok.sentences };
      shown.rows = { ...shown.rows, [language]: got.ok.rows };
    }
  }
  drawSentences();
};

let sameAs = "checking", liveAfter = null; // ms from the page's start
const drawSame = () => {
  byId("same").textContent = t(sameAs, { version: data.version });
  byId("same").dataset.is = sameAs;
};

const start = async () => {
  drawWords();
  drawTitle();
  drawSentences();
  drawSame();
  drawCharts();
  new ResizeObserver(() => { if (!printing) drawCharts(); }).observe(byId("charts"));
  addEventListener("beforeprint", () => { printing = true; drawCharts(); });
  addEventListener("afterprint", () => { printing = false; drawCharts(); });
  addEventListener("keydown", (e) => {
    if ((e.ctrlKey || e.metaKey) && !/^(text|search)$/.test(e.target.type ?? "") && e.key.toLowerCase() === "z") {
      e.preventDefault();
      e.shiftKey ? forth() : back();
    }
  });
  addEventListener("hashchange", () => {
    if (document.getElementById(location.hash.slice(1)))
      remember(isEmpty(state) ? location.pathname + location.search : write()); // a place on the page
    else if (location.hash.length > 1) visit(location.hash);
    else move(emptyState());
  });
  try { await startEngines(); } catch { sameAs = "nowasm"; drawSame(); return; }
  byId("controls").hidden = byId("tools").hidden = false;
  drawTools();
  drawControls();
  drawCharts();
  liveAfter = performance.now();
  document.documentElement.dataset.live = "yes";
  if (location.hash.length > 1 && !document.getElementById(location.hash.slice(1))) await visit(location.hash);
  else await front.ask({ do: "path", state: message() });
  const hash = await ensemble[0].ask({ do: "hash" });
  sameAs = hash.ok === data.hash ? "same" : "different";
  drawSame();
};
start();
