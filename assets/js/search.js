// Suggestions below a search box, as a combobox with a list. The page is complete without:
// the form sends what was typed. htmx asks, and drops a question when the next is asked.
import htmx from "htmx.org";

const FIELD = ".search-field > input";
const FEWEST_LETTERS = 2;

const panelOf = (field) => field.parentElement.querySelector(".suggestions");
const listOf = (field) => panelOf(field).querySelector("[role=listbox]");
const optionsOf = (field) => [...panelOf(field).querySelectorAll("[role=option]")];
const isOpen = (field) => !panelOf(field).hidden;
const sayFor = (field, words) => {
  field.parentElement.querySelector("[role=status]").textContent = words;
};

function activeOption(field) {
  return panelOf(field).querySelector("[aria-selected=true]");
}

function choose(field, option) {
  activeOption(field)?.setAttribute("aria-selected", "false");
  if (!option) return field.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", option.id);
}

function open(field) {
  const list = listOf(field);
  if (!list || document.activeElement !== field) return close(field);
  list.id = `${field.id}-options`;
  optionsOf(field).forEach((option, number) => {
    option.id = `${list.id}-${number}`;
  });
  choose(field, null);
  panelOf(field).hidden = false;
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "true");
  sayFor(field, list.dataset.suggested);
}

function close(field) {
  choose(field, null);
  panelOf(field).hidden = true;
  field.removeAttribute("aria-controls");
  field.setAttribute("aria-expanded", "false");
  sayFor(field, "");
}

// Round the list and back to the field itself, where Enter sends the form.
function step(field, by) {
  const stops = [null, ...optionsOf(field)];
  const at = stops.indexOf(activeOption(field));
  choose(field, stops.at((at + by) % stops.length));
}

function isWorthAsking(text) {
  return text.length >= FEWEST_LETTERS || /[^\x00-\x7f]/.test(text);
}

function follow(field) {
  const option = isOpen(field) && activeOption(field);
  if (option) option.click();
  return Boolean(option);
}

// Each says whether it did something, and so whether the browser shall do nothing more.
const keys = {
  ArrowDown: (field) => (isOpen(field) ? step(field, 1) : open(field), true),
  ArrowUp: (field) => isOpen(field) && (step(field, -1), true),
  Escape: (field) => isOpen(field) && (close(field), true),
  Enter: follow,
};

document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.(FIELD);
  if (!field || event.isComposing || !(event.key in keys)) return;
  if (keys[event.key](field)) event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const field = event.target.closest(FIELD);
  if (!field || field.role === "combobox") return;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
});

document.addEventListener("focusout", (event) => {
  const field = event.target.closest(FIELD);
  if (!field) return;
  htmx.trigger(field, "htmx:abort");
  close(field);
});

// The field keeps the focus, or the list would be gone before the click arrives.
document.addEventListener("pointerdown", (event) => {
  if (event.target.closest(".suggestions")) event.preventDefault();
});

document.addEventListener("input", (event) => {
  const field = event.target.closest(FIELD);
  if (!field || isWorthAsking(field.value.trim())) return;
  htmx.trigger(field, "htmx:abort");
  close(field);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const field = event.target.closest(FIELD);
  if (field && !isWorthAsking(field.value.trim())) event.preventDefault();
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (!event.target.matches(".suggestions")) return;
  open(event.target.parentElement.querySelector("input"));
});

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => {
    const field = event.target.closest?.(FIELD);
    if (field) close(field);
  });
}
