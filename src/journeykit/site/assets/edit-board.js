"use strict";
// Opportunities as cards: on a board by status, and by impact and effort.
(() => {
  const E = window.journeyEditor, { h, t, button } = E;
  const STATUSES = ["idea", "planned", "doing", "done", "dropped"];
  const todo = (id) => E.state.opportunities.find((one) => one.id === id);
  const label = (status) => t(`opportunities.${status}`);

  const about = (one) => [
    h("small", { dir: "auto" }, [].concat(one.at || []).map((id) => (E.point(id) || E.stages().find((stage) => stage.id === id) || { title: id }).title).join(" \u00b7 ")),
    h("small", [one.owner, one.due, typeof one.priority === "number" ? t("priority", { n: E.number(one.priority) }) : null].filter(Boolean).join(" \u00b7 ")),
  ];
  const card = (one, where) => h("button", {
    type: "button", class: "o-card", id: `${where === "board" ? "todo" : "cell"}-${one.id}`, "aria-describedby": E.off ? null : `${where}-help`,
    "aria-pressed": E.pressed("opportunity", one.id),
    data: { do: "choose", kind: "opportunity", id: one.id, keys: where, drag: where },
  }, E.off ? null : h("span.grip", { "aria-hidden": "true" }), h("b", { dir: "auto" }, one.title), where === "board" ? about(one) : null);

  const board = () => [
    h("p", { id: "board-help", class: "away" }, t("board.help")),
    h("div.board.sideways", STATUSES.map((status) => {
      const members = E.state.opportunities.filter((one) => (one.status || "idea") === status);
      return h("section", { data: { key: `status-${status}`, status }, "aria-label": label(status) }, h("h3", label(status), " ", h("small", String(members.length))),
        h("ul", members.map((one) => h("li", { data: { key: `todo-${one.id}` } }, card(one, "board")))),
        members.length ? null : h("p.quiet", "\u2013"));
    })),
  ];
  const matrix = () => {
    const open = E.state.opportunities.filter((one) => !["done", "dropped"].includes(one.status)), at = (impact, effort) => open.filter((one) => Math.round(one.impact) === impact && Math.round(one.effort) === effort);
    const levels = [1, 2, 3, 4, 5], rest = open.filter((one) => !one.impact || !one.effort);
    return [
      h("p", { id: "matrix-help", class: "away" }, t("matrix.help")),
      h("div.wide.sideways", { role: "region", tabindex: "0", "aria-label": t("matrix") }, h("table.matrix",
        h("thead", h("tr", h("td"), levels.map((effort) => h("th", { scope: "col" }, t("effort", { n: effort }))))),
        h("tbody", [...levels].reverse().map((impact) => h("tr", h("th", { scope: "row" }, t("impact", { n: impact })),
          levels.map((effort) => h("td", { class: impact - effort >= 2 ? "high" : impact - effort <= -2 ? "low" : "", data: { impact, effort } }, at(impact, effort).map((one) => card(one, "matrix"))))))))),
      rest.length ? h("div.o-rest", h("h3", t("unplaced")), h("ul", rest.map((one) => h("li", { data: { key: `rest-${one.id}` } }, card(one, "matrix"))))) : null,
    ];
  };
  E.board = () => h("section.e-board", { "aria-labelledby": "board-title", data: { key: "board" } },
    h("div.e-row", h("h2", { id: "board-title" }, t("todos")),
      h("div.joined", { role: "group", "aria-label": t("view") }, ["board", "matrix"].map((one) => button(t(one), "view", { id: `view-${one}`, "aria-pressed": String(E.view === one), data: { view: one } }))),
      E.off || !E.points().length ? null : button(t("todo.new"), "todo", { class: "strong", id: "new-todo" })),
    E.state.opportunities.length ? (E.view === "board" ? board() : matrix()) : h("p.quiet", t("todo.none")));

  E.on.view = (one) => { E.view = one.dataset.view; E.render(); };
  // A new card stands at the touchpoint that is chosen, else at the lowest, else at the first.
  E.on.todo = (one) => {
    const chosen = E.chosen(), lowest = [...E.state.lows].sort((a, b) => b.severity - a.severity)[0];
    const at = one.dataset.id || (chosen && chosen.kind === "touchpoint" && chosen.id) || (lowest && lowest.touchpoint) || E.points()[0].id;
    const title = t("new.todo"), count = E.state.opportunities.length;
    E.act([{ do: "add", path: ["opportunities"], at: null, value: { title, at } }], t("did.add", { title }), {
      then: () => { const made = E.state.opportunities[count] || E.state.opportunities.find((other) => other.title === title); if (made) E.choose("opportunity", made.id, made.path); E.sheet = true; },
      focus: () => "f-title", said: t("said.add"),
    });
  };
  function change(id, values, prefix, said) {
    const one = todo(id);
    E.act(Object.entries(values).map(([key, value]) => ({ do: "set", path: [...one.path, key], value })), t("did.move", { title: one.title }), { focus: `${prefix}-${id}`, said });
  }
  const put = (id, status) => { if (status !== (todo(id).status || "idea")) change(id, { status }, "todo", t("said.status", { title: todo(id).title, status: label(status) })); else E.render(); };
  const place = (id, impact, effort) => {
    const one = todo(id);
    if (Math.round(one.impact) === impact && Math.round(one.effort) === effort) { E.render(); return; }
    change(id, { impact, effort }, "cell", t("said.cell", { title: one.title, impact, effort }));
  };
  E.keys.board = (one, event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key] * (document.dir === "rtl" ? -1 : 1), id = one.dataset.id;
    if (event.key === "Delete" && !E.off) { event.preventDefault(); E.remove("opportunity", id); return; }
    if (!by || !event.altKey || E.off) return;
    event.preventDefault();
    const status = STATUSES[STATUSES.indexOf(todo(id).status || "idea") + by];
    if (status) put(id, status);
  };
  E.keys.matrix = (one, event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, 0], ArrowDown: [-1, 0] }[event.key], found = todo(one.dataset.id);
    if (!step || event.ctrlKey || event.metaKey || E.off) return;
    event.preventDefault();
    const within = (value) => Math.min(5, Math.max(1, value));
    if (!found.impact || !found.effort) place(found.id, Math.round(found.impact) || 3, Math.round(found.effort) || 3);
    else place(found.id, within(Math.round(found.impact) + step[0]), within(Math.round(found.effort) + step[1]));
  };
  // The card lies below the pointer: what is under it is asked for without the card.
  const under = (event, card, selector) => {
    const all = document.elementsFromPoint(event.clientX, event.clientY).filter((one) => !card.contains(one));
    return all.map((one) => one.closest(selector)).find(Boolean) || null;
  };
  const drag = (selector, drop) => ({
    begin: (one) => ({ id: one.dataset.id, to: null }),
    over: (held, event, card) => {
      E.root.querySelectorAll(".drop").forEach((other) => other.classList.remove("drop"));
      held.to = under(event, card, selector);
      if (held.to) held.to.classList.add("drop");
    },
    drop: (held) => { if (held.to) drop(held.id, held.to.dataset); else E.render(); },
  });
  E.drags.board = drag("[data-status]", (id, data) => put(id, data.status));
  E.drags.matrix = drag("[data-impact]", (id, data) => place(id, Number(data.impact), Number(data.effort)));
})();
