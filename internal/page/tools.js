// What stands under the answer: taking back, pinning, sharing, downloads.
// downloads
const save = (name, content, type) => {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
};
const fileName = () => controls.name + (state.set.length ? "-changed" : "");
// picture is the first one with its fonts, so that it looks the same wherever it goes.
const fontFaces = () => document.querySelector("style").textContent.match(/@font-face\{[^}]*\}/g).join("");
const picture = () =>
  byId(byId("change").hidden ? "concentration" : "change").innerHTML.replace(
    /^<svg[^>]*>/,
    (svg) => `${svg}<style>${fontFaces()}</style>`,
  );
const downloads = {
  "download.scenario": async () => {
    const got = await front.ask({ do: "yaml", state: message() });
    got.error ? problem(got.error) : save(controls.name + ".yaml", got.ok, "application/yaml");
  },
  "download.csv": async () => {
    const got = await front.ask({ do: "csv", state: message(), n: state.runs || data.pairs });
    got.error ? problem(got.error) : save("market.csv", got.ok, "text/csv");
  },
  "download.svg": async () => save(fileName() + ".svg", picture(), "image/svg+xml"),
  "download.png": async () => {
    const image = new Image(),
      url = URL.createObjectURL(new Blob([picture()], { type: "image/svg+xml" }));
    image.src = url;
    await image.decode();
    const canvas = element("canvas", { width: image.width * 3, height: image.height * 3 }),
      pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(url);
    canvas.toBlob((b) => save(fileName() + ".png", b));
  },
};

// note tells a reader what a button did.
const note = (text) => { byId("note").textContent = text; };

// copy puts a text on the clipboard; where neither way is allowed it shows the text, marked, to be
// copied by hand.
let handed = "";
const copy = async (text) => {
  let copied = true;
  try { await navigator.clipboard.writeText(text); } catch {
    const area = element("textarea", {}, text), focus = document.activeElement;
    document.body.append(area);
    area.select();
    copied = document.execCommand("copy");
    area.remove();
    focus?.focus();
  }
  handed = copied ? "" : text;
  drawTools();
  note(t(copied ? "copied" : "copy.by_hand"));
  if (handed) byId("handed").select();
};
const handedField = () =>
  element("input", { type: "text", id: "handed", readonly: true, value: handed, "aria-label": t("copy.by_hand") });

// paste shows a field for settings, or takes it away.
let pasting = false;
const paste = () => { pasting = !pasting; drawTools(); byId("pasted")?.focus(); };
const pasteField = () => {
  const field = element("input", {
    type: "text",
    id: "pasted",
    placeholder: t("pasted.prompt"),
    "aria-label": t("pasted.prompt"),
    onchange: () => {
      if (!field.value.trim()) return;
      pasting = false;
      visit(field.value.trim());
      drawTools();
    },
  });
  return field;
};

const framed = self !== top;
const fetchFile = (act) => async () => { await act(); if (framed) note(t("download.framed")); };

const drawTools = () => {
  redraw(byId("tools"), [
    button("undo", back),
    button("redo", forth),
    button("reset", () => move(emptyState())),
    button("replay", replay),
    button(pinned ? "unpin" : "pin", pin, { id: "b-pin" }),
    location.protocol === "about:" ? "" : button("share", () => copy(location.href.split("#")[0] + write())),
    button("copy", () => copy(write())),
    button("paste", paste, { "aria-expanded": String(pasting) }),
    pasting ? pasteField() : "",
    handed ? handedField() : "",
    element(
      "span",
      { class: "downloads" },
      t("downloads") + ": ",
      ...Object.entries(downloads).map(([key, act]) => button(key, fetchFile(act))),
    ),
  ]);
  drawSteps();
};

// drawSteps greys the buttons that have nothing to do; they keep their place in the order of the
// keys.
const drawSteps = () => {
  for (const [key, can] of [
    ["undo", past.length],
    ["redo", future.length],
    ["replay", before],
    ["reset", !isEmpty(state)],
  ])
    byId("b-" + key)?.setAttribute("aria-disabled", String(!can));
};
