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

// redraw gives an element other children and leaves the focus where it is.
const redraw = (parent, children) => {
  const focus = parent.contains(document.activeElement) ? document.activeElement : null;
  const at = focus && /^(text|search)$/.test(focus.type) ? focus.selectionStart : null;
  parent.replaceChildren(...children);
  const again = focus?.id && byId(focus.id);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (at != null) again.setSelectionRange(at, at);
};

let controls = data.controls;
const moved = (path) => state.set.some((o) => pathOf(o) === path);

// local writes a value of a scenario file, such as $1.19B/yr or 0.33 years, as the language has it.
const local = (text) => {
  const date = /^(\d{4})-(\d{2})$/.exec(text),
    parts = /^(\$?)([\d.]+)([KMBT]?)( years?| months?| days?|x\/yr|x|\/yr)?$/.exec(text ?? "");
  if (date) return monthOf(text + "-01");
  if (!parts) return text ?? "";
  const [, dollar, digits, scale, unit] = parts;
  let value = new Intl.NumberFormat(language, { maximumSignificantDigits: 6 }).format(Number(digits));
  value += { "": "", K: "K", M: t("number.million"), B: t("number.billion"), T: t("number.trillion") }[scale];
  if (dollar) value = t("number.dollars", { value });
  const key = { "x/yr": "times_a_year", x: "times", "/yr": "dollars_a_year", year: "year", month: "month", day: "day" }[
    (unit ?? "").trim().replace(/s$/, "")
  ];
  if (/^(year|month|day)$/.test(key))
    return t(`unit.${key}${new Intl.PluralRules(language).select(Number(digits)) === "one" ? "" : "s"}`, { value });
  return key ? t("unit." + key, { value }) : value;
};

// aboutOf is what stands on hover and is read aloud: PATH, unit, meaning, what the ends are,
// source.
const aboutOf = (c) =>
  [
    c.path + (c.unit ? ` (${c.unit === "1" ? t("unit.none") : c.unit})` : ""),
    said("meaning." + c.path) ?? meant(c.meaning),
    c.range && t("slider.range", { low: local(c.low), high: local(c.high) }),
    moved(c.path) ? t("source.moved") : c.source ? t("source", { text: c.source }) : c.given && t("source.none"),
  ]
    .filter(Boolean)
    .join("\n");
const meant = (text) => text && t("english", { text });
const aboutPolicy = (p) =>
  [meant(p.meaning), t("written", { text: p.text }), p.source && t("source", { text: p.source })]
    .filter(Boolean)
    .join("\n");

// said is a text that a language may have, of what an author named.
const said = (key) => data.texts[language][key];

const idOf = (path) => "s-" + path.replace(/[^\w-]/g, "-");
const row = (c, ...children) => element("div", { class: "control" + (moved(c.path) ? " moved" : "") }, ...children);

// slider is a control with its value and ends.
const slider = (c, label) => {
  const id = idOf(c.path), about = aboutOf(c);
  const output = element("output", { for: id }, local(c.value));
  const input = element("input", {
    type: "range",
    id,
    min: 0,
    max: 1,
    step: 0.01,
    value: c.at ?? 0.5,
    "aria-valuetext": local(c.value),
    "aria-description": about,
    title: about,
    "data-path": c.path,
    oninput: () => slide(c.path, Number(input.value), output, input),
    onchange: () => settle(),
  });
  return row(
    c,
    element("label", { for: id, title: about }, label),
    output,
    input,
    element(
      "span",
      { class: "ends", "aria-hidden": "true" },
      element("span", {}, local(c.low)),
      element("span", {}, local(c.high)),
    ),
  );
};

// choice is a control whose value is one of some words of scenario files.
const choice = (c, label) => {
  const id = idOf(c.path), about = aboutOf(c);
  const input = element(
    "select",
    {
      id,
      title: about,
      "aria-description": about,
      "data-path": c.path,
      onchange: () => move(withSetting(state, c.path + "=" + input.value)),
    },
    ...[...(c.value ? [] : [""]), ...c.choices].map((v) =>
      element("option", { value: v, lang: "en", selected: v === c.value }, v),
    ),
  );
  return row(c, element("label", { for: id, title: about }, label), input);
};

// entry is a control whose value follows from others or has no bounds: it is typed as in a file,
// and emptied to follow again.
const entry = (c, label) => {
  const id = idOf(c.path), about = aboutOf(c);
  const input = element("input", {
    type: "text",
    id,
    value: c.value,
    placeholder: t("entry.hint"),
    title: about,
    "aria-description": about,
    "data-path": c.path,
    onchange: () => {
      const v = input.value.trim();
      move(v ? withSetting(state, c.path + "=" + v) : without(state, c.path));
    },
  });
  return row(c, element("label", { for: id, title: about }, label), input);
};

const control = (c, label) => (c.choices ? choice : c.low ? slider : entry)(c, label);
const named = (c) => said("slider." + c.path) ?? c.path;

const select = (id, label, options, value, change, about) => {
  const all = options.some(([v]) => v === value) ? options : [...options, [value, nice(value)]];
  const s = element(
    "select",
    { id, title: about, "aria-description": about, onchange: () => change(s.value) },
    ...all.map(([v, text]) => element("option", { value: v, selected: v === value }, text)),
  );
  return element("label", { class: "choice" }, element("span", {}, label), s);
};
const button = (key, act, attributes = {}) =>
  element("button", { type: "button", id: "b-" + key, "data-key": key, onclick: act, ...attributes }, t(key));

const group = (key, ...children) => element("fieldset", {}, element("legend", {}, t(key)), ...children);

// sections are those of the form, in their order.
const titleOf = (name, title) => said("scenario." + name) ?? title;
const presets = () =>
  group(
    "scenario",
    select(
      "preset",
      t("scenario"),
      [
        ["", `${titleOf(data.name, data.controls.title)} (${t("own")})`],
        ...data.presets.filter((p) => p.name !== data.name).map((p) => [p.name, titleOf(p.name, p.title)]),
      ],
      state.scenario,
      (v) => move({ ...emptyState(), scenario: v }),
    ),
  );

const eventControls = () => {
  if (!controls.events.length) {
    const lab = controls.labs.find((l) => l.label === "deepseek")?.label ?? controls.labs[0]?.label;
    const year = Math.floor(controls.clock[0]) + 1;
    return group(
      "event",
      button("event.add", () =>
        move(
          withSetting(
            state,
            `events=[{at: ${year}-01-15, label: ${quoted(t("event"))}, shock: {lab: ${lab}, efficiency: 4x, ` +
            `disclosure: published}}]`,
          ),
        ),
      ),
    );
  }
  const labs = [["all", t("event.everyone")], ...controls.labs.map((l) => [l.label, nice(l.label)])];
  const one = (e) =>
    element(
      "div",
      { class: "event", role: "group", "aria-label": called(e.label) },
      element("p", { class: "small" }, called(e.label)),
      ...e.sizes.map((c) => slider(c, t("event." + c.path.split(".").pop()))),
      e.when && slider(e.when, t("event.date")),
      select(
        idOf(e.path + ".lab"),
        t("event.owner"),
        labs,
        e.lab,
        (v) => move(withSetting(state, e.path + ".shock.lab=" + v)),
        meant(e.owner),
      ),
      select(
        idOf(e.path + ".openness"),
        t("event.openness"),
        [
          ["published", t("event.published")],
          ["closed", t("event.closed")],
        ],
        e.disclosure,
        (v) => move(withSetting(state, e.path + ".shock.disclosure=" + v)),
        meant(e.openness),
      ),
    );
  return group(
    "event",
    ...controls.events.map(one),
    button("event.remove", () => move(withSetting(without(state, "events"), "events=null"))),
  );
};

const quoted = (s) => JSON.stringify(s);
const policyControls = () => {
  const on = controls.policies, all = [...on, ...data.offered.filter((o) => !on.some((p) => p.id === o.id))];
  const known = new Map(all.map((p) => [p.id, p]));
  for (const p of data.controls.policies) if (!known.has(p.id)) all.push(p);
  return group("policies", ...all.map((p) => {
    const box = element("input", {
      type: "checkbox",
      id: "p-" + p.id,
      checked: on.some((o) => o.id === p.id),
      "data-policy": p.id,
      "aria-description": aboutPolicy(p),
      onchange: () => {
        const path = "policies." + p.id,
          own = !state.scenario && data.controls.policies.some((o) => o.id === p.id);
        if (box.checked) move(own ? without(state, path) : withSetting(state, `${path}=${p.text}`));
        else
          move(
            state.set.some((o) => pathOf(o) === path && !o.endsWith("=null"))
              ? without(state, path)
              : withSetting(without(state, path), path + "=null"),
          );
      },
    });
    return element(
      "label",
      { class: "check", title: aboutPolicy(p) },
      box,
      element("span", {}, said("policy." + p.id) ?? called(p.label)),
    );
  }));
};

// The search keeps its field while the form is written anew.
let query = "", results = null;
const foundList = () => {
  if (!query.trim() || !results) return [];
  if (!results.controls.length) return [element("p", { class: "small" }, t("search.none"))];
  const list = results.controls.map((c) => control(c, c.path));
  return results.more
    ? [...list, element("p", { class: "small" }, t("search.more", { n: number(results.more) }))]
    : list;
};
const search = async () => {
  const asked = query,
    got = asked.trim()
      ? await front.ask({ do: "search", state: message(), query: asked, lang: language })
      : { ok: null };
  if (asked !== query) return;
  results = got.ok ?? null;
};
const searchControls = () => {
  const list = element("div", { id: "found" }, ...foundList());
  const field = element("input", {
    type: "search",
    id: "search",
    value: query,
    placeholder: t("search.hint"),
    "aria-label": t("search"),
    oninput: async () => {
      query = field.value;
      await search();
      byId("found")?.replaceChildren(...foundList());
    },
  });
  return group("search", field, list);
};

// drawControls writes the form anew.
const drawControls = () =>
  redraw(
    byId("controls"),
    [
      presets(),
      eventControls(),
      group(
        "sliders",
        element("p", { class: "small" }, t("sliders.about")),
        ...controls.sliders.map((c) => control(c, named(c))),
      ),
      labControls(),
      policyControls(),
      searchControls(),
    ].filter(Boolean),
  );
