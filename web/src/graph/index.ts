// The network page: the picture, the tables beside it and the panel with the evidence, over one state.
//
// The page works without this script: the server draws the same nodes and ties as tables. What this script
// adds is the picture, and changes that need no new page. It asks only the server that sent it.

import Graph from "graphology";
import { ask, family, nodeShown, parameters, readState, tieInTime, type Drawing, type DrawnNode, type DrawnTie, type Place, type State } from "./data";
import { firstPlace, Layout } from "./layout";
import { nodeSize, Picture, type Chosen } from "./picture";
import { Table } from "./table";

const ROUNDS_FIRST = 400;
const ROUNDS_MORE = 150;
/** How far the pointer may move before a press is a drag. */
const DRAG_PIXELS = 4;

class Page {
  private readonly graph = new Graph({ multi: true, type: "undirected" });
  private readonly chosen: Chosen = { node: null, tie: null, touched: null, way: new Set() };
  private readonly calm = matchMedia("(prefers-reduced-motion: reduce)");
  private readonly state: State;
  private readonly layout: Layout;
  private readonly nodesTable: Table;
  private readonly tiesTable: Table;
  private readonly kindNames = new Map<string, string>();
  private picture: Picture | null = null;
  private wayFrom: string | null = null;
  private wanted = "";
  private span: { days: string[]; from: HTMLInputElement; until: HTMLInputElement } | null = null;
  private lookedAt = 0;

  constructor(private readonly root: HTMLElement) {
    const pinned = JSON.parse(root.dataset["pinned"] || "{}") as Record<string, Place>;
    this.state = readState(new URL(location.href), pinned);
    const fromServer = root.dataset["query"];
    if (fromServer) {
      // A saved view has its query in the page, not in the address.
      this.state = readState(new URL(`?${fromServer}`, location.href), pinned);
    }
    for (const item of root.querySelectorAll<HTMLElement>("[data-node-kind]")) {
      this.kindNames.set(item.dataset["nodeKind"] as string, item.textContent ?? "");
    }
    for (const item of root.querySelectorAll<HTMLElement>("[data-tie-kind]")) {
      this.kindNames.set(item.dataset["tieKind"] as string, item.textContent ?? "");
    }
    this.layout = new Layout(this.graph, (finished) => this.moved(finished));
    this.nodesTable = new Table(this.part("nodes"), {
      choose: (id) => void this.choose(id, true),
      touch: (id) => this.touch(id),
      act: (name, id) => this.act(name, id),
    });
    this.tiesTable = new Table(this.part("ties"), {
      choose: (id) => void this.chooseTie(id),
      touch: (id) => this.touch(id),
      act: () => undefined,
    });
  }

  async start(): Promise<void> {
    this.root.classList.add("live");
    for (const hidden of this.root.querySelectorAll<HTMLElement>("[data-live]")) hidden.hidden = false;
    for (const still of this.root.querySelectorAll<HTMLElement>("[data-still]")) still.hidden = true;
    try {
      this.picture = new Picture(this.graph, this.part("picture"), {
        shownNode: (id) => this.shownNode(id),
        shownTie: (id) => this.shownTie(id),
        chosen: this.chosen,
      });
      this.listen(this.picture);
    } catch {
      // A machine without WebGL has the tables.
      this.part("picture").hidden = true;
      this.say("noPicture");
    }
    this.controls();
    await this.load(ROUNDS_FIRST);
  }

  private part(name: string): HTMLElement {
    return this.root.querySelector<HTMLElement>(`[data-part=${name}]`) as HTMLElement;
  }

  /** Says something in the reader's language: the words stand in the page. */
  private say(word: string, more = ""): void {
    this.part("status").textContent = [this.root.dataset[`word${word[0]?.toUpperCase()}${word.slice(1)}`] ?? "", more].join(" ").trim();
  }

  private async load(rounds: number): Promise<void> {
    if (this.state.centre.length + this.state.more.length + this.state.also.length === 0) return;
    this.say("loading");
    this.root.setAttribute("aria-busy", "true");
    try {
      const drawing = await ask<Drawing>(`${this.root.dataset["source"]}?${parameters(this.state, false)}`);
      this.merge(drawing);
      this.timeline(drawing);
      this.kinds(drawing);
      this.show();
      this.say(drawing.complete ? "ready" : "incomplete");
      this.layout.run(rounds, this.calm.matches);
    } catch (error) {
      this.say("failed", error instanceof Error ? error.message : "");
    }
    this.root.removeAttribute("aria-busy");
  }

  /** Takes a drawing in: what was there keeps its place. */
  private merge(drawing: Drawing): void {
    const nodes = new Set(drawing.nodes.map((node) => node.id));
    const ties = new Set(drawing.ties.map((tie) => tie.id));
    for (const id of this.graph.edges()) if (!ties.has(id)) this.graph.dropEdge(id);
    for (const id of this.graph.nodes()) if (!nodes.has(id)) this.graph.dropNode(id);
    const beside = new Map<string, string[]>();
    for (const tie of drawing.ties) {
      for (const [a, b] of [[tie.from, tie.to], [tie.to, tie.from]] as const) {
        const others = beside.get(a);
        if (others) others.push(b);
        else beside.set(a, [b]);
      }
    }
    for (const node of drawing.nodes) {
      const look = { drawn: node, label: node.label, size: nodeSize(node, drawing.nodes.length) };
      if (this.graph.hasNode(node.id)) {
        this.graph.mergeNodeAttributes(node.id, look);
        continue;
      }
      const pinned = this.state.pinned.get(node.id);
      const place = pinned ?? firstPlace(this.graph, node.id, node.step, beside.get(node.id) ?? []);
      this.graph.addNode(node.id, { ...look, ...place, fixed: pinned !== undefined });
    }
    for (const tie of drawing.ties) {
      const look = { drawn: tie, weight: 0.2 + tie.strength };
      if (this.graph.hasEdge(tie.id)) this.graph.mergeEdgeAttributes(tie.id, look);
      else this.graph.addEdgeWithKey(tie.id, tie.from, tie.to, look);
    }
    if (this.chosen.node && !this.graph.hasNode(this.chosen.node)) this.chosen.node = null;
    if (this.chosen.tie && !this.graph.hasEdge(this.chosen.tie)) this.chosen.tie = null;
  }

  /** One box for each kind that is there: what is ticked is left out. */
  private kinds(drawing: Drawing): void {
    const template = this.root.querySelector<HTMLTemplateElement>("[data-kind-template]");
    if (!template) return;
    const boxes = drawing.kinds.map(([kind, count], at) => {
      const copy = template.content.cloneNode(true) as DocumentFragment;
      const box = copy.querySelector("input") as HTMLInputElement;
      box.id = `kind-${at + 1}`;
      box.value = kind;
      box.dataset["kind"] = kind;
      box.checked = this.state.hiddenKinds.has(kind);
      copy.querySelector("label")?.setAttribute("for", box.id);
      copy.querySelector("circle")?.setAttribute("class", `kind-${family(kind)}`);
      for (const [field, text] of [["word", this.kindNames.get(kind) ?? kind], ["count", String(count)]]) {
        const place = copy.querySelector(`[data-field=${field}]`);
        if (place) place.textContent = text as string;
      }
      return copy;
    });
    this.part("kinds").replaceChildren(...boxes);
  }

  private drawnNode(id: string): DrawnNode {
    return this.graph.getNodeAttribute(id, "drawn") as DrawnNode;
  }

  private drawnTie(id: string): DrawnTie {
    return this.graph.getEdgeAttribute(id, "drawn") as DrawnTie;
  }

  private shownTie(id: string): boolean {
    const [from, to] = this.graph.extremities(id);
    const ends = nodeShown(this.drawnNode(from), this.state) && nodeShown(this.drawnNode(to), this.state);
    return ends && tieInTime(this.drawnTie(id), this.state);
  }

  private shownNode(id: string): boolean {
    const node = this.drawnNode(id);
    if (!nodeShown(node, this.state)) return false;
    if ((!this.state.from && !this.state.until) || node.step === 0 || this.graph.degree(id) === 0) return true;
    return this.graph.someEdge(id, (tie) => tieInTime(this.drawnTie(tie), this.state));
  }

  /** Brings tables, address and picture in line with the state. */
  private show(): void {
    const wanted = this.wanted.toLowerCase();
    const fits = (node: DrawnNode) => !wanted || node.label.toLowerCase().includes(wanted) || node.key.toLowerCase().includes(wanted);
    const nodes = this.graph.nodes().filter((id) => this.shownNode(id)).map((id) => this.drawnNode(id)).filter(fits);
    nodes.sort((a, b) => a.step - b.step || b.reports - a.reports || (a.id < b.id ? -1 : 1));
    const ties = this.graph.edges().filter((id) => this.shownTie(id)).map((id) => this.drawnTie(id));
    const ofWanted = ties.filter((tie) => !wanted || fits(this.drawnNode(tie.from)) || fits(this.drawnNode(tie.to)));
    ofWanted.sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1));
    const name = (kind: string) => this.kindNames.get(kind) ?? this.kindNames.get(kind.split(":")[0] as string) ?? kind;
    this.nodesTable.showNodes(nodes, name, (id) => this.state.pinned.has(id));
    this.tiesTable.showTies(ofWanted, (id) => this.drawnNode(id).label, name);
    this.nodesTable.mark(this.chosen.node);
    this.tiesTable.mark(this.chosen.tie);
    const unhide = this.root.querySelector<HTMLElement>("[data-tool=unhide]");
    if (unhide) unhide.hidden = this.state.hidden.size === 0;
    for (const tool of this.root.querySelectorAll<HTMLButtonElement>("[data-needs=node]")) {
      tool.disabled = this.chosen.node === null;
    }
    this.address();
    this.picture?.refresh();
  }

  /** The address, the links to exports and the form that saves the view say what is shown. */
  private address(): void {
    const all = parameters(this.state, true);
    if (this.state.centre.length + this.state.more.length + this.state.also.length > 0) {
      history.replaceState(null, "", `${location.pathname}?${all}`);
    }
    for (const link of this.root.querySelectorAll<HTMLAnchorElement>("a[data-export]")) {
      const out = new URLSearchParams(all);
      out.set("format", link.dataset["export"] as string);
      link.href = `${link.dataset["base"]}?${out}`;
    }
    const query = this.root.querySelector<HTMLInputElement>("[data-save=query]");
    if (query) query.value = all.toString();
    const pinned = this.root.querySelector<HTMLInputElement>("[data-save=pinned]");
    if (pinned) pinned.value = JSON.stringify(Object.fromEntries(this.state.pinned));
  }

  private moved(finished: boolean): void {
    this.picture?.refresh();
    if (finished) this.root.dataset["settled"] = "true";
  }

  // What a person does.

  private touch(id: string | null): void {
    this.chosen.touched = id;
    this.picture?.refresh();
  }

  private async choose(id: string, go: boolean): Promise<void> {
    if (this.wayFrom !== null && this.wayFrom !== id) {
      const from = this.wayFrom;
      this.wayFrom = null;
      await this.way(from, id);
      return;
    }
    this.chosen.node = id;
    this.chosen.tie = null;
    this.chosen.way.clear();
    this.show();
    if (go) this.picture?.goTo(id, this.calm.matches);
    await this.panel(`${this.root.dataset["node"]}?${new URLSearchParams({ key: this.drawnNode(id).key })}`);
  }

  private async chooseTie(id: string): Promise<void> {
    const tie = this.drawnTie(id);
    this.chosen.tie = id;
    this.chosen.node = null;
    this.show();
    const ends = { a: this.drawnNode(tie.from).key, b: this.drawnNode(tie.to).key };
    await this.panel(`${this.root.dataset["tie"]}?${new URLSearchParams(ends)}`);
  }

  private release(): void {
    this.chosen.node = null;
    this.chosen.tie = null;
    this.chosen.way.clear();
    this.wayFrom = null;
    this.part("panel").replaceChildren();
    this.show();
  }

  /** Shows what the server says of a node or a tie. Of several answers under way the last question counts. */
  private async panel(address: string): Promise<void> {
    this.lookedAt += 1;
    const turn = this.lookedAt;
    const panel = this.part("panel");
    panel.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { "hx-request": "true" }, credentials: "same-origin" });
      const text = await answer.text();
      if (turn !== this.lookedAt) return;
      if (!answer.ok) throw new Error(answer.statusText);
      panel.innerHTML = text;
      // Where the panel lies below everything else, the reader is taken to it.
      if (matchMedia("(max-width: 68rem)").matches) panel.scrollIntoView({ block: "nearest" });
    } catch (error) {
      if (turn === this.lookedAt) this.say("failed", error instanceof Error ? error.message : "");
    }
    panel.removeAttribute("aria-busy");
  }

  private act(name: string, id: string): void {
    const node = this.drawnNode(id);
    switch (name) {
      case "expand":
        if (!this.state.more.includes(node.key)) this.state.more.push(node.key);
        void this.load(ROUNDS_MORE);
        break;
      case "hide":
        this.state.hidden.add(id);
        if (this.chosen.node === id) this.release();
        else this.show();
        break;
      case "pin":
        if (this.state.pinned.delete(id)) this.graph.setNodeAttribute(id, "fixed", false);
        else this.pin(id);
        this.show();
        break;
      case "way":
        this.wayFrom = id;
        this.chosen.node = id;
        this.show();
        this.say("wayTo", node.label);
        break;
      default:
        break;
    }
  }

  private pin(id: string): void {
    this.graph.setNodeAttribute(id, "fixed", true);
    const { x, y } = this.graph.getNodeAttributes(id) as Place & Record<string, unknown>;
    this.state.pinned.set(id, { x, y });
  }

  /** Shows how two nodes are connected. */
  private async way(from: string, to: string): Promise<void> {
    this.say("loading");
    const ends = new URLSearchParams({ way_from: this.drawnNode(from).key, way_to: this.drawnNode(to).key });
    try {
      const found = await ask<Drawing & { found: boolean }>(`${this.root.dataset["way"]}?${ends}`);
      if (!found.found) {
        this.say("noWay");
        return;
      }
      const known = new Set(this.graph.nodes());
      const keys = found.nodes.filter((node) => !known.has(node.id)).map((node) => node.key);
      if (keys.length > 0) {
        this.state.also.push(...keys.filter((key) => !this.state.also.includes(key)));
        await this.load(ROUNDS_MORE);
      }
      this.chosen.node = null;
      this.chosen.tie = null;
      this.chosen.way = new Set([...found.nodes, ...found.ties].map((one) => one.id));
      this.show();
      this.say("way", found.nodes.map((node) => node.label).join(" – "));
      await this.panel(`${this.root.dataset["wayPanel"]}?${ends}`);
    } catch (error) {
      this.say("failed", error instanceof Error ? error.message : "");
    }
  }

  private async png(): Promise<void> {
    if (!this.picture) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await this.picture.png());
    link.download = "network.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  // Controls.

  private controls(): void {
    const tools: Record<string, () => void> = {
      "zoom-in": () => this.picture?.zoom(0.6, this.calm.matches),
      "zoom-out": () => this.picture?.zoom(1.6, this.calm.matches),
      fit: () => this.picture?.zoom(0, this.calm.matches),
      settle: () => this.layout.run(ROUNDS_FIRST, this.calm.matches),
      unhide: () => {
        this.state.hidden.clear();
        this.show();
      },
      png: () => void this.png(),
      release: () => this.release(),
    };
    this.root.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-tool],[data-panel-act]") : null;
      if (!button) return;
      const tool = tools[button.dataset["tool"] ?? ""];
      const act = button.dataset["panelAct"];
      if (tool) {
        event.preventDefault();
        tool();
      } else if (act && this.chosen.node) {
        event.preventDefault();
        this.act(act, this.chosen.node);
      }
    });
    this.root.addEventListener("change", (event) => {
      const box = event.target;
      if (box instanceof HTMLInputElement && box.dataset["kind"]) {
        const kind = box.dataset["kind"];
        if (box.checked) this.state.hiddenKinds.add(kind);
        else this.state.hiddenKinds.delete(kind);
        this.show();
      }
    });
    const find = this.root.querySelector<HTMLInputElement>("[data-tool-find]");
    find?.addEventListener("input", () => {
      this.wanted = find.value.trim();
      this.show();
    });
    find?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const first = this.part("nodes").querySelector<HTMLElement>("tbody tr")?.dataset["id"];
      if (first && this.wanted) void this.choose(first, true);
    });
    this.root.addEventListener("submit", (event) => void this.submit(event));
    this.part("picture").addEventListener("keydown", (event) => this.pictureKey(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.picture?.recolour());
    new MutationObserver(() => this.picture?.recolour()).observe(document.documentElement, { attributes: true, attributeFilter: ["class", "data-theme"] });
  }

  /** A mark on a tie needs no new page: the tie goes out of the picture. */
  private async submit(event: SubmitEvent): Promise<void> {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset["mark"] === undefined) return;
    event.preventDefault();
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "hx-request": "true" }, credentials: "same-origin" });
      const text = await answer.text();
      if (!answer.ok) {
        this.part("panel").innerHTML = text;
        this.say("failed");
        return;
      }
      this.chosen.tie = null;
      await this.load(0);
      this.part("panel").innerHTML = text;
      this.say("marked");
    } catch (error) {
      this.say("failed", error instanceof Error ? error.message : "");
    }
  }

  private pictureKey(event: KeyboardEvent): void {
    const camera = this.picture?.sigma.getCamera();
    if (!camera || event.ctrlKey || event.metaKey || event.altKey) return;
    const { x, y, ratio } = camera.getState();
    const far = 0.1 * ratio;
    const moves: Record<string, () => void> = {
      ArrowLeft: () => camera.setState({ x: x - far }),
      ArrowRight: () => camera.setState({ x: x + far }),
      ArrowUp: () => camera.setState({ y: y + far }),
      ArrowDown: () => camera.setState({ y: y - far }),
      "+": () => this.picture?.zoom(0.6, true),
      "-": () => this.picture?.zoom(1.6, true),
      Enter: () => this.chosen.node && this.act("expand", this.chosen.node),
      Escape: () => this.release(),
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      move();
    }
  }

  /** The sliders go from the first to the last day behind the ties, in days. */
  private timeline(drawing: Drawing): void {
    const box = this.root.querySelector<HTMLElement>("[data-part=time]");
    if (!box) return;
    const from = box.querySelector<HTMLInputElement>("[data-time=from]");
    const until = box.querySelector<HTMLInputElement>("[data-time=until]");
    box.hidden = !drawing.first || !drawing.last || drawing.first === drawing.last;
    if (box.hidden || !from || !until || !drawing.first || !drawing.last) return;
    const start = Date.parse(drawing.first);
    const count = Math.round((Date.parse(drawing.last) - start) / 86_400_000);
    const days = Array.from({ length: count + 1 }, (_, at) => new Date(start + at * 86_400_000).toISOString().slice(0, 10));
    const fresh = this.span === null;
    this.span = { days, from, until };
    for (const slider of [from, until]) {
      slider.min = "0";
      slider.max = String(count);
    }
    const place = (day: string, other: number) => (day ? Math.max(0, Math.min(count, Math.round((Date.parse(day) - start) / 86_400_000))) : other);
    from.value = String(place(this.state.from, 0));
    until.value = String(place(this.state.until, count));
    if (fresh) for (const slider of [from, until]) slider.addEventListener("input", () => this.timeChanged(slider));
    this.tellTime();
  }

  private timeChanged(moved: HTMLInputElement): void {
    if (!this.span) return;
    const { from, until, days } = this.span;
    if (Number(from.value) > Number(until.value)) {
      if (moved === from) until.value = from.value;
      else from.value = until.value;
    }
    this.state.from = Number(from.value) > 0 ? (days[Number(from.value)] ?? "") : "";
    this.state.until = Number(until.value) < days.length - 1 ? (days[Number(until.value)] ?? "") : "";
    this.tellTime();
    this.show();
  }

  private tellTime(): void {
    if (!this.span) return;
    for (const slider of [this.span.from, this.span.until]) {
      const day = this.span.days[Number(slider.value)] ?? "";
      slider.setAttribute("aria-valuetext", day);
      const told = this.root.querySelector(`[data-time-told=${slider.dataset["time"]}]`);
      if (told) told.textContent = day;
    }
  }

  private listen(picture: Picture): void {
    const { sigma } = picture;
    let dragged: string | null = null;
    let pressed = { x: 0, y: 0 };
    let moving = false;
    sigma.on("clickNode", ({ node }) => {
      if (!moving) void this.choose(node, false);
    });
    sigma.on("clickEdge", ({ edge }) => void this.chooseTie(edge));
    sigma.on("clickStage", () => this.release());
    sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      this.act("expand", node);
    });
    sigma.on("downNode", ({ node, event }) => {
      dragged = node;
      moving = false;
      pressed = { x: event.x, y: event.y };
    });
    sigma.on("moveBody", ({ event }) => {
      if (!dragged) return;
      if (!moving && Math.hypot(event.x - pressed.x, event.y - pressed.y) < DRAG_PIXELS) return;
      if (!moving) {
        moving = true;
        this.graph.setNodeAttribute(dragged, "fixed", true);
        if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox());
      }
      const place = sigma.viewportToGraph(event);
      this.graph.mergeNodeAttributes(dragged, place);
      event.preventSigmaDefault();
      event.original.preventDefault();
      event.original.stopPropagation();
    });
    const drop = () => {
      if (dragged && moving) {
        this.pin(dragged);
        this.show();
      }
      dragged = null;
      sigma.setCustomBBox(null);
    };
    sigma.on("upNode", drop);
    sigma.on("upStage", drop);
  }
}

for (const root of document.querySelectorAll<HTMLElement>("[data-graph]")) void new Page(root).start();
