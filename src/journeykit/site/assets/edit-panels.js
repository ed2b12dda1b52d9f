"use strict";
// What stands beside the map: the form, the changes as git will see them, findings, the text, and what to take along.
(() => {
  const E = window.journeyEditor, { h, t, button } = E;
  const PANELS = ["form", "changes", "findings", "text", "take"];
  E.narrow = () => matchMedia("(max-width: 63.99rem)").matches;

  const counted = (name) => {
    const { state } = E, n = { changes: state.changes.length, findings: state.findings.length }[name];
    return n ? h("span.count", String(n)) : null;
  };
  E.side = () => {
    const shown = E.panels[E.panel]();
    return h("aside", { class: `e-side panel-${E.panel} ${E.sheet ? "open" : ""}`, "aria-label": t("side"), data: { key: "side" } },
      h("div.e-tabs", { role: "tablist", "aria-label": t("side") }, PANELS.map((name) => h("button", {
        type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(E.panel === name), "aria-controls": "side-panel", tabindex: E.panel === name ? "0" : "-1", data: { do: "panel", panel: name, keys: "tabs" },
      }, t(`panel.${name}`), counted(name)))),
      h("div.e-panel", { role: "tabpanel", id: "side-panel", "aria-labelledby": `tab-${E.panel}`, tabindex: "0", data: { keys: "side" } },
        h("div.e-row", h("h2", { id: "side-title", tabindex: "-1", dir: "auto" }, shown.title), button(t("close"), "sheet", { class: "e-close" })),
        shown.body));
  };
  E.on.panel = (one) => { E.panel = one.dataset.panel; E.sheet = true; E.render(); };
  E.on.sheet = () => { const { choice } = E; E.sheet = false; E.render(choice && choice.kind === "touchpoint" ? `card-${choice.id}` : "title"); };
  E.keys.tabs = (one, event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key], at = PANELS.indexOf(one.dataset.panel);
    const next = by ? PANELS[(at + by + PANELS.length) % PANELS.length] : { Home: PANELS[0], End: PANELS[PANELS.length - 1] }[event.key];
    if (!next) return;
    event.preventDefault();
    E.panel = next;
    E.render(`tab-${next}`);
  };
  // Escape leads from the form back to what it is of.
  E.keys.side = (one, event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const { kind, id } = E.choice || {}, field = event.target.closest("input, textarea");
    if (field && field.value !== field.defaultValue) { field.value = field.defaultValue; E.problem = null; E.render(); return; }
    E.sheet = false;
    E.render({ touchpoint: `card-${id}`, stage: `stage-${id}`, opportunity: document.getElementById(`todo-${id}`) ? `todo-${id}` : `cell-${id}`, journey: "choose-journey", persona: "choose-persona" }[kind] || "");
  };

  const diff = (text) => text.split("\n").filter((line, n, all) => line || n < all.length - 1).map((line) => {
    if (/^(---|\+\+\+) /.test(line)) return null;
    if (line.startsWith("@@")) return h("span.hunk", `${line}\n`);
    const [sign, rest] = [line[0], line.slice(1)], kind = { "+": "ins", "-": "del" }[sign];
    return h(kind || "span", null, h("span.sign", sign), `${rest}\n`);
  });
  E.panels.changes = () => {
    const { state } = E;
    return {
      title: t("changes.title"),
      body: state.diff ? [
        state.changes.length ? h("ul.e-list", state.changes.map((one) => h("li", { dir: "auto" }, one))) : null,
        h("pre.e-diff", { tabindex: "0", role: "region", "aria-label": t("diff"), dir: "ltr" }, diff(state.diff)), message(),
      ] : [h("p.quiet", t("changes.none")), message()],
    };
  };
  const message = () => (E.state.message ? h("div.e-message", h("h3", { id: "message-title" }, t("message")), h("p.quiet", t("message.said")),
    h("pre", { id: "message", tabindex: "0", role: "region", "aria-labelledby": "message-title" }, E.state.message), button(t("copy"), "copy", { id: "copy" })) : null);
  E.message = message;
  E.on.copy = async () => {
    try {
      await navigator.clipboard.writeText(E.state.message);
      E.say(t("copied"));
      E.notice = { text: t("copied") };
    } catch {
      getSelection().selectAllChildren(document.getElementById("message"));
      E.notice = { text: t("copy.self") };
      E.say(t("copy.self"));
    }
    E.render();
  };

  E.panels.findings = () => {
    const order = { error: 0, warning: 1, info: 2 }, { findings } = E.state;
    const places = new Map();
    for (const one of [...findings].sort((a, b) => order[a.severity] - order[b.severity] || a.line - b.line)) places.set(one.touchpoint, [...(places.get(one.touchpoint) || []), one]);
    return {
      title: t("findings.title"),
      body: findings.length ? [...places].map(([id, all]) => {
        const point = id && E.point(id);
        return h("section", h("h3", point ? button(point.title, "choose", { class: "plainly", dir: "auto", data: { kind: "touchpoint", id } }) : t("findings.map")), h("ul.e-findings", all.map(E.finding)));
      }) : [h("p.quiet", t("findings.none"))],
    };
  };

  // The text. What is typed here stays, whatever happens to the map, until it is taken over or discarded.
  let begun = null;
  const typed = () => { const one = document.getElementById("yaml"); return Boolean(one && one.value !== one.defaultValue); };
  E.panels.text = () => ({
    title: t("text.title"),
    body: [
      h("p.quiet", { id: "text-said" }, t("text.said"), " ", E.state.editor ? h("a", { href: E.state.editor }, t("editor")) : null),
      h("textarea", { id: "yaml", class: "e-text", spellcheck: "false", wrap: "off", dir: "ltr", "aria-label": t("text.title"), "aria-describedby": "text-said", readonly: E.off, data: { keep: "1" } }, E.state.text),
      E.off ? null : h("p.e-acts", button(t("text.apply"), "apply", { class: "strong", id: "apply" }), button(t("text.discard"), "discard", { id: "discard" })),
      E.state.broken ? h("ul.e-findings", E.state.findings.map(E.finding)) : null,
    ],
  });
  E.root.addEventListener("input", (event) => { if (event.target.id === "yaml" && !begun) begun = E.state.version; });
  E.on.apply = () => {
    const one = document.getElementById("yaml"), version = begun;
    if (!typed()) { E.say(t("text.same")); return; }
    E.act([{ do: "text", text: one.value }], t("did.text"), { version, then: () => { begun = null; one.defaultValue = E.state.text; one.value = E.state.text; }, focus: "yaml" });
  };
  E.on.discard = () => { const one = document.getElementById("yaml"); begun = null; one.value = one.defaultValue = E.state.text; E.notice = null; E.render("yaml"); };
  function line_of(path) {
    const key = path[path.length - 1], point = E.points().find((one) => E.same(one.path, path.slice(0, -1))), lines = E.state.text.split("\n");
    const [first, last] = point ? point.lines : [1, lines.length], wanted = new RegExp(point ? `^\\s*(- )?\\s*"?${key}"?\\s*:` : `^"?${path[0]}"?\\s*:`);
    const at = lines.slice(first - 1, last).findIndex((line) => wanted.test(line));
    return at < 0 ? first : first + at;
  }
  E.on.text = (one) => {
    const line = one.dataset.path ? line_of(E.path(one)) : Number(one.dataset.line) || 1;
    const dialog = one.closest("dialog");
    if (dialog) dialog.close();
    E.panel = "text";
    E.sheet = true;
    E.render();
    const area = document.getElementById("yaml"), lines = area.value.split("\n"), from = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    area.focus();
    area.setSelectionRange(from, from + (lines[line - 1] || "").length);
    area.scrollTop = Math.max(0, (area.scrollHeight / lines.length) * (line - 4));
    E.say(t("place", { line }));
  };

  const files = () => {
    const picture = (kind, chart) => E.url(`/picture.${kind}?chart=${chart}`), name = E.name;
    return h("ul.e-files", ["map", "curve", "blueprint"].map((chart) => h("li", h("span", t(`chart.${chart}`)), " ",
      ["svg", "png"].map((kind) => h("a", { href: picture(kind, chart), download: `${name}-${chart}.${kind}`, "aria-label": `${t(`chart.${chart}`)} ${kind.toUpperCase()}` }, kind.toUpperCase())))),
    h("li", h("span", t("workbook")), " ", h("a", { href: E.url("/workbook.xlsx"), download: `${name}.xlsx`, "aria-label": `${t("workbook")} XLSX` }, "XLSX")));
  };
  E.files = files;
  E.panels.take = () => ({
    title: t("take.title"),
    body: [h("p.quiet", t("take.said")), files(),
      h("p.e-preview", h("img", { src: E.url(`/picture.svg?chart=curve&v=${E.state.version}`), alt: t("take.preview", { title: E.state.journey.title || "" }) }))],
  });

  // Two versions that clash: each place with what stood there, what stands here, and what came.
  const shown = (value) => (value === null || value === undefined ? h("i.quiet", t("conflict.nothing")) : typeof value === "string" ? value.trim() : JSON.stringify(value));
  const where = (path) => {
    const words = [];
    path.forEach((key, n) => { const one = E.at(path.slice(0, n + 1)); words.push(one && typeof one === "object" && typeof key === "number" ? one.title || one.name || one.goal || String(key + 1) : String(key)); });
    return words.filter((word) => !["stages", "touchpoints", "opportunities"].includes(word)).join(" \u203a ");
  };
  E.conflict = () => {
    const { conflict } = E.state;
    if (!conflict) return null;
    return h("dialog", { id: "conflict", class: "e-dialog", "aria-labelledby": "conflict-title", data: { key: "conflict-dialog" } },
      h("div.e-row", h("h2", { id: "conflict-title", tabindex: "-1" }, t("conflict.title")), button(t("close"), "shut")),
      h("p", t("conflict.said")),
      h("div.wide", { role: "region", tabindex: "0", "aria-label": t("conflict.places") }, h("table", null,
        h("thead", h("tr", ["place", "base", "mine", "theirs"].map((one) => h("th", { scope: "col" }, t(`conflict.${one}`))))),
        h("tbody", conflict.places.map((one) => h("tr", h("th", { scope: "row", dir: "auto" }, where(one.path)), ["base", "mine", "theirs"].map((key) => h("td", { dir: "auto" }, shown(one[key])))))))),
      E.off ? null : [
        h("p.e-acts", ["mine", "theirs"].map((one) => button(t(`conflict.take.${one}`), "settle", { class: "strong", id: `take-${one}`, data: { take: one } }))),
        h("details", { data: { key: "merged" } }, h("summary", t("conflict.self")),
          h("textarea", { id: "merged", class: "e-text", spellcheck: "false", wrap: "off", dir: "ltr", "aria-label": t("conflict.text"), data: { keep: "1" } }, conflict.text),
          h("p.e-acts", button(t("conflict.take.text"), "settle", { id: "take-text", data: { take: "text" } })))]);
  };
  E.on.conflict = () => { document.getElementById("conflict").showModal(); document.getElementById("conflict-title").focus(); };
  E.on.shut = (one) => one.closest("dialog").close();
  E.on.settle = (one) => {
    const { take } = one.dataset;
    E.command("settle", take === "text" ? { take, text: document.getElementById("merged").value } : { take }, t("conflict.settled")).then(() => { if (!E.state.conflict) document.getElementById("title")?.focus(); });
  };
})();
