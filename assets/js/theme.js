// Runs before anything is drawn, so that a page never flashes in the other colours.
// What the reader chose is kept on their machine; without a choice their system decides.
const KEY = "theme";

function chosen() {
  try {
    return localStorage.getItem(KEY) ?? "auto";
  } catch {
    return "auto"; // storage is switched off
  }
}

function show(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

show(chosen());

window.theme = {
  chosen,
  choose(theme) {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // It holds for this page then.
    }
    show(theme);
  },
};

// Another tab changed it.
window.addEventListener("storage", (event) => {
  if (event.key === KEY) show(chosen());
});
