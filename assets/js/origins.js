// A click on the mark beside a fact shows who set it in a dialog on the page. The mark is
// a link, so without scripts, and with a new tab, it leads to the same text.
import htmx from "htmx.org";

const TARGET = "origin";

document.addEventListener("click", (event) => {
  const mark = event.target.closest("a.origin");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!mark || elsewhere || event.button !== 0) return;
  event.preventDefault();
  htmx.ajax("GET", mark.href, { target: `#${TARGET}` });
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== TARGET) return;
  const dialog = event.target.closest("dialog");
  // The browser moves the focus in, keeps it there, closes on Escape and gives it back.
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("#origin-heading")?.focus();
});
