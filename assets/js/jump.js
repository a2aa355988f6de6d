// Marks, in the list at the head of a long page, the part that is being read.
const nav = document.querySelector("[data-jump]");

if (nav) {
  const links = [...nav.querySelectorAll("a")];
  const targets = links.map(({ hash }) => document.getElementById(hash.slice(1)));

  const mark = () => {
    const line = nav.getBoundingClientRect().bottom + 40;
    const passed = targets.filter((one) => one?.getBoundingClientRect().top <= line);
    const here = links[targets.indexOf(passed.at(-1))];
    for (const link of links) {
      if (link === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };

  let waiting = false;
  document.addEventListener(
    "scroll",
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    },
    { passive: true },
  );
  mark();
}
