// What a reader moves. Each control ends in a setting PATH=VALUE of the state.
const element = (tag, attributes = {}, ...children) => {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attributes)) {
    if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
    else if (v === true) e.setAttribute(k, "");
    else if (v !== false && v != null) e.setAttribute(k, v);
  }
  e.append(...children.filter((c) => c != null));
  return e;
};

let controls = data.controls;
const mine = "my_lab";
const moved = (path) => state.set.some((o) => pathOf(o) === path);

// local writes a value of a scenario file, such as $1.19B/yr or 0.33 years, as the language has it.
const local = (text) => {
  const date = /^(\d{4})-(\d{2})$/.exec(text), parts = /^(\$?)([\d.]+)([KMBT]?)( years?| months?| days?|x\/yr|x|\/yr)?$/.exec(text ?? "");
  if (date) return monthOf(text + "-01");
  if (!parts) return text ?? "";
  const [, dollar, digits, scale, unit] = parts;
  let value = new Intl.NumberFormat(language, { maximumSignificantDigits: 6 }).format(Number(digits));
  value += { "": "", K: "K", M: t("number.million"), B: t("number.billion"), T: t("number.trillion") }[scale];
  if (dollar) value = t("number.dollars", { value });
  const key = { "x/yr": "times_a_year", x: "times", "/yr": "dollars_a_year", year: "years", month: "months", day: "days" }[(unit ?? "").trim().replace(/s$/, "")];
  return key ? t("unit." + key, { value }) : value;
};

// slider is a control with its value, ends, and meaning and source on hover.
const slider = (c, label) => {
  const id = "s-" + c.path.replaceAll(".", "-");
  const about = [c.path, data.texts[language]["meaning." + c.path] ?? c.meaning, c.source].filter(Boolean).join("\n");
  const output = element("output", { for: id }, local(c.value));
  const input = element("input", {
    type: "range", id, min: 0, max: 1, step: 0.01, value: c.at ?? 0.5, "aria-valuetext": local(c.value), title: about, "data-path": c.path,
    oninput: () => slide(c.path, Number(input.value), output, input), onchange: () => settle(),
  });
  return element("div", { class: "control" + (moved(c.path) ? " moved" : "") },
    element("label", { for: id, title: about }, label ?? t("slider." + c.path) ?? c.label), output, input,
    element("span", { class: "ends", "aria-hidden": "true" }, element("span", {}, local(c.low)), element("span", {}, local(c.high))));
};

const named = (c) => data.texts[language]["slider." + c.path] ?? c.label;

const select = (label, options, value, change) => {
  const s = element("select", { onchange: () => change(s.value) }, ...options.map(([v, text]) => element("option", { value: v, selected: v === value }, text)));
  return element("label", { class: "choice" }, element("span", {}, label), s);
};
const button = (key, act, attributes = {}) => element("button", { type: "button", "data-key": key, onclick: act, ...attributes }, t(key));

const group = (key, ...children) => element("fieldset", {}, element("legend", {}, t(key)), ...children);

// sections are those of the form, in their order.
const presets = () => group("scenario", select(t("scenario"),
  [["", `${data.texts[language]["scenario." + data.name] ?? data.controls.title} (${t("own")})`], ...data.presets.filter((p) => p.name !== data.name).map((p) => [p.name, data.texts[language]["scenario." + p.name] ?? p.title])],
  state.scenario, (v) => move({ ...emptyState(), scenario: v })));

const eventControls = () => {
  const e = controls.events[0];
  if (!e) {
    const lab = controls.labs.find((l) => l.label === "deepseek")?.label ?? controls.labs[0]?.label;
    const year = Math.floor(controls.clock[0]) + 1;
    return group("event", button("event.add", () => move(withSetting(state, `events=[{at: ${year}-01-15, label: ${quoted(t("event"))}, shock: {lab: ${lab}, efficiency: 4x, disclosure: published}}]`))));
  }
  const labs = [["all", t("event.everyone")], ...controls.labs.map((l) => [l.label, nice(l.label)])];
  const path = "events.0.";
  return group("event", element("p", { class: "small" }, called(e.label)),
    controls.size && slider(controls.size, t("event.size")), controls.when && slider(controls.when, t("event.date")),
    select(t("event.owner"), labs, e.lab, (v) => move(withSetting(state, path + "shock.lab=" + v))),
    select(t("event.openness"), [["published", t("event.published")], ["closed", t("event.closed")]], e.disclosure, (v) => move(withSetting(state, path + "shock.disclosure=" + v))),
    button("event.remove", () => move(withSetting(without(state, "events"), "events=null"))));
};

const quoted = (s) => JSON.stringify(s);
const nice = (id) => id === mine ? t("labs.mine") : data.labels[id] ?? id.replaceAll("_", " ").replace(/#/, " ").replace(/(^|\s)\p{L}/gu, (c) => c.toUpperCase());

let chosenLab = null;
const labControls = () => {
  const labs = controls.labs;
  if (!labs.length) return null;
  if (!labs.some((l) => l.label === chosenLab)) chosenLab = labs.find((l) => l.label === mine)?.label ?? labs.find((l) => l.label === "deepseek")?.label ?? labs[0].label;
  const has = labs.some((l) => l.label === mine);
  return group("labs", select(t("labs.choose"), labs.map((l) => [l.label, nice(l.label)]), chosenLab, (v) => { chosenLab = v; drawControls(); drawCharts(); }),
    slider(labs.find((l) => l.label === chosenLab), t("labs.budget")),
    has ? button("labs.remove", () => move(without(state, "labs." + mine)))
      : button("labs.add", () => { chosenLab = mine; move(withSetting(state, `labs.${mine}={region: eu, budget: $50M/yr, compute: 1000 H100e, capability: 0}`)); }));
};

const policyControls = () => {
  const on = controls.policies, all = [...on, ...data.offered.filter((o) => !on.some((p) => p.id === o.id))];
  const known = new Map(all.map((p) => [p.id, p]));
  for (const p of data.controls.policies) if (!known.has(p.id)) all.push(p);
  return group("policies", ...all.map((p) => {
    const box = element("input", { type: "checkbox", checked: on.some((o) => o.id === p.id), "data-policy": p.id, onchange: () => {
      const path = "policies." + p.id, own = !state.scenario && data.controls.policies.some((o) => o.id === p.id);
      if (box.checked) move(own ? without(state, path) : withSetting(state, `${path}=${p.text}`));
      else move(state.set.some((o) => pathOf(o) === path && !o.endsWith("=null")) ? without(state, path) : withSetting(state, path + "=null"));
    } });
    return element("label", { class: "check", title: p.text }, box, data.texts[language]["policy." + p.id] ?? p.label);
  }));
};

let query = "", found = [];
const searchControls = () => {
  const list = element("div", {}, ...found.map((c) => slider(c, c.path)));
  const field = element("input", { type: "search", value: query, placeholder: t("search.hint"), "aria-label": t("search"), oninput: async () => {
    query = field.value;
    const got = query.trim() ? await front.ask({ do: "search", state: message(), query }) : { ok: [] };
    found = got.ok ?? [];
    list.replaceChildren(...(found.length || !query.trim() ? found.map((c) => slider(c, c.path)) : [element("p", { class: "small" }, t("search.none"))]));
  } });
  return group("search", field, list);
};

// drawControls writes the form anew and leaves the focus where it is.
const drawControls = () => {
  const form = byId("controls"), focus = document.activeElement?.id, open = document.activeElement?.type === "search";
  if (open) return;
  form.replaceChildren(...[presets(), eventControls(), group("sliders", ...controls.sliders.map((c) => slider(c, named(c)))), labControls(), policyControls(), searchControls()].filter(Boolean));
  if (focus) byId(focus)?.focus({ preventScroll: true });
};
