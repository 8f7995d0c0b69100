// The picture: sigma draws the graph; colours come from the style sheet, so that light and dark are one.

import type Graph from "graphology";
import Sigma from "sigma";
import { NodeSquareProgram } from "@sigma/node-square";
import type { Settings } from "sigma/settings";
import type { NodeDisplayData, PartialButFor } from "sigma/types";
import { family, type DrawnNode, type DrawnTie } from "./data";

export interface Chosen {
  node: string | null;
  tie: string | null;
  /** What the keyboard or the pointer is at in the table. */
  touched: string | null;
  /** Nodes and ties of a way. */
  way: Set<string>;
}

export interface Wishes {
  shownNode(id: string): boolean;
  shownTie(id: string): boolean;
  chosen: Chosen;
}

const FAMILIES = ["phone", "email", "url", "domain", "handle", "crypto", "iban", "report", "campaign"];

/** A square that is told of like a circle: its own drawings know neither dark colours nor where the picture ends. */
class Square extends NodeSquareProgram {
  override drawLabel = undefined as unknown as NodeSquareProgram["drawLabel"];
  override drawHover = undefined as unknown as NodeSquareProgram["drawHover"];
}

interface Colours {
  families: Map<string, string>;
  tie: string;
  tieFaint: string;
  text: string;
  surface: string;
  accent: string;
  warn: string;
}

function colours(element: Element): Colours {
  const style = getComputedStyle(element);
  const read = (name: string, other: string) => style.getPropertyValue(name).trim() || other;
  return {
    families: new Map(FAMILIES.map((name) => [name, read(`--graph-${name}`, "#557")])),
    tie: read("--graph-tie", "#8a93a0"),
    tieFaint: read("--graph-tie-faint", "#d5d9df"),
    text: read("--graph-text", "#1b2430"),
    surface: read("--graph-surface", "#ffffff"),
    accent: read("--graph-accent", "#0b6e75"),
    warn: read("--graph-warn", "#c2410c"),
  };
}

/** By the reports behind a node; the smaller the more nodes there are. */
export function nodeSize(node: DrawnNode, order: number): number {
  const room = Math.max(0.3, Math.min(1, Math.sqrt(150 / order)));
  return room * (4 + Math.min(14, 2.2 * Math.log2(1 + node.reports))) + (node.step === 0 ? 3 : 0);
}

/** The text, or as much of its beginning as fits into the width. */
function shortened(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  const letters = Array.from(text);
  while (letters.length > 0 && context.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return letters.length > 0 ? `${letters.join("")}…` : "";
}

export class Picture {
  readonly sigma: Sigma;
  private colours: Colours;

  constructor(
    private readonly graph: Graph,
    private readonly element: HTMLElement,
    private readonly wishes: Wishes,
  ) {
    this.colours = colours(element);
    const settings: Partial<Settings> = {
      allowInvalidContainer: true,
      enableEdgeEvents: true,
      defaultNodeType: "circle",
      nodeProgramClasses: { square: Square },
      zIndex: true,
      labelFont: getComputedStyle(element).fontFamily,
      labelSize: 13,
      labelColor: { attribute: "labelColour", color: this.colours.text },
      labelRenderedSizeThreshold: 7,
      labelDensity: 0.7,
      minCameraRatio: 0.02,
      maxCameraRatio: 8,
      stagePadding: 40,
      nodeReducer: (id, data) => this.node(id, data),
      edgeReducer: (id, data) => this.tie(id, data),
      defaultDrawNodeLabel: (context, data, settings) => this.label(context, data, settings),
      defaultDrawNodeHover: (context, data, settings) => this.hover(context, data, settings),
    };
    this.sigma = new Sigma(graph, element, settings);
  }

  /** Reads the colours anew: the reader changed between light and dark. */
  recolour(): void {
    this.colours = colours(this.element);
    this.sigma.setSetting("labelColor", { attribute: "labelColour", color: this.colours.text });
    this.sigma.refresh();
  }

  refresh(): void {
    this.sigma.refresh();
  }

  /** Moves the camera to a node; at once where motion is not wanted. */
  goTo(id: string, calm: boolean): void {
    const at = this.sigma.getNodeDisplayData(id);
    if (!at) return;
    const camera = this.sigma.getCamera();
    const to = { x: at.x, y: at.y, ratio: Math.min(camera.getState().ratio, 0.5) };
    if (calm) camera.setState(to);
    else void camera.animate(to, { duration: 300 });
  }

  zoom(factor: number, calm: boolean): void {
    const camera = this.sigma.getCamera();
    const ratio = factor === 0 ? 1 : camera.getState().ratio * factor;
    const to = factor === 0 ? { x: 0.5, y: 0.5, ratio: 1, angle: 0 } : { ratio };
    if (calm) camera.setState(to);
    else void camera.animate(to, { duration: 200 });
  }

  /** What is on the screen, as a picture with the background of the page. */
  async png(): Promise<Blob> {
    // The layers are read in the same turn in which they are drawn: a WebGL canvas is empty afterwards.
    this.sigma.refresh();
    const layers = this.sigma.getCanvases();
    const first = layers["edges"] as HTMLCanvasElement;
    const whole = document.createElement("canvas");
    whole.width = first.width;
    whole.height = first.height;
    const context = whole.getContext("2d");
    if (!context) throw new Error("no canvas");
    context.fillStyle = this.colours.surface;
    context.fillRect(0, 0, whole.width, whole.height);
    for (const name of ["edges", "edgeLabels", "nodes", "labels"]) {
      const layer = layers[name];
      if (layer) context.drawImage(layer, 0, 0, whole.width, whole.height);
    }
    return new Promise((resolve, reject) => {
      whole.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
    });
  }

  private node(id: string, data: Record<string, unknown>): Partial<NodeDisplayData> & { labelColour?: string } {
    const { chosen } = this.wishes;
    const drawn = data["drawn"] as DrawnNode;
    const of = family(drawn.kind);
    const near = this.isNear(id);
    const out: Partial<NodeDisplayData> & { labelColour?: string } = {
      ...(data as Partial<NodeDisplayData>),
      hidden: !this.wishes.shownNode(id),
      color: near ? (this.colours.families.get(of) ?? this.colours.tie) : this.colours.tieFaint,
      type: of === "report" || of === "campaign" ? "square" : "circle",
      label: near ? drawn.label + (drawn.more ? " +" : "") : "",
      labelColour: this.colours.text,
      zIndex: near ? 1 : 0,
    };
    if (id === chosen.node || id === chosen.touched || chosen.way.has(id)) {
      out.highlighted = true;
      out.forceLabel = true;
      out.zIndex = 2;
    } else if (drawn.step === 0 || data["fixed"] === true) {
      out.forceLabel = near;
    }
    return out;
  }

  private tie(id: string, data: Record<string, unknown>): Record<string, unknown> {
    const { chosen } = this.wishes;
    const drawn = data["drawn"] as DrawnTie;
    const [from, to] = this.graph.extremities(id);
    const ofChosen = chosen.node !== null && (from === chosen.node || to === chosen.node);
    const strong = id === chosen.tie || id === chosen.touched || chosen.way.has(id);
    const near = chosen.node === null || ofChosen || strong;
    let color = near ? this.colours.tie : this.colours.tieFaint;
    if (drawn.kind === "pays_to") color = near ? this.colours.warn : color;
    if (strong) color = this.colours.accent;
    return {
      ...data,
      color,
      hidden: !this.wishes.shownTie(id),
      size: (strong ? 3 : 0.6) + 2.4 * drawn.strength,
      zIndex: strong ? 2 : near ? 1 : 0,
    };
  }

  /** While a node is chosen, what is not tied to it steps back. */
  private isNear(id: string): boolean {
    const { chosen } = this.wishes;
    if (chosen.node === null || id === chosen.node || id === chosen.touched || chosen.way.has(id)) return true;
    return !this.graph.hasNode(chosen.node) || this.graph.areNeighbors(id, chosen.node);
  }

  /** A label beside its node: on the side where it fits, shortened where it fits on neither. */
  private label(
    context: CanvasRenderingContext2D,
    data: PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">,
    settings: Settings,
  ): void {
    if (!data.label) return;
    const { labelSize: size, labelFont: font, labelWeight: weight } = settings;
    context.font = `${weight} ${size}px ${font}`;
    context.fillStyle = this.colours.text;
    const gap = data.size + 3;
    const [before, after] = [data.x - gap, this.element.clientWidth - data.x - gap];
    const onRight = context.measureText(data.label).width <= after || after >= before;
    const text = shortened(context, data.label, onRight ? after : before);
    const left = onRight ? data.x + gap : data.x - gap - context.measureText(text).width;
    context.fillText(text, left, data.y + size / 3);
  }

  private hover(
    context: CanvasRenderingContext2D,
    data: PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">,
    settings: Settings,
  ): void {
    const { labelSize: size, labelFont: font } = settings;
    context.font = `${size}px ${font}`;
    context.strokeStyle = this.colours.accent;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI);
    context.stroke();
    if (!data.label) return;
    const width = context.measureText(data.label).width;
    // The whole label, within the picture as far as it fits.
    const left = Math.max(0, Math.min(data.x + data.size + 4, this.element.clientWidth - width - 11));
    context.fillStyle = this.colours.surface;
    context.fillRect(left, data.y - size / 2 - 5, width + 10, size + 10);
    context.lineWidth = 1;
    context.strokeRect(left, data.y - size / 2 - 5, width + 10, size + 10);
    context.fillStyle = this.colours.text;
    context.fillText(data.label, left + 5, data.y + size / 3);
  }
}
