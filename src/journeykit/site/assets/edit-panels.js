"use strict";
// What stands beside the map: the form, the changes as git will see them, findings, the text, and what to take along.
{
  const { h, t, button, find, on, render, url } = E, $ = (id) => document.getElementById(id);
  const PANELS = ["form", "changes", "findings", "text", "take"];

  // Each panel is its title, and what it has.
  E.side = () => {
    const [title, ...body] = E.panels[E.panel]();
    return h("aside#side.e-side", { class: `panel-${E.panel} ${E.sheet ? "open" : ""}`, "aria-label": t("side") },
      h("div.e-tabs", { role: "tablist", "aria-label": t("side") }, PANELS.map((panel) => {
        const selected = E.panel === panel, count = E.state[panel]?.length;
        return button([t(`panel.${panel}`), count > 0 && panel !== "text" && h("span.count", count)], "panel", {
          role: "tab", id: `tab-${panel}`, "aria-selected": selected, "aria-controls": "side-panel", tabindex: selected ? 0 : -1, data: { panel, keys: "tabs" },
        });
      })),
      h("div#side-panel.e-panel", { role: "tabpanel", "aria-labelledby": `tab-${E.panel}`, tabindex: "0", data: { keys: "side" } },
        h("div.e-row", h("h2#side-title", { tabindex: "-1" }, title), button(t("close"), "sheet", { class: "e-close" })), body));
  };
  on.panel = ({ panel }) => { Object.assign(E, { panel, sheet: true }); render(); };
  E.keys.tabs = ({ panel }, { key }, x) => {
    E.panel = PANELS.at({ Home: 0, End: -1 }[key] ?? (PANELS.indexOf(panel) + x) % PANELS.length);
    render(`tab-${E.panel}`);
    return x || key === "Home" || key === "End";
  };
  // Back from the form to what it is of.
  on.sheet = () => { E.sheet = false; render(E.choice ? E.place(E.choice.kind, E.choice.id) : "title"); };
  E.keys.side = (data, { key, target, defaultPrevented }) => {
    if (key !== "Escape" || defaultPrevented) return false;
    if (!target.matches("input, textarea") || (target.value === target.defaultValue && E.problem?.id !== target.id)) on.sheet();
    else { target.value = target.defaultValue; E.problem = null; render(); }
    return true;
  };

  // The lines of a diff, without the names of the files above them.
  const diff = (text) => text.trimEnd().split("\n").slice(2).map((line) => (line.startsWith("@@") ? h("span.hunk", `${line}\n`) :
    h({ "+": "ins", "-": "del" }[line[0]] || "span", h("span.sign", line[0]), `${line.slice(1)}\n`)));
  const scrolled = E.scrolled = (selector, label, ...content) => h(selector, { tabindex: "0", role: "region", "aria-label": label }, content);
  E.panels.changes = () => {
    const { changes, diff: lines } = E.state;
    return [t("changes.title"), lines ? [changes.length > 0 && h("ul.e-list", changes.map((one) => h("li", one))), scrolled("pre.e-diff", t("diff"), diff(lines))] : h("p.quiet", t("changes.none")), E.message()];
  };
  E.message = () => E.state.message && h("div.e-message", h("h3", t("message")), h("p.quiet", t("message.said")),
    scrolled("pre#message", t("message"), E.state.message), button(t("copy"), "copy", { id: "copy" }));
  on.copy = async () => {
    const text = await navigator.clipboard.writeText(E.state.message).then(() => t("copied"), () => {
      getSelection().selectAllChildren($("message"));
      return t("copy.self");
    });
    E.notice = { text };
    E.say(text);
    render();
  };

  E.findings = (all) => h("ul.e-findings", all.map((one) => h("li.e-finding", { class: one.severity },
    h("p", h("b", t(`severity.${one.severity}`)), ": ", one.message, one.help && h("small", " ", one.help)),
    h("p.e-fixes",
      !E.off && one.fixes.map(({ title, number }) => button(title, "fix", { data: { finding: one.number, fix: number } })),
      button(t("place", { line: one.line }), "text", { class: "plainly", data: { line: one.line } }),
      h("small.quiet", one.rule)))));
  on.fix = ({ finding, fix }, event, one) => E.act({ do: "fix", finding: +finding, fix: +fix }, one.textContent, { focus: "side-title", undo: true });
  E.panels.findings = () => {
    const { findings } = E.state;
    return [t("findings.title"), findings.length ? [...new Set(findings.map((one) => one.touchpoint))].map((id) =>
      h("section", h("h3", id ? E.link(id) : t("findings.map")), E.findings(findings.filter((one) => one.touchpoint === id)))) : h("p.quiet", t("findings.none"))];
  };

  // The text. What is typed here stays, whatever happens to the map, until it is taken over or discarded.
  const textArea = (id, text, more) => h(`textarea#${id}.e-text`, { spellcheck: "false", wrap: "off", ...more, data: { keep: "1", version: E.state.version } }, text);
  E.panels.text = () => [
    t("text.title"),
    h("p#text-said.quiet", t("text.said"), " ", E.state.editor && h("a", { href: E.state.editor }, t("editor"))),
    textArea("yaml", E.state.text, { "aria-label": t("text.title"), "aria-describedby": "text-said", readonly: E.off }),
    !E.off && h("p.e-acts", button(t("text.apply"), "apply", { class: "strong", id: "apply" }), button(t("text.discard"), "discard", { id: "discard" })),
    E.state.broken && E.findings(E.state.findings),
  ];
  const afresh = () => { const area = $("yaml"); area.value = area.defaultValue = E.state.text; };
  on.apply = () => {
    const { value, defaultValue, dataset } = $("yaml");
    if (value === defaultValue) E.say(t("text.same"));
    else E.act({ do: "text", text: value }, t("did.text"), { over: dataset, then: afresh, focus: "yaml" });
  };
  on.discard = () => { afresh(); E.notice = null; render("yaml"); };
  on.text = async ({ path, line: known }) => {
    const line = path ? await E.get(url("/line", { path })).catch(() => 1) : +known || 1;
    Object.assign(E, { panel: "text", sheet: true });
    render();
    const area = $("yaml"), lines = area.value.split("\n"), from = lines.slice(0, line - 1).join("\n").length + (line > 1);
    area.focus();
    area.setSelectionRange(from, from + (lines[line - 1] || "").length);
    area.scrollTop = (area.scrollHeight / lines.length) * (line - 4);
    E.say(t("place", { line }));
  };

  const file = (title, name, address, kind) => h("a", { href: url(address), download: `${name}.${kind}`, "aria-label": `${title} ${kind.toUpperCase()}` }, kind.toUpperCase());
  E.files = () => h("ul.e-files",
    ["map", "curve", "blueprint"].map((chart) => h("li", h("span", t(`chart.${chart}`)), ["svg", "png"].map((kind) => file(t(`chart.${chart}`), `${E.name}-${chart}`, `/picture.${kind}?chart=${chart}`, kind)))),
    h("li", h("span", t("workbook")), file(t("workbook"), E.name, "/workbook.xlsx", "xlsx")));
  E.panels.take = () => [t("panel.take"), h("p.quiet", t("take.said")), E.files(),
    h("p.e-preview", h("img", { src: url("/picture.svg", { chart: "curve", v: E.state.version }), alt: t("take.preview", { title: E.state.journey.title || "" }) }))];

  // Two versions that clash: each place with what stood there, what stands here, and what came.
  const shown = (value) => (typeof value === "string" ? value.trim() : value === null ? h("i.quiet", t("conflict.nothing")) : JSON.stringify(value));
  const where = (path) => path.map((key, n) => {
    const one = E.at(path.slice(0, n + 1));
    return typeof key === "number" ? one?.title || one?.name || one?.goal || key + 1 : key;
  }).filter((word) => !["stages", "touchpoints", "opportunities"].includes(word)).join(" › ");
  E.conflict = () => {
    const { conflict } = E.state, sides = ["base", "mine", "theirs"], take = (one, more) => button(t(`conflict.take.${one}`), "settle", { id: `take-${one}`, ...more, data: { take: one } });
    return conflict && h("dialog#conflict.e-dialog", { "aria-labelledby": "conflict-title" },
      h("div.e-row", h("h2#conflict-title", { tabindex: "-1" }, t("conflict.title")), button(t("close"), "shut")),
      h("p", t("conflict.said")),
      scrolled("div.wide", t("conflict.places"), h("table",
        h("thead", h("tr", ["place", ...sides].map((one) => h("th", { scope: "col" }, t(`conflict.${one}`))))),
        h("tbody", conflict.places.map((one) => h("tr", h("th", { scope: "row" }, where(one.path)), sides.map((side) => h("td", shown(one[side])))))))),
      !E.off && [
        h("p.e-acts", ["mine", "theirs"].map((one) => take(one, { class: "strong" }))),
        h("details#self", h("summary", t("conflict.self")), textArea("merged", conflict.text, { "aria-label": t("conflict.text") }), h("p.e-acts", take("text")))]);
  };
  on.conflict = () => { $("conflict").showModal(); $("conflict-title").focus(); };
  on.shut = () => $("conflict").close();
  on.settle = ({ take }) => {
    E.command("settle", { take, text: take === "text" ? $("merged").value : null }, () => t("conflict.settled")).then(() => { if (!E.state.conflict) $("title").focus(); });
  };
}
