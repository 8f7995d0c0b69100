// Where the nodes lie. Steps of ForceAtlas2 (Jacomy et al., PLoS ONE 2014) run between two frames, for as long
// as a frame has time: no worker, which a strict content policy would need to allow, and no frozen page.

import type Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import type { Place } from "./data";

/** A number from 0 to 1 that is the same for the same text: so the same network looks the same each time. */
export function fraction(text: string, seed: number): number {
  let hash = 2166136261 ^ seed;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  }
  hash ^= hash >>> 15;
  return (hash >>> 0) / 4294967296;
}

/** Where a new node begins: beside a neighbour that has a place, else on a ring of its step. */
export function firstPlace(graph: Graph, id: string, step: number, neighbours: string[]): Place {
  const placed = neighbours.filter((other) => graph.hasNode(other) && Number.isFinite(graph.getNodeAttribute(other, "x")));
  const angle = 2 * Math.PI * fraction(id, 1);
  if (placed.length > 0) {
    const near = placed[0] as string;
    const distance = 1 + 2 * fraction(id, 2);
    return {
      x: (graph.getNodeAttribute(near, "x") as number) + distance * Math.cos(angle),
      y: (graph.getNodeAttribute(near, "y") as number) + distance * Math.sin(angle),
    };
  }
  const distance = (step + 0.2 + 0.6 * fraction(id, 2)) * 10;
  return { x: distance * Math.cos(angle), y: distance * Math.sin(angle) };
}

export class Layout {
  private left = 0;
  private frame = 0;
  private perFrame = 1;

  constructor(
    private readonly graph: Graph,
    /** Called after each frame in which nodes moved, and once at the end. */
    private readonly moved: (finished: boolean) => void,
  ) {}

  get running(): boolean {
    return this.left > 0;
  }

  /** Runs so many rounds more; `quiet` moves nothing on the screen until the end. */
  run(rounds: number, quiet: boolean): void {
    if (rounds < 1 || this.graph.order < 2) {
      this.moved(true);
      return;
    }
    // A large network is slow to move and looks no better for more rounds.
    this.left = Math.ceil(rounds * Math.min(1, 600 / this.graph.order));
    cancelAnimationFrame(this.frame);
    const settings = {
      ...forceAtlas2.inferSettings(this.graph),
      barnesHutOptimize: this.graph.order > 300,
      gravity: 0.6,
      scalingRatio: 6,
      adjustSizes: this.graph.order < 300,
      edgeWeightInfluence: 0.5,
    };
    const budget = quiet ? 40 : 12;
    const next = () => {
      const start = performance.now();
      do {
        const rounds = Math.min(this.perFrame, this.left);
        const before = performance.now();
        forceAtlas2.assign(this.graph, { iterations: rounds, settings, getEdgeWeight: "weight" });
        const each = (performance.now() - before) / rounds;
        this.perFrame = Math.max(1, Math.min(50, Math.floor(budget / Math.max(each, 0.05))));
        this.left -= rounds;
      } while (this.left > 0 && performance.now() - start < budget / 2);
      const finished = this.left <= 0;
      if (finished || !quiet) this.moved(finished);
      if (!finished) this.frame = requestAnimationFrame(next);
    };
    this.frame = requestAnimationFrame(next);
  }

  stop(): void {
    this.left = 0;
    cancelAnimationFrame(this.frame);
  }
}
