// Labs: what they are called, which of them the charts follow, and the charts and controls that are
// about them.
const mine = "my_lab"; // the key of the lab that a reader adds

// nice is what a lab or a class is called: as a language or the scenario's author says, or its key
// in words.
const nice = (id) => {
  if (id === mine) return t("labs.mine");
  const given = shown.path.labs.find((l) => l.id === id)?.name ?? controls.labs.find((l) => l.label === id)?.name;
  return (
    said("lab." + id) ??
    given ??
    said("class." + id) ??
    data.labels[id] ??
    id.replaceAll("_", " ").replace(/(^|\s)\p{L}/gu, (c) => c.toUpperCase())
  );
};

// chosenLab is the lab whose budget can be moved: the reader's own, one that the page is about, or
// the one of the headline.
let chosenLab = null;
const chosen = () => {
  const there = (id) => controls.labs.some((l) => l.label === id);
  return [chosenLab, mine, ...data.follow, "deepseek"].find((id) => id && there(id)) ?? controls.labs[0]?.label;
};

// followed are the labs that every chart names: those that the page is about and the reader's own,
// then the chosen one.
const highlit = (id) => id === mine || data.follow.includes(id);
const followed = () => {
  const labs = shown.path.labs;
  return [...labs.filter((l) => highlit(l.id)), ...labs.filter((l) => l.id === chosen() && !highlit(l.id))];
};
const colourOfFollowed = (id) => highlit(id) ? colourOf(id) : ink;

// colourOf is a lab's colour in the figures of the page's own scenario, whatever it is moved to.
const colourOf = (id) => id === mine ? data.highlight : data.colours[id] ?? "#a9afb9";

// shares are the labs' parts of all sales or of all compute, per cent: the nine largest, those that
// are followed, and the rest.
const shares = (key) => {
  const labs = shown.path.labs, dates = shown.path.dates;
  const total = dates.map((_, i) => key === "sales" ? 1 : labs.reduce((s, l) => s + (l[key][i] ?? 0), 0));
  const part = (l) => l[key].map((v, i) => 100 * (v ?? 0) / (total[i] || 1));
  const weight = (l) => Math.max(...part(l)), follow = followed();
  const ranked = labs.filter((l) => !follow.includes(l)).sort((a, b) => weight(b) - weight(a)),
    named = labs.filter((l) => ranked.indexOf(l) < 9);
  named.sort((a, b) => follow.includes(a) - follow.includes(b) || weight(b) - weight(a));
  const line = (l) => ({ name: nice(l.id), colour: colourOf(l.id), values: part(l), followed: follow.includes(l) });
  const out = named.map(line), sum = (of) => dates.map((_, i) => of.reduce((s, values) => s + values[i], 0));
  out.push({ name: t("others"), colour: "#c3c8d0", values: sum(ranked.slice(9).map(part)) });
  if (key === "sales")
    out.push({
      name: t("hosts"),
      colour: "#8d95a1",
      values: sum(out.map((l) => l.values)).map((v) => Math.max(0, 100 - v)),
    });
  return out;
};


// lagLines are how far the followed labs trail by what they ship, and thinner by a run of their
// own.
const lagLines = () => followed().flatMap((l) => {
  const colour = colourOfFollowed(l.id), was = pinned?.path.labs.find((p) => p.id === l.id);
  return [
    ...(was ? [{ name: "", values: was.lag, colour, thin: true, dash: dashes.pinned }] : []),
    { name: nice(l.id), values: l.lag, colour },
    { name: t("line.own", { lab: nice(l.id) }), values: l.own, colour, thin: true },
  ];
});

const labControls = () => {
  const labs = controls.labs, id = chosen();
  if (!labs.length) return null;
  const has = labs.some((l) => l.label === mine);
  return group(
    "labs",
    select(
      "lab",
      t("labs.choose"),
      labs.map((l) => [l.label, nice(l.label)]),
      id,
      (v) => {
        chosenLab = v;
        drawControls();
        drawCharts();
      },
    ),
    slider(
      labs.find((l) => l.label === id),
      t("labs.budget"),
    ),
    has
      ? button("labs.remove", () => move(without(state, "labs." + mine)))
      : button("labs.add", () => {
          chosenLab = mine;
          move(withSetting(state, `labs.${mine}={region: eu, budget: $50M/yr, compute: 1000 H100e, capability: 0}`));
        }),
  );
};

