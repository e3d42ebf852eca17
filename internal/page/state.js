"use strict";
// What the page shows, its address, and the engines that answer for it.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);

let language = data.language;
const t = (key, values = {}) =>
  (data.texts[language][key] ?? key).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

// called is the name of an event or a policy, translated where a built-in scenario gave it.
const called = (label) => data.texts[language]["label." + label] ?? label;

// what names what effects are effects of, as the program does.
const what = (measured) => {
  const labels = (measured?.markers ?? []).map((m) => called(m.label));
  if (!labels.length || labels.length > 1 && measured.whole) return t("what.all");
  return labels.length === 1 && measured.changed ? t("what.changed", { what: labels[0] }) : labels.join(t("list.and"));
};

// A state is a scenario ("" for the page's own) and settings by PATH, in the order in which they
// were made.
const emptyState = () => ({ scenario: "", set: [], runs: data.pairs });
let state = emptyState();
const past = [], future = [];

const message = (s = state) => ({
  v: data.form,
  program: data.version,
  scenario: s.scenario,
  set: s.set,
  runs: s.runs,
});

const write = (s = state) => {
  const p = new URLSearchParams();
  p.set("v", s.form ?? data.form); // what another version wrote stays refused
  p.set("program", s.program ?? data.version);
  if (s.scenario) p.set("scenario", s.scenario);
  for (const one of s.set) p.append("set", one);
  if (s.runs !== data.pairs) p.set("runs", s.runs);
  return "#" + p.toString();
};

// strange is what an address holds that is no setting of a page; "" where all is known.
const strange = (hash) => {
  const p = new URLSearchParams(hash.replace(/^[^#]*#/, ""));
  return (
    [...p.keys()].find((k) => !["v", "program", "scenario", "set", "runs"].includes(k)) ??
    (p.has("v") ? "" : hash.slice(0, 60))
  );
};

// read takes an address; what another version wrote is left as it is, so that the engine says so.
const read = (hash) => {
  const p = new URLSearchParams(hash.replace(/^[^#]*#/, ""));
  const s = {
    scenario: p.get("scenario") ?? "",
    set: p.getAll("set"),
    runs: p.has("runs") ? Number(p.get("runs")) : data.pairs,
  };
  if (p.has("v") && Number(p.get("v")) !== data.form) s.form = Math.trunc(Number(p.get("v"))) || -1;
  if (p.has("program") && p.get("program") !== data.version) s.program = p.get("program");
  if (!Number.isInteger(s.runs) || s.runs < 0) s.runs = -1;
  return s;
};

const pathOf = (one) => one.slice(0, one.indexOf("="));

// withSetting is a state with one setting more, in the place of those that it replaces.
const withSetting = (s, one) => ({
  ...s,
  set: [...s.set.filter((o) => pathOf(o) !== pathOf(one) && !pathOf(o).startsWith(pathOf(one) + ".")), one],
});
const without = (s, path) => ({
  ...s,
  set: s.set.filter((o) => pathOf(o) !== path && !pathOf(o).startsWith(path + ".")),
});

// An engine answers messages in their order.
class Engine {
  constructor(ask) { this.ask = ask; }

  static async worker(module, url) {
    const worker = new Worker(url), waiting = new Map();
    let last = 0;
    worker.onmessage = ({ data: got }) => { waiting.get(got.id)(got.answer); waiting.delete(got.id); };
    worker.postMessage({ module, open: Engine.open });
    return new Engine(
      (m) =>
        new Promise((resolve) => {
          waiting.set(++last, resolve);
          worker.postMessage({ id: last, message: m });
        }),
    );
  }

  static async here(module) {
    const ask = await startEngine(module);
    ask(Engine.open);
    return new Engine(async (m) => { await new Promise((r) => setTimeout(r)); return ask(m); });
  }

  static get open() { return { do: "open", name: data.name, yaml: data.yaml, texts: data.texts }; }
}

let front = null;       // the engine of sliders
let ensemble = [];      // those of paired runs
let sequence = 0;       // the number of the last move

// fromText reads Ascii85 in which x stands for < and y for &: five letters make four bytes, z is
// four zeros.
const fromText = (text) => {
  const out = new Uint8Array(text.length * 4 + 4); // a lone z is four bytes
  let length = 0, group = 0, have = 0;
  const write = (bytes) => {
    for (let k = 0; k < bytes; k++) out[length++] = group >>> (24 - 8 * k);
    group = have = 0;
  };
  for (let i = 0; i < text.length; i++) {
    let c = text.charCodeAt(i);
    if (c === 122) { write(4); continue; }
    if (c === 120) c = 60; else if (c === 121) c = 38;
    group = (Math.imul(group, 85) + c - 33) >>> 0;
    if (++have === 5) write(4);
  }
  if (have) { const bytes = have - 1; while (have++ < 5) group = (Math.imul(group, 85) + 84) >>> 0; write(bytes); }
  return out.slice(0, length);
};

const compiled = async () => {
  const packed = fromText(byId("module").textContent);
  byId("module").remove();
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
};

const startEngines = async () => {
  const module = await compiled();
  try {
    const url = URL.createObjectURL(new Blob([byId("engine").textContent], { type: "text/javascript" }));
    front = await Engine.worker(module, url);
    const cores = Math.min(navigator.hardwareConcurrency || 2, 4);
    ensemble = await Promise.all(Array.from({ length: cores }, () => Engine.worker(module, url)));
  } catch {
    front = await Engine.here(module);
    ensemble = [front];
  }
};
