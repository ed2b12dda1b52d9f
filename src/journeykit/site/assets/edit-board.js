"use strict";
// Opportunities as cards: on a board by status, and by impact and effort.
{
  const { h, t, button, find, on, render } = E;
  const STATUSES = ["idea", "planned", "doing", "done", "dropped"], LEVELS = [1, 2, 3, 4, 5];
  const label = (status) => t(`opportunities.${status}`), statusOf = (one) => one.status || "idea", level = (value) => Math.round(value) || 0;

  const about = ({ at, owner, due, priority }) => [
    h("small", E.listed(at).map((id) => (find("touchpoint", id) || find("stage", id))?.title || id).join(" · ")),
    h("small", [owner, due, typeof priority === "number" && t("priority", { n: E.number(priority) })].filter(Boolean).join(" · ")),
  ];
  const cards = (all) => h("ul", all.map((one) => h("li", { data: { key: `todo-${one.id}` } },
    E.held("o-card", "opportunity", one.id, E.view, E.view, E.grip(), h("b", one.title), E.view === "board" && about(one)))));

  const views = {
    board: (all) => h("div.board.sideways", STATUSES.map((status) => {
      const members = all.filter((one) => statusOf(one) === status);
      return h("section", { data: { key: `status-${status}`, status }, "aria-label": label(status) }, h("h3", label(status), " ", h("small", members.length)),
        members.length ? cards(members) : h("p.quiet", "–"));
    })),
    matrix: (all) => {
      const open = all.filter((one) => !["done", "dropped"].includes(one.status)), rest = open.filter((one) => !one.impact || !one.effort);
      return [
        E.scrolled("div.wide.sideways", t("matrix"), h("table.matrix",
          h("thead", h("tr", h("td"), LEVELS.map((n) => h("th", { scope: "col" }, t("effort", { n }))))),
          h("tbody", LEVELS.toReversed().map((impact) => h("tr", h("th", { scope: "row" }, t("impact", { n: impact })),
            LEVELS.map((effort) => {
              const here = open.filter((one) => level(one.impact) === impact && level(one.effort) === effort);
              return h("td", { class: impact - effort >= 2 ? "high" : impact - effort <= -2 && "low", data: { impact, effort } }, here.length > 0 && cards(here));
            })))))),
        rest.length > 0 && h("div.o-rest", h("h3", t("unplaced")), cards(rest)),
      ];
    },
  };
  E.board = () => h("section#board.e-board", { "aria-labelledby": "board-title" },
    h("div.e-row", h("h2#board-title", t("todos")),
      h("div.joined", { role: "group", "aria-label": t("view") }, Object.keys(views).map((view) => button(t(view), "view", { id: `view-${view}`, "aria-pressed": E.view === view, data: { view } }))),
      !E.off && E.points().length > 0 && button(t("todo.new"), "todo", { class: "strong", id: "new-todo" })),
    E.state.opportunities.length ? [h("p#todo-help.away", t(`${E.view}.help`)), views[E.view](E.state.opportunities)] : h("p.quiet", t("todo.none")));

  on.view = ({ view }) => { E.view = view; render(); };
  // A new card stands at the touchpoint that is chosen, else at the lowest, else at the first.
  on.todo = ({ id }) => {
    const chosen = E.chosen(), [lowest] = E.state.lows.toSorted((a, b) => b.severity - a.severity), title = t("new.todo"), count = E.state.opportunities.length;
    const at = id || (chosen?.kind === "touchpoint" && chosen.id) || lowest?.touchpoint || E.points()[0].id;
    E.act(E.add(["opportunities"], { title, at }), t("did.add", { title }), E.added("opportunity", "f-title", ["opportunities", count]));
  };
  function change(one, values, said) {
    if (Object.entries(values).every(([key, value]) => (key === "status" ? statusOf(one) : level(one[key])) === value)) { render(); return; }
    E.act(Object.entries(values).map(([key, value]) => E.set([...one.path, key], value)), t("did.move", { title: one.title }), { focus: E.place("opportunity", one.id), said });
  }
  const put = (one, status) => change(one, { status }, t("said.status", { title: one.title, status: label(status) }));
  const place = (one, ...wanted) => {
    const [impact, effort] = wanted.map((value) => Math.min(5, Math.max(1, value)));
    change(one, { impact, effort }, t("said.cell", { title: one.title, impact, effort }));
  };
  E.keys.board = ({ id }, event, x) => {
    const one = find("opportunity", id), status = STATUSES[STATUSES.indexOf(statusOf(one)) + x];
    if (!x || !event.altKey || E.off) return false;
    if (status) put(one, status);
    return true;
  };
  E.keys.matrix = ({ id }, event, x, y) => {
    const one = find("opportunity", id), impact = level(one.impact), effort = level(one.effort);
    if (!(x || y) || E.off) return false;
    if (impact && effort) place(one, impact + y, effort + x);
    else place(one, impact || 3, effort || 3);
    return true;
  };
  // What is carried lets the pointer through: what lies below it is found.
  const below = (selector) => (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest(selector);
  E.drags.board = E.carried(below("[data-status]"), ({ id }, { status }) => put(find("opportunity", id), status));
  // Own lanes of charts; what a touchpoint has in them stands in its form.
  E.laneList = () => E.section("h2", "lanes", t("lanes"),
    h("ul", E.state.lanes.map(({ id, title }) => h("li", { data: { key: `lane-${id}` } }, E.held("o-card", "lane", id, "along", "lane", E.grip(), h("b", title))))),
    !E.off && h("div#add-lane", E.typed(["lanes"], "name", "new-lane", t("lane.new"))));
  const laneAt = (wanted) => E.state.lanes.findIndex(({ id }) => id === wanted);
  E.moveLane = (id, by) => {
    const { path, title } = find("lane", id), all = E.state.lanes.length;
    if (!by || !E.state.lanes[laneAt(id) + by]) render();
    else E.act({ do: "order", path, by }, t("did.move", { title }), { focus: E.place("lane", id), said: () => t("said.lane", { title, n: laneAt(id) + 1, all }) });
  };
  E.drags.lane = E.carried(below("[data-kind=lane]"), (one, to) => E.moveLane(one.id, laneAt(to.id) - laneAt(one.id)));
  E.drags.matrix = E.carried(below("[data-impact]"), ({ id }, { impact, effort }) => place(find("opportunity", id), +impact, +effort));
}
