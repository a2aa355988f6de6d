// Menus are <details>: they open without scripts. With them they close on Escape, on a
// click elsewhere and when the focus leaves.
import Alpine from "@alpinejs/csp";

Alpine.data("menu", () => ({
  close() {
    this.$root.open = false;
  },
  closeByKey() {
    if (!this.$root.open) return;
    this.close();
    this.$root.querySelector("summary").focus();
  },
  closeWhenLeft(event) {
    const next = event.relatedTarget;
    if (next && !this.$root.contains(next)) this.close();
  },
}));
