// A click on a picture of a gallery shows it large in a dialog, from where one leafs on.
// Each picture is a link, so without scripts, and with a new tab, it opens by itself.
import { words } from "./words.js";

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-gallery] a.enlarge");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || elsewhere || event.button !== 0) return;
  const dialog = link.closest("section").querySelector("[data-lightbox]");
  event.preventDefault();
  show(dialog, link);
  // The browser moves the focus in, closes on Escape and gives the focus back.
  dialog.showModal();
});

document.addEventListener("click", (event) => {
  const step = event.target.closest("[data-lightbox] [data-step]");
  if (step) leaf(step.closest("dialog"), Number(step.dataset.step));
  // Beside the picture there is only the dialog itself.
  else if (event.target.matches("[data-lightbox]")) event.target.close();
});

document.addEventListener("keydown", (event) => {
  const dialog = event.target.closest?.("[data-lightbox]");
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (dialog && step) leaf(dialog, step);
});

function linksOf(dialog) {
  return [...dialog.closest("section").querySelectorAll("a.enlarge")];
}

function leaf(dialog, step) {
  const links = linksOf(dialog);
  const at = links.findIndex(({ href }) => href === dialog.dataset.shown);
  show(dialog, links[(at + step + links.length) % links.length]);
}

function show(dialog, link) {
  const links = linksOf(dialog);
  const picture = dialog.querySelector("img");
  const text =
    dialog.querySelector("figcaption") ??
    picture.parentElement.appendChild(document.createElement("figcaption"));
  const caption = link.closest("figure").querySelector("figcaption");
  dialog.dataset.shown = link.href;
  picture.src = link.href;
  picture.alt = link.querySelector("img").alt;
  picture.width = link.dataset.width;
  picture.height = link.dataset.height;
  text.replaceChildren(...(caption ? caption.cloneNode(true).childNodes : []));
  dialog.querySelector("[role=status]").textContent = words("picture", {
    number: links.indexOf(link) + 1,
    all: links.length,
  });
  for (const button of dialog.querySelectorAll("[data-step]"))
    button.hidden = links.length < 2;
}
