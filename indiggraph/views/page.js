"use strict";
(() => {
  const data = JSON.parse(document.getElementById("graph-data").textContent);
  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const at = (id) => document.getElementById(id);
  const neighbours = new Map(data.nodes.map((node) => [node.id, []]));
  for (const edge of data.edges) {
    neighbours.get(edge.from).push({ other: edge.to, label: edge.label, out: true, quotes: edge.quotes });
    neighbours.get(edge.to).push({ other: edge.from, label: edge.label, out: false, quotes: edge.quotes });
  }
  const network = new vis.Network(at("network"), { nodes, edges }, data.options);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const narrow = matchMedia("(max-width: 800px)");

  function paint() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    network.setOptions({
      nodes: { font: { color: colour("--text"), strokeWidth: 3, strokeColor: colour("--ground") } },
      edges: {
        color: { color: colour("--edge"), highlight: colour("--accent"), hover: colour("--accent") },
        font: { color: colour("--faint"), strokeColor: colour("--ground") },
      },
    });
    const ground = colour("--ground");
    nodes.update(data.nodes.filter((node) => node.pale).map((node) => {
      const pale = { background: ground, border: node.color };
      return { id: node.id, color: { ...pale, highlight: pale, hover: pale } };
    }));
  }

  // ---- details -----------------------------------------------------------------------------------------------

  function make(tag, text, className) {
    const element = document.createElement(tag);
    if (text !== undefined) { element.textContent = text; element.dir = "auto"; }
    if (className) element.className = className;
    return element;
  }

  function link(id, role) {
    const item = make("li");
    const button = make("button");
    button.type = "button";
    if (role) button.append(make("span", role, "role"));
    const detail = data.details[id];
    button.append(make("span", detail.label), make("span", ` ${detail.typeLabel}`, "type"));
    button.addEventListener("click", () => reach(id));
    item.append(button);
    return item;
  }

  function quoted(quote) {
    const block = make("blockquote");
    block.append(make("span", quote.text));
    const about = [quote.document, quote.publisher, quote.published].filter(Boolean).join(", ");
    block.append(make("cite", `${about}, characters ${quote.start}–${quote.end}`));
    return block;
  }

  function section(title, children) {
    return children.length ? [make("h3", title), ...children] : [];
  }

  function list(items) {
    const element = make("ul");
    element.append(...items);
    return items.length ? [element] : [];
  }

  function show(id) {
    const detail = data.details[id];
    const around = neighbours.get(id);
    const values = make("dl");
    for (const [name, text] of detail.values) values.append(make("dt", name), make("dd", text));
    const own = around.filter((n) => n.out || n.quotes.length);
    const facts = around.filter((n) => !n.out && !n.quotes.length);
    const posts = around.flatMap((n) => n.quotes);
    at("details").replaceChildren(
      make("h2", detail.label),
      make("p", detail.typeLabel, "type"),
      ...(detail.names.length ? [make("p", `also: ${detail.names.join("; ")}`)] : []),
      ...(detail.values.length ? [values] : []),
      ...section("Linked", list(own.map((n) => link(n.other, n.label)))),
      ...section("Part in facts", list(facts.map((n) => link(n.other, n.label)))),
      ...section("In the text", [...detail.quotes, ...posts].map(quoted)),
    );
    at("panel").scrollTop = 0;
  }

  function welcome() {
    const busiest = data.nodes.map((node) => node.id).filter((id) => data.details[id].kind === "thing")
      .sort((a, b) => neighbours.get(b).length - neighbours.get(a).length || a - b).slice(0, 12);
    at("details").replaceChildren(
      make("h2", "Click a node, or start with one of these"),
      ...list(busiest.map((id) => link(id))),
    );
  }

  function select(id) {
    if (nodes.get(id).hidden) toggle(kindOf(id), true);
    network.selectNodes([id]);
    network.focus(id, { scale: Math.max(network.getScale(), 0.8), animation: false });
    show(id);
  }

  // From a list: closes the list of what was found, and where all stands in one column goes to what is told.
  function reach(id) {
    at("results").replaceChildren();
    select(id);
    if (narrow.matches) at("panel").scrollIntoView();
    at("panel").focus({ preventScroll: true });
  }

  // ---- legend ------------------------------------------------------------------------------------------------

  const kindOf = (id) => (data.details[id].kind === "fact" || neighbours.get(id).length ? data.details[id].type : "unlinked");

  function toggle(kind, shown) {
    document.querySelectorAll(".kind").forEach((button) => {
      if (button.dataset.kind === kind) button.setAttribute("aria-pressed", String(shown));
    });
    nodes.update(data.nodes.filter((node) => kindOf(node.id) === kind).map(({ id }) => ({ id, hidden: !shown })));
  }

  document.querySelectorAll(".kind").forEach((button) => {
    button.addEventListener("click", () => toggle(button.dataset.kind, button.getAttribute("aria-pressed") !== "true"));
  });

  // ---- search ------------------------------------------------------------------------------------------------

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const keys = data.nodes.map(({ id }) => {
    const { label, names, values } = data.details[id];
    return { id, label: fold(label), all: fold([label, ...names, ...values.map(([, text]) => text)].join("\n")) };
  });

  function found() {
    const wanted = fold(at("search").value.trim());
    if (!wanted) return [];
    const rank = (key) => (key.label.startsWith(wanted) ? 0 : key.label.includes(wanted) ? 1 : 2);
    return keys.filter((key) => key.all.includes(wanted)).sort((a, b) => rank(a) - rank(b) || a.id - b.id);
  }

  function search() {
    const hits = found();
    const items = hits.slice(0, 30).map((key) => link(key.id));
    if (hits.length > 30) items.push(make("li", `and ${hits.length - 30} more`));
    if (!hits.length && at("search").value.trim()) items.push(make("li", "nothing found"));
    at("results").replaceChildren(...items);
  }

  at("search").addEventListener("input", search);
  at("search-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const [first] = found();
    if (first) reach(first.id);
  });
  at("search-form").addEventListener("keydown", (event) => {
    if (event.key === "Escape") at("results").replaceChildren();
  });

  // ---- zoom --------------------------------------------------------------------------------------------------

  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor });
  function fit() {
    network.fit({ nodes: nodes.getIds({ filter: (node) => !node.hidden }), maxZoomLevel: 1.2 });
    zoom(0.92);
  }
  at("zoom-in").addEventListener("click", () => zoom(1.4));
  at("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
  at("zoom-fit").addEventListener("click", fit);

  network.on("selectNode", ({ nodes: [id] }) => show(id));
  network.on("deselectNode", ({ nodes: ids }) => { if (!ids.length) welcome(); });
  network.on("hoverNode", () => { at("network").style.cursor = "pointer"; });
  network.on("blurNode", () => { at("network").style.cursor = ""; });
  dark.addEventListener("change", paint);
  at("legend").open = !narrow.matches;
  paint();
  welcome();
  // Only what was drawn once has a size, so the first picture is for measuring.
  network.once("afterDrawing", () => {
    fit();
    network.once("afterDrawing", () => { document.documentElement.dataset.ready = "true"; });
    network.redraw();
  });
  network.redraw();
})();
