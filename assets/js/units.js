// The choice of units, and that of the language, is a form that leads back to the same
// page. With scripts one comes back to the line one was reading, and to what was asked for
// without loading the page anew.
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

for (const moved of ["pushedIntoHistory", "replacedInHistory", "historyRestore"]) {
  document.addEventListener(`htmx:${moved}`, ({ detail }) => {
    for (const next of document.querySelectorAll("form.choice input[name=next]")) {
      next.value = detail.path;
    }
  });
}
