// The tables beside the picture: the same nodes and ties, for the keyboard and for those who do not see it.
// Rows are copies of the templates that the server sent, so that their words are in the reader's language.

import type { DrawnNode, DrawnTie } from "./data";

/** How many rows are made; a button shows more. */
const ROWS_MAX = 100;

export interface Acts {
  choose(id: string): void;
  touch(id: string | null): void;
  act(name: string, id: string): void;
}

/** Which single keys do what while a row has the focus. */
const KEYS: Record<string, string> = { e: "expand", h: "hide", p: "pin", w: "way" };

export class Table {
  private readonly body: HTMLTableSectionElement;
  private readonly template: HTMLTemplateElement;
  private readonly more: HTMLButtonElement | null;
  private rowsMax = ROWS_MAX;
  private again: () => void = () => undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly acts: Acts,
  ) {
    this.body = root.querySelector("tbody") as HTMLTableSectionElement;
    this.template = root.querySelector("template") as HTMLTemplateElement;
    this.more = root.querySelector<HTMLButtonElement>("[data-rows=more]");
    this.more?.addEventListener("click", () => {
      this.rowsMax *= 4;
      this.again();
    });
    this.body.addEventListener("click", (event) => this.click(event));
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("focusin", (event) => this.acts.touch(this.rowOf(event.target)?.dataset["id"] ?? null));
    this.body.addEventListener("focusout", () => this.acts.touch(null));
  }

  showNodes(nodes: DrawnNode[], kindName: (kind: string) => string, pinned: (id: string) => boolean): void {
    this.again = () => this.showNodes(nodes, kindName, pinned);
    this.fill(nodes, (row, node) => {
      set(row, "label", node.label);
      set(row, "kind", kindName(node.kind));
      set(row, "step", String(node.step));
      set(row, "reports", String(node.reports));
      set(row, "ties", String(node.ties));
      row.classList.toggle("pinned", pinned(node.id));
      const expand = row.querySelector<HTMLButtonElement>("[data-act=expand]");
      if (expand) expand.hidden = !node.more;
    });
  }

  showTies(ties: DrawnTie[], label: (id: string) => string, kindName: (kind: string) => string): void {
    this.again = () => this.showTies(ties, label, kindName);
    this.fill(ties, (row, tie) => {
      set(row, "from", label(tie.from));
      set(row, "to", label(tie.to));
      set(row, "kind", kindName(tie.kind));
      set(row, "reports", String(tie.reports));
      set(row, "strength", tie.strength.toFixed(2));
      set(row, "days", tie.first === undefined ? "" : tie.first === tie.last ? tie.first : `${tie.first} – ${tie.last}`);
    });
  }

  mark(chosen: string | null): void {
    for (const row of this.body.rows) {
      const is = row.dataset["id"] === chosen;
      row.classList.toggle("chosen", is);
      row.querySelector("[data-act=choose]")?.setAttribute("aria-pressed", String(is));
    }
  }

  private fill<T extends { id: string }>(all: T[], write: (row: HTMLTableRowElement, one: T) => void): void {
    // The focus stays where it is when rows are made anew.
    const focused = this.rowOf(document.activeElement)?.dataset["id"];
    const rows = document.createDocumentFragment();
    for (const one of all.slice(0, this.rowsMax)) {
      const copy = this.template.content.cloneNode(true) as DocumentFragment;
      const row = copy.querySelector("tr") as HTMLTableRowElement;
      row.dataset["id"] = one.id;
      write(row, one);
      rows.append(copy);
    }
    this.body.replaceChildren(rows);
    if (this.more) this.more.hidden = all.length <= this.rowsMax;
    const count = this.root.querySelector("[data-count]");
    if (count) count.textContent = String(all.length);
    if (focused) {
      this.body.querySelector<HTMLElement>(`tr[data-id="${CSS.escape(focused)}"] [data-act=choose]`)?.focus();
    }
  }

  private rowOf(target: EventTarget | null): HTMLTableRowElement | null {
    if (!(target instanceof Element) || !this.body.contains(target)) return null;
    return target.closest("tr");
  }

  private click(event: MouseEvent): void {
    const id = this.rowOf(event.target)?.dataset["id"];
    const act = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-act]")?.dataset["act"] : undefined;
    if (!id || !act) return;
    event.preventDefault();
    if (act === "choose") this.acts.choose(id);
    else this.acts.act(act, id);
  }

  private key(event: KeyboardEvent): void {
    const row = this.rowOf(event.target);
    const id = row?.dataset["id"];
    if (!row || !id || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = KEYS[event.key];
    if (act) {
      event.preventDefault();
      this.acts.act(act, id);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
      next?.querySelector<HTMLElement>("[data-act=choose]")?.focus();
    }
  }
}

function set(row: HTMLTableRowElement, field: string, text: string): void {
  const cell = row.querySelector(`[data-field=${field}]`);
  if (cell) cell.textContent = text;
}
