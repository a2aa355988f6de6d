// Forms tell at once, beside the field, what is wrong; the server says the same without
// scripts. A form takes part with `data-checked`, and is sent once.
import { words } from "./words.js";

const messageId = (field) => `${field.id}_problem`;

function labelOf(field) {
  return field.labels?.[0]?.textContent.trim() ?? field.name;
}

function problemOf(field) {
  const { validity } = field;
  if (validity.valueMissing) return words("needed", { label: labelOf(field) });
  if (validity.tooShort) return words("tooShort", { number: field.minLength });
  if (validity.typeMismatch && field.type === "email") return words("email");
  if (validity.typeMismatch && field.type === "url") return words("url");
  return field.validationMessage;
}

function describe(field, id, isDescribed) {
  const known = (field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
  const kept = known.filter((other) => other !== id);
  if (isDescribed) kept.push(id);
  if (kept.length) field.setAttribute("aria-describedby", kept.join(" "));
  else field.removeAttribute("aria-describedby");
}

function check(field) {
  if (!field.willValidate || !field.id) return true;
  const id = messageId(field);
  // What the server said of the old text says nothing of the new one.
  for (const old of [document.getElementById(id), document.getElementById(`${field.id}_error`)]) {
    old?.remove();
  }
  const isFine = field.validity.valid;
  if (isFine) {
    field.removeAttribute("aria-invalid");
  } else {
    field.setAttribute("aria-invalid", "true");
    const message = document.createElement("p");
    message.id = id;
    message.className = "problem";
    message.textContent = problemOf(field);
    field.after(message);
  }
  describe(field, id, !isFine);
  return isFine;
}

const isChecked = (form) => form?.matches?.("form[data-checked]");

document.addEventListener("change", (event) => {
  if (isChecked(event.target.form)) check(event.target);
});

document.addEventListener("input", (event) => {
  const { target } = event;
  if (isChecked(target.form) && target.getAttribute("aria-invalid") === "true") check(target);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.isSent) {
    event.preventDefault();
    return;
  }
  if (isChecked(form)) {
    const wrong = [...form.elements].filter((field) => !check(field));
    if (wrong.length) {
      event.preventDefault();
      wrong[0].focus();
      return;
    }
  }
  form.dataset.isSent = "true";
  event.submitter?.setAttribute("aria-disabled", "true");
});

// The browser's way back shows the form as it was left.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-is-sent]")) {
    delete form.dataset.isSent;
    form.querySelector("[aria-disabled]")?.removeAttribute("aria-disabled");
  }
});

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("main [aria-invalid='true']")?.focus();
});
