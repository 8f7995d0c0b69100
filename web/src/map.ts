// The map of the situation: hubs, origins and routes as known at a month, with a slider over the months.
//
// It draws into `<figure data-map="/address/of/world" data-shapes="/address/of/shapes">` and reads two
// documents, once: the outlines of countries, and what was known when. Every month after that is drawn without
// a request. Colours are classes of the style sheet, words are attributes of the figure (`data-word-…`): nothing
// here is written for a reader. What it shows is also in the table beside it.
import { geoCentroid, geoEqualEarth, geoPath, type GeoPermissibleObjects } from "d3-geo";
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

/** What was known when. Steps count months from the first. */
interface World {
  /** Months as `2023-06`, in order. */
  months: string[];
  /** What the reader calls each country that appears. */
  names: Record<string, string>;
  /** 0 unknown, 1 reported, 2 confirmed. */
  hubs: { country: string; states: Steps }[];
  /** 0 unknown, 1 known; the same for places. */
  origins: { country: string; states: Steps }[];
  /** How many events are known. */
  routes: { origin: string; hub: string; events: Steps }[];
  places: { name: string; country: string; lon: number; lat: number; states: Steps }[];
}

/** From which step on it had which value. */
type Steps = [number, number][];
const CONFIRMED = 2;

type Point = [number, number];
/** Countries too small for an outline, with the place of each. */
type Shapes = Topology<{ countries: GeometryCollection }> & { small: [string, number, number][] };
type Shape = Feature<Polygon | MultiPolygon> & { id?: string };

const SIZE = { width: 960, height: 440 };
/** What of the width is seen at first on a narrow screen: from the Atlantic eastwards. The rest is a drag away. */
const NARROW = { left: 330, width: 630, below: "(max-width: 40rem)" };
const ZOOM = { min: 1, max: 12, step: 1.6 };
/** How long a month stays when the months play, in milliseconds. */
const STEP_MS = 350;
const SVG = "http://www.w3.org/2000/svg";

function svg<K extends keyof SVGElementTagNameMap>(name: K, attributes: Record<string, string | number>): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function button(label: string, text: string, press: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.setAttribute("aria-label", label);
  made.title = label;
  made.addEventListener("click", press);
  return made;
}

/** The last value whose step has come; 0 before the first. */
function at(steps: Steps, step: number): number {
  let value = 0;
  for (const [from, count] of steps) if (from <= step) value = count;
  return value;
}

/** The month since which a value has not been 0; none if it is. */
function since(steps: Steps, step: number): number | undefined {
  let start: number | undefined;
  for (const [from, value] of steps) {
    if (from > step) break;
    start = value === 0 ? undefined : (start ?? from);
  }
  return start;
}

class WorldMap {
  private readonly projection = geoEqualEarth().rotate([-11, 0]);
  private readonly path = geoPath(this.projection);
  private readonly seen = matchMedia(NARROW.below).matches ? NARROW : { left: 0, width: SIZE.width };
  private readonly picture = svg("svg", { viewBox: `${this.seen.left} 0 ${this.seen.width} ${SIZE.height}` });
  private readonly scene = svg("g", {});
  private readonly countries = new Map<string, SVGElement>();
  private readonly centres = new Map<string, Point>();
  private readonly routeLayer = svg("g", {});
  private readonly placeLayer = svg("g", {});
  private readonly tip = document.createElement("p");
  private readonly live = document.createElement("p");
  private view = { x: 0, y: 0, scale: 1 };
  private step: number;
  private timer: number | undefined;

  constructor(private readonly figure: HTMLElement, private readonly world: World, shapes: Shapes) {
    this.step = world.months.length - 1;
    const all = feature(shapes, shapes.objects.countries) as FeatureCollection<Polygon | MultiPolygon>;
    this.projection.fitExtent([[4, 4], [SIZE.width - 4, SIZE.height - 4]], all as GeoPermissibleObjects);
    this.picture.setAttribute("role", "group");
    this.picture.setAttribute("aria-label", this.word("map"));
    this.drawCountries(all.features as Shape[], shapes.small);
    this.scene.append(this.routeLayer, this.placeLayer);
    this.picture.append(this.scene);
    this.tip.className = "map-tip";
    this.tip.hidden = true;
    this.live.className = "only-read";
    this.live.setAttribute("aria-live", "polite");
    const box = figure.querySelector(".map") ?? figure;
    box.replaceChildren(this.picture, this.tools(), this.tip);
    figure.querySelector(".map-time")?.replaceChildren(...this.slider(), this.live);
    this.move();
    this.drag();
  }

  /** Draws what was known at the end of a month. */
  show(step: number): void {
    this.step = Math.max(0, Math.min(step, this.world.months.length - 1));
    for (const [, shape] of this.countries) {
      shape.classList.remove("origin", "hub", "hub-confirmed", "new");
      shape.removeAttribute("tabindex");
    }
    for (const { country, states } of this.world.origins) if (at(states, this.step) > 0) this.mark(country, "origin");
    for (const { country, states } of this.world.hubs) {
      const state = at(states, this.step);
      if (state > 0) this.mark(country, state === CONFIRMED ? "hub-confirmed" : "hub");
      if (since(states, this.step) === this.step) this.mark(country, "new");
    }
    this.drawRoutes();
    this.drawPlaces();
    document.dispatchEvent(new CustomEvent("month", { detail: this.world.months[this.step] }));
  }

  private word(name: string): string {
    return this.figure.getAttribute(`data-word-${name}`) ?? name;
  }

  private name(country: string): string {
    return this.world.names[country] ?? country;
  }

  private mark(country: string, as: string): void {
    const shape = this.countries.get(country);
    shape?.classList.remove("origin");
    shape?.classList.add(as);
    shape?.setAttribute("tabindex", "0");
    shape?.setAttribute("role", "img");
    shape?.setAttribute("aria-label", this.told(country));
  }

  private drawCountries(shapes: Shape[], small: [string, number, number][]): void {
    for (const shape of shapes) {
      const drawn = svg("path", { d: this.path(shape) ?? "", class: "land" });
      this.scene.append(drawn);
      if (shape.id === undefined || this.countries.has(shape.id)) continue;
      this.countries.set(shape.id, drawn);
      this.listen(drawn, shape.id);
      const centre = this.projection(geoCentroid(largest(shape)));
      if (centre) this.centres.set(shape.id, centre);
    }
    for (const [country, lon, lat] of small) {
      const centre = this.projection([lon, lat]);
      if (!centre || !(country in this.world.names)) continue;
      const drawn = svg("circle", { cx: centre[0], cy: centre[1], r: 3, class: "land" });
      this.scene.append(drawn);
      this.countries.set(country, drawn);
      this.centres.set(country, centre);
      this.listen(drawn, country);
    }
  }

  private drawRoutes(): void {
    const routes = this.world.routes.map(({ origin, hub, events }) => ({ origin, hub, count: at(events, this.step) }));
    const drawn = routes.filter(({ count }) => count > 0).map(({ origin, hub, count }) => {
      const from = this.centres.get(origin);
      const to = this.centres.get(hub);
      const ends = from && to && [this.projection.invert?.(from), this.projection.invert?.(to)];
      if (!ends || !ends[0] || !ends[1]) return null;
      const d = this.path({ type: "LineString", coordinates: [ends[0], ends[1]] }) ?? "";
      return svg("path", { d, class: "route", "stroke-width": Math.min(1 + Math.log2(count) / 2, 4), "data-ends": `${origin} ${hub}` });
    });
    this.routeLayer.replaceChildren(...drawn.filter((route) => route !== null));
  }

  private drawPlaces(): void {
    const drawn = this.world.places.filter(({ states }) => at(states, this.step) > 0).map(({ name, country, lon, lat }) => {
      const [cx, cy] = this.projection([lon, lat]) ?? [0, 0];
      const dot = svg("circle", { cx, cy, r: 2.5 / this.view.scale, class: "place" });
      this.hover(dot, () => `${name}, ${this.name(country)}`);
      return dot;
    });
    this.placeLayer.replaceChildren(...drawn);
  }

  /** What a country is at this month, in one line. */
  private told(country: string): string {
    const hub = this.world.hubs.find((one) => one.country === country)?.states ?? [];
    const origin = this.world.origins.find((one) => one.country === country)?.states ?? [];
    const [hubSince, originSince] = [since(hub, this.step), since(origin, this.step)];
    const parts = [];
    if (hubSince !== undefined) {
      const sure = at(hub, this.step) === CONFIRMED;
      parts.push(`${this.word(sure ? "hub-confirmed" : "hub")} (${this.world.months[hubSince]})`);
    }
    if (originSince !== undefined) parts.push(`${this.word("origin")} (${this.world.months[originSince]})`);
    return [this.name(country), ...parts].join(" · ");
  }

  private listen(shape: SVGElement, country: string): void {
    this.hover(shape, () => (shape.hasAttribute("tabindex") ? this.told(country) : ""), country);
  }

  private hover(shape: SVGElement, told: () => string, country?: string): void {
    const enter = (): void => {
      const text = told();
      if (text === "") return;
      this.tip.textContent = text;
      this.tip.hidden = false;
      const box = shape.getBoundingClientRect();
      const frame = this.picture.getBoundingClientRect();
      const x = Math.min(Math.max(box.left + box.width / 2 - frame.left, 0), frame.width - this.tip.offsetWidth - 8);
      const y = Math.min(Math.max(box.top - frame.top - this.tip.offsetHeight - 8, 4), frame.height);
      // The object model may set styles where the policy forbids attributes.
      this.tip.style.left = `${x}px`;
      this.tip.style.top = `${y}px`;
      this.light(country);
    };
    const leave = (): void => {
      this.tip.hidden = true;
      this.light(undefined);
    };
    shape.addEventListener("pointerenter", enter);
    shape.addEventListener("focus", enter);
    shape.addEventListener("pointerleave", leave);
    shape.addEventListener("blur", leave);
  }

  /** Brings out the routes that begin or end in a country. */
  private light(country: string | undefined): void {
    for (const route of this.routeLayer.children) {
      const lit = country !== undefined && (route.getAttribute("data-ends") ?? "").split(" ").includes(country);
      route.classList.toggle("lit", lit);
    }
  }

  private tools(): HTMLElement {
    const tools = document.createElement("div");
    tools.className = "map-tools";
    tools.append(
      button(this.word("zoom-in"), "+", () => this.zoom(ZOOM.step)),
      button(this.word("zoom-out"), "−", () => this.zoom(1 / ZOOM.step)),
      button(this.word("region"), "◎", () => this.region()),
      button(this.word("reset"), "⌂", () => this.reset()),
    );
    return tools;
  }

  private zoom(by: number, x = this.seen.left + this.seen.width / 2, y = SIZE.height / 2): void {
    const scale = Math.max(ZOOM.min, Math.min(this.view.scale * by, ZOOM.max));
    const factor = scale / this.view.scale;
    this.view = { x: x - (x - this.view.x) * factor, y: y - (y - this.view.y) * factor, scale };
    this.move();
  }

  private reset(): void {
    this.view = { x: 0, y: 0, scale: 1 };
    this.move();
  }

  /** South-East Asia, where most hubs lie close together. */
  private region(): void {
    const [x, y] = this.projection([106, 13]) ?? [0, 0];
    const scale = 5;
    this.view = { x: this.seen.left + this.seen.width / 2 - x * scale, y: SIZE.height / 2 - y * scale, scale };
    this.move();
  }

  private move(): void {
    const { scale } = this.view;
    const { left, width } = this.seen;
    const x = Math.min(left, Math.max(this.view.x, left + width - SIZE.width * scale));
    const y = Math.min(0, Math.max(this.view.y, SIZE.height * (1 - scale)));
    this.view = { x, y, scale };
    this.scene.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
    this.drawPlaces();
  }

  private drag(): void {
    let last: Point | null = null;
    const { picture } = this;
    const unit = (): number => this.seen.width / picture.getBoundingClientRect().width;
    picture.addEventListener("pointerdown", (event) => {
      last = [event.clientX, event.clientY];
    });
    picture.addEventListener("pointermove", (event) => {
      if (!last || event.buttons === 0) return;
      picture.setPointerCapture(event.pointerId);
      this.view.x += (event.clientX - last[0]) * unit();
      this.view.y += (event.clientY - last[1]) * unit();
      last = [event.clientX, event.clientY];
      this.move();
    });
    picture.addEventListener("pointerup", () => { last = null; });
    picture.addEventListener("dblclick", (event) => {
      const frame = picture.getBoundingClientRect();
      this.zoom(ZOOM.step, this.seen.left + (event.clientX - frame.left) * unit(), (event.clientY - frame.top) * unit());
    });
    picture.addEventListener("keydown", (event) => {
      const move = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
      if (move) {
        this.view.x += move[0] ?? 0;
        this.view.y += move[1] ?? 0;
        this.move();
      } else if (event.key === "+" || event.key === "=") this.zoom(ZOOM.step);
      else if (event.key === "-") this.zoom(1 / ZOOM.step);
      else return;
      event.preventDefault();
    });
  }

  private slider(): HTMLElement[] {
    const { months } = this.world;
    const range = document.createElement("input");
    range.type = "range";
    range.max = String(months.length - 1);
    range.value = String(this.step);
    range.setAttribute("aria-label", this.word("month"));
    const output = document.createElement("output");
    output.className = "number";
    const tell = (): void => {
      const known = ({ states }: { states: Steps }): boolean => at(states, this.step) > 0;
      const hubs = this.world.hubs.filter(known).length;
      const origins = this.world.origins.filter(known).length;
      const month = months[this.step] ?? "";
      output.textContent = `${month} · ${this.word("hubs")}: ${hubs} · ${this.word("origins")}: ${origins}`;
      range.setAttribute("aria-valuetext", output.textContent);
    };
    const play = button(this.word("play"), "▶", () => {
      if (this.timer !== undefined) return stop();
      if (this.step === months.length - 1) this.show(0);
      play.textContent = "❚❚";
      play.setAttribute("aria-label", this.word("pause"));
      this.timer = window.setInterval(() => {
        go(this.step + 1);
        if (this.step === months.length - 1) stop();
      }, STEP_MS);
    });
    play.className = "quiet-button small-button";
    const stop = (): void => {
      window.clearInterval(this.timer);
      this.timer = undefined;
      play.textContent = "▶";
      play.setAttribute("aria-label", this.word("play"));
      this.live.textContent = output.textContent;
    };
    const go = (step: number): void => {
      this.show(step);
      range.value = String(this.step);
      tell();
    };
    range.addEventListener("input", () => go(Number(range.value)));
    range.addEventListener("pointerdown", () => { if (this.timer !== undefined) stop(); });
    go(this.step);
    return [play, range, output];
  }
}

/** The largest part of a country, so that an arrow starts on its mainland. */
function largest(shape: Shape): GeoPermissibleObjects {
  if (shape.geometry.type === "Polygon") return shape;
  const parts = shape.geometry.coordinates.map((coordinates) => ({ type: "Polygon" as const, coordinates }));
  const longest = parts.reduce((best, part) => ((part.coordinates[0]?.length ?? 0) > (best.coordinates[0]?.length ?? 0) ? part : best));
  return longest;
}

async function json<T>(address: string): Promise<T> {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as T;
}

async function start(figure: HTMLElement): Promise<void> {
  const [world, shapes] = await Promise.all([json<World>(figure.dataset.map ?? ""), json<Shapes>(figure.dataset.shapes ?? "")]);
  if (world.months.length > 0) new WorldMap(figure, world, shapes).show(world.months.length - 1);
}

for (const figure of document.querySelectorAll<HTMLElement>("[data-map]")) {
  start(figure).catch((error: unknown) => {
    figure.classList.add("failed");
    console.error("the map could not be drawn", error);
  });
}
