// Short messages over the page. The server's own come in the page; scripts, and answers
// with the header `HX-Trigger: {"toast": {"text": "…"}}`, add more.
const area = () => document.getElementById("toasts");

export function toast(text, { isError = false, retry = null } = {}) {
  const place = area();
  if (!place) return null;
  const same = [...place.querySelectorAll(".toast > p")].find((p) => p.textContent === text);
  same?.parentElement.remove();
  const made = document.getElementById("toast-blank").content.cloneNode(true).firstElementChild;
  const words = document.createElement("p");
  words.textContent = text;
  made.prepend(words);
  made.classList.toggle("toast-error", isError);
  if (retry) {
    const button = made.querySelector("[data-retry]");
    button.hidden = false;
    button.addEventListener("click", () => {
      made.remove();
      retry();
    });
  }
  place.classList.add("floats");
  place.append(made);
  return made;
}

document.addEventListener("click", (event) => {
  event.target.closest(".toast-close")?.closest(".toast").remove();
});

document.addEventListener("toast", (event) => {
  toast(event.detail.text, { isError: event.detail.isError });
});

document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll(".toast-close[hidden]")) button.hidden = false;
});
