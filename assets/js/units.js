// The choice of units is a form that leads back to the same page. With scripts one comes
// back to the line one was reading.
import Alpine from "@alpinejs/csp";

const KEY = "read-to";

Alpine.data("units", () => ({
  init() {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    if (kept !== null) window.scrollTo(0, Number(kept));
  },
  keepPlace() {
    sessionStorage.setItem(KEY, String(window.scrollY));
  },
}));
