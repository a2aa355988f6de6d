// What the finder does with scripts beyond htmx: text typed while an answer is on the way
// stays typed, what is wrong gets the focus, and the browser can say where the reader is.
import { words } from "./words.js";

let typed = null;
let isSent = false;

const inFinder = (event) => event.target.id === "list" && document.getElementById("finder-form");

document.addEventListener("htmx:beforeSwap", (event) => {
  const field = document.activeElement;
  const isText = field?.matches("#finder-form input.input");
  typed = inFinder(event) && isText ? { id: field.id, value: field.value } : null;
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (!typed || !inFinder(event)) return;
  const field = document.getElementById(typed.id);
  if (field && field === document.activeElement && field.value !== typed.value) {
    field.value = typed.value;
  }
  typed = null;
});

// Without scripts the address says #list.
document.addEventListener("submit", ({ target }) => {
  if (target.id !== "finder-form") return;
  isSent = true;
  document.getElementById("list").scrollIntoView();
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (!isSent || !inFinder(event)) return;
  isSent = false;
  document.querySelector("#finder-form [aria-invalid='true']")?.focus();
});

function askForPosition(form) {
  const says = form.querySelector("[role=status]");
  says.textContent = words("asking");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      form.elements.latitude.value = coords.latitude.toFixed(2);
      form.elements.longitude.value = coords.longitude.toFixed(2);
      form.submit();
    },
    () => {
      says.textContent = words("noPosition");
    },
    { maximumAge: 600_000, timeout: 15_000 },
  );
}

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("near-here");
  if (!form || !("geolocation" in navigator)) return;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    askForPosition(form);
  });
});
