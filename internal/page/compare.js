// Comparisons: with the run that a reader pinned, and with what was there before the last move.
let pinned = null, before = null; // each what was shown, with its state
const dashes = { pinned: "5 3", before: "1 3" };

// leave keeps what is shown, as that which a move begins from.
const leave = () => { before = { ...shown, ghost: null, state }; };

// replay shows the path before the last move, then the one after it.
const replay = async () => {
  const was = before;
  if (!was) return;
  const now = shown;
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
    shown = { ...now, path: was.path, summary: null, ghost: null };
    drawCharts();
    await new Promise((r) => setTimeout(r, 900));
    if (shown.path !== was.path || before !== was) return;
  }
  shown = { ...shown, path: now.path, summary: shown.summary ?? now.summary, ghost: was };
  drawCharts();
  drawCompared();
};

const pin = () => {
  pinned = pinned ? null : { ...shown, ghost: null, state };
  drawTools();
  drawCharts();
  drawCompared();
};

// legend says after a subtitle what the lines are that have no name.
const legend = (grey) =>
  [grey, pinned && t("legend.pinned"), shown.ghost && t("legend.before")].filter(Boolean).join("");

// otherLines are those of a metric in the pinned run and before the last move.
const otherLines = (values, colour, named) =>
  [
    ["pinned", pinned],
    ["before", shown.ghost],
  ]
    .filter(([, other]) => other && values(other))
    .map(([kind, other]) => ({
      name: named && kind === "pinned" ? t("line.pinned") : "",
      values: values(other),
      colour,
      thin: true,
      dash: dashes[kind],
    }));

// moveOf names what leads from one state to another.
const moveOf = (from, to) => {
  const all = [];
  if (from.scenario !== to.scenario) all.push(titleOf(controls.name, controls.title));
  all.push(...brief(to.set.filter((one) => !from.set.includes(one))));
  const gone = from.set.filter((one) => !to.set.some((o) => pathOf(o) === pathOf(one)));
  if (from.scenario === to.scenario) all.push(...brief(gone).map((setting) => t("compare.without", { setting })));
  return all.join(", ");
};

// changeOf is what events and policies change in the expected HHI of sales, by date; null where
// there are none.
const changeOf = (one) =>
  one.path.same || !one.base
    ? null
    : one.path.metrics.hhi_sales.map((v, i) =>
        v == null || one.base.metrics.hhi_sales[i] == null ? null : v - one.base.metrics.hhi_sales[i],
      );

// drawCompared says in numbers at the last common date what the lines of the pinned run and of the
// last move show.
const points = (v) =>
  v == null ? "–" : minus(new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(v));
const drawCompared = () => {
  const said = [];
  for (const [kind, other] of [["pinned", pinned], ["before", shown.ghost]]) {
    if (!other) continue;
    const end = [other, shown].map((one) => one.path.dates.at(-1)).sort()[0];
    const at = (one, values) => points(values[one.path.dates.findLastIndex((d) => d <= end)]);
    const two = (of) => ({ there: at(other, of(other)), here: at(shown, of(shown)) });
    let text = t("compare." + kind, {
      date: monthOf(end),
      move: moveOf(other.state, state),
      ...two((one) => one.path.metrics.hhi_sales),
    });
    if (changeOf(other) && changeOf(shown)) text += " " + t(`compare.${kind}.change`, two(changeOf));
    said.push(text);
  }
  byId("compared").replaceChildren(...said.map((s) => element("p", {}, ...glossed(s))));
};
