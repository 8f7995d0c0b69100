// What the server says of the network, and what the address of the page says of the view: one state, which
// the address, the saved view and the exports share.

export interface DrawnNode {
  id: string;
  key: string;
  kind: string;
  label: string;
  step: number;
  reports: number;
  more: boolean;
  ties: number;
}

export interface DrawnTie {
  id: string;
  kind: string;
  from: string;
  to: string;
  strength: number;
  reports: number;
  shared_by?: number;
  first?: string;
  last?: string;
}

export interface Drawing {
  centre: string[];
  nodes: DrawnNode[];
  ties: DrawnTie[];
  kinds: [string, number][];
  first?: string;
  last?: string;
  complete: boolean;
}

export interface Place {
  x: number;
  y: number;
}

/** What is looked at. Every part but the places of pinned nodes stands in the address. */
export interface State {
  /** The nodes in the middle, as the server reads them. */
  centre: string[];
  steps: number;
  /** Nodes that were expanded by one step. */
  more: string[];
  /** Nodes that are shown without what is around them: those of a way. */
  also: string[];
  hiddenKinds: Set<string>;
  hidden: Set<string>;
  from: string;
  until: string;
  pinned: Map<string, Place>;
}

export function readState(address: URL, pinned: Record<string, Place>): State {
  const all = (name: string) => address.searchParams.getAll(name).filter((value) => value !== "");
  const steps = Number(address.searchParams.get("steps") ?? "2");
  return {
    centre: all("q"),
    steps: Number.isInteger(steps) && steps >= 1 ? steps : 2,
    more: all("more"),
    also: all("with"),
    hiddenKinds: new Set(all("without")),
    hidden: new Set(all("hide")),
    from: address.searchParams.get("from") ?? "",
    until: address.searchParams.get("until") ?? "",
    pinned: new Map(Object.entries(pinned)),
  };
}

/** The state as the parameters of an address; `everything` leaves out what is only filtered, not asked for. */
export function parameters(state: State, filters: boolean): URLSearchParams {
  const out = new URLSearchParams();
  for (const value of state.centre) out.append("q", value);
  out.set("steps", String(state.steps));
  for (const value of state.more) out.append("more", value);
  for (const value of state.also) out.append("with", value);
  if (!filters) return out;
  for (const value of state.hiddenKinds) out.append("without", value);
  for (const value of state.hidden) out.append("hide", value);
  if (state.from) out.set("from", state.from);
  if (state.until) out.set("until", state.until);
  return out;
}

/** A kind without the service or chain: `handle:telegram` is of the family `handle`. */
export function family(kind: string): string {
  return kind.split(":")[0] ?? kind;
}

export function nodeShown(node: DrawnNode, state: State): boolean {
  return !state.hidden.has(node.id) && !state.hiddenKinds.has(node.kind) && !state.hiddenKinds.has(family(node.kind));
}

/** Whether a report behind the tie may lie in the time that is looked at. What has no date always may. */
export function tieInTime(tie: DrawnTie, state: State): boolean {
  return (
    (!state.until || tie.first === undefined || tie.first <= state.until) &&
    (!state.from || tie.last === undefined || tie.last >= state.from)
  );
}

export async function ask<T>(address: string): Promise<T> {
  const answer = await fetch(address, { headers: { accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(await reason(answer));
  return (await answer.json()) as T;
}

/** The words of a failure: `detail` of a problem document (RFC 9457), else the status. */
async function reason(answer: Response): Promise<string> {
  const type = answer.headers.get("content-type") ?? "";
  if (type.includes("json")) {
    const problem = (await answer.json()) as { detail?: string; title?: string };
    return problem.detail ?? problem.title ?? answer.statusText;
  }
  return answer.statusText || String(answer.status);
}
