// What every page of the desk loads: htmx, and the small behaviours that HTML has no words for.
//
// Every page works without it: links lead somewhere, forms are sent. Each behaviour is bound once, to the
// document, so that what htmx puts into a page later has it too. web/README.md names the attributes.
import htmx from "htmx.org";
import "htmx-ext-sse";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}
window.htmx = htmx;

/** What the address of an event's target has: the nearest element that carries an attribute. */
function nearest(event: Event, attribute: string): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>(`[${attribute}]`) : null;
}

function dialogOf(id: string): HTMLDialogElement | null {
  const found = document.getElementById(id);
  return found instanceof HTMLDialogElement ? found : null;
}

/** Opens dialogs (`data-opens="id"`), closes them (`data-closes`, or a press beside them). */
function dialogs(event: MouseEvent): void {
  const opener = nearest(event, "data-opens");
  const dialog = opener && dialogOf(opener.dataset.opens ?? "");
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  } else if (nearest(event, "data-closes")) {
    event.preventDefault();
    nearest(event, "data-closes")?.closest("dialog")?.close();
  } else if (event.target instanceof HTMLDialogElement) {
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) event.target.close();
  }
}

/** Takes a message away (`data-dismiss` inside `.flash`). */
function dismiss(event: MouseEvent): void {
  nearest(event, "data-dismiss")?.closest(".flash")?.remove();
}

/** Copies the text of another element (`data-copy="#id"`) and says so (`data-copied="…"`). */
async function copy(event: MouseEvent): Promise<void> {
  const button = nearest(event, "data-copy");
  const from = button && document.querySelector(button.dataset.copy ?? "");
  if (!button || !from) return;
  const text = from instanceof HTMLInputElement || from instanceof HTMLTextAreaElement ? from.value : (from.textContent ?? "");
  try {
    await navigator.clipboard.writeText(text.trim());
  } catch {
    // Without a secure context there is no clipboard: the text is selected, for the reader's own keys.
    getSelection()?.selectAllChildren(from);
    return;
  }
  const before = button.textContent;
  button.textContent = button.dataset.copied ?? before;
  button.setAttribute("aria-live", "polite");
  setTimeout(() => { button.textContent = before; }, 2000);
}

/** Asks before a form is sent or a link followed (`data-confirm="…"`). */
function confirmed(event: Event): void {
  const sender = event instanceof SubmitEvent ? (event.submitter ?? event.target) : event.target;
  const asker = sender instanceof Element ? sender.closest<HTMLElement>("[data-confirm]") : null;
  if (!asker || (event.type === "click" && !(asker instanceof HTMLAnchorElement))) return;
  if (!window.confirm(asker.dataset.confirm ?? "")) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

/** Menus close when the reader goes elsewhere or presses Escape. */
function closeMenus(except: EventTarget | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!(except instanceof Node && menu.contains(except))) menu.open = false;
  }
}

/** Sends a form as soon as one of its fields changes (`data-auto`). */
function auto(event: Event): void {
  if (event.target instanceof Element) event.target.closest<HTMLFormElement>("form[data-auto]")?.requestSubmit();
}

document.addEventListener("click", confirmed, true);
document.addEventListener("submit", confirmed, true);
document.addEventListener("click", (event) => {
  closeMenus(event.target);
  dialogs(event);
  dismiss(event);
  void copy(event);
});
document.addEventListener("change", auto);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest<HTMLDetailsElement>("details.menu[open]");
  closeMenus(null);
  menu?.querySelector("summary")?.focus();
});
