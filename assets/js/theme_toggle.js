// The three buttons that choose the colours; theme.js keeps the choice and applies it.
import Alpine from "@alpinejs/csp";

Alpine.data("themeToggle", () => ({
  init() {
    this.mark(window.theme.chosen());
  },
  choose(event) {
    const button = event.target.closest("button");
    if (!button) return;
    window.theme.choose(button.value);
    this.mark(button.value);
  },
  mark(theme) {
    for (const button of this.$root.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === theme));
    }
  },
}));
